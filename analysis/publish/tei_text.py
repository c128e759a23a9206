"""Writes the text of a TEI document: front and body, divisions, groups of paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.edition.corpus import Text
from analysis.publish.tei_annotations import Annotations, State, in_parts
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_divisions import Run, runs_of
from analysis.publish.tei_fragments import FragmentWriter, default_of
from analysis.publish.tei_paragraphs import TAGS, content_of, fragments_of

GROUPS = {"blockquote": "quote", "list": "list"}
"""Layers whose paragraphs stand together in an element."""
BEFORE_HEADS = ("heading", "page_furniture", "footnote", "editor_note")
"""Layers that may stand in a division before its last head."""


def write_text(builder: Builder, text: Text, *, annotations: Annotations) -> None:
    """Write the text element of a document."""
    runs = runs_of(text.blocks)
    front_ends = max((run.stop for run in runs if run.in_front), default=0)
    paragraphs = _paragraphs(text, builder=builder, annotations=annotations, front_ends=front_ends)
    writer = _DivisionWriter(builder=builder, paragraphs=paragraphs)
    builder.start("text")
    builder.newline()
    for part in ("front", "body"):
        inside = [run for run in runs if run.in_front == (part == "front")]
        if part == "front" and not inside:
            continue
        builder.start(part)
        builder.newline()
        for run in inside:
            writer.write(run)
        if not inside:
            builder.empty("p")
        builder.end(part)
        builder.newline()
    builder.end("text")
    builder.newline()


def _paragraphs(
    text: Text, *, builder: Builder, annotations: Annotations, front_ends: int
) -> FragmentWriter:
    """Return the writer of a text's paragraphs, with all that they hold."""
    contents = {}
    states: list[State] = []
    for number, one in enumerate(text.paragraphs):
        default = default_of(text, one.paragraph.blocks[0], front_ends=front_ends)
        contents[number] = content_of(text, number, annotations=annotations, default=default)
        for block in one.paragraph.blocks:
            states += [state for _, own in contents[number].marked[block] for state in own]
        states.append(())
    return FragmentWriter(
        text=text,
        builder=builder,
        front_ends=front_ends,
        fragments=fragments_of(text, front_ends=front_ends),
        contents=contents,
        parts=in_parts(states),
    )


@dataclass(kw_only=True, slots=True, eq=False)
class _DivisionWriter:
    """Writes divisions one after the other; the rest is what is open and what stood before."""

    builder: Builder
    paragraphs: FragmentWriter
    group: str = ""
    heads: bool = True
    section: int = 1
    begun: bool = False
    inside: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Find the blocks that another one's element holds."""
        self.inside = frozenset(
            number
            for one in self.paragraphs.fragments.values()
            for number in (*one.blocks[1:], *one.inserted)
        )

    def write(self, run: Run) -> None:
        """Write a division or a title page."""
        if run.section != self.section:
            # A reader begins a new section by itself only where the one before has a paragraph.
            if not self.begun:
                self.builder.empty("milestone", unit="section", n=str(run.section))
                self.builder.newline()
            self.section, self.begun = run.section, False
        tag = "titlePage" if run.title_page else "div"
        numbered = {} if run.title_page else {"n": str(run.section), "part": run.part}
        self.builder.start(tag, **numbered)
        self.builder.newline()
        self.heads = True
        for number in range(run.first, run.stop):
            layer = self.paragraphs.text.blocks[number].layer
            self.begun = self.begun or layer not in ("heading", "title", "page_furniture")
            if number not in self.inside:
                self._paragraph(number, in_title_page=run.title_page)
        self._close_group()
        self.builder.end(tag)
        self.builder.newline()

    def _paragraph(self, number: int, *, in_title_page: bool) -> None:
        """Write the fragment that a block begins, in its group."""
        writer = self.paragraphs
        layer, front = writer.text.blocks[number].layer, number < writer.front_ends
        tag, type_ = self._element(number, layer=layer, in_title_page=in_title_page, front=front)
        group = GROUPS.get(layer, "")
        if group != self.group:
            self._close_group()
            if group:
                self.builder.start(group)
                self.builder.newline()
            self.group = group
        writer.page_break(number)
        writer.write(writer.fragments[number], tag=tag, type_=type_)
        self.builder.newline()
        self.heads = self.heads and layer in BEFORE_HEADS

    def _element(
        self, number: int, *, layer: str, in_title_page: bool, front: bool
    ) -> tuple[str, str | None]:
        """Return the element of a block and its type: ``ab`` where the usual one cannot stand."""
        writer = self.paragraphs
        if in_title_page:
            default = default_of(writer.text, number, front_ends=writer.front_ends)
            return ("docAuthor" if default.voice == "none" else "titlePart"), None
        out_of_place = (
            layer == "title"
            or (layer == "heading" and not self.heads)
            or (layer == "paratext" and not front)
        )
        return ("ab", layer) if out_of_place else (TAGS[layer], None)

    def _close_group(self) -> None:
        """Close the element around long quotations or items."""
        if self.group:
            self.builder.end(self.group)
            self.builder.newline()
        self.group = ""
