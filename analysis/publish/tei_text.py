"""Writes the text of a TEI document: front and body, divisions, paragraphs, notes and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.edition.corpus import Text
from analysis.edition.speakers import Voice
from analysis.edition.tei_elements import default_voice
from analysis.publish.tei_annotations import Annotations, State, in_parts
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_divisions import Run, runs_of
from analysis.publish.tei_inline import Inline
from analysis.publish.tei_paragraphs import TAGS, Content, Fragment, content_of, fragments_of
from analysis.publish.tei_units import ends_with_hyphen

GROUPS = {"blockquote": "quote", "list": "list"}
"""Layers whose paragraphs stand together in an element."""
EDITOR = Voice(voice="editor")


@dataclass(kw_only=True, slots=True, eq=False)
class TextWriter:
    """Writes one text; the rest is its state: what is open, the page, and what stood before."""

    text: Text
    builder: Builder
    annotations: Annotations
    front_ends: int = 0
    fragments: dict[int, Fragment] = field(default_factory=dict)
    contents: dict[int, Content] = field(default_factory=dict)
    inside: set[int] = field(default_factory=set)
    parts: frozenset[str] = frozenset()
    begun_parts: set[str] = field(default_factory=set)
    page: str | None = None
    group: str = ""
    heads: bool = True
    begun: bool = False

    def write(self) -> None:
        """Write the text element."""
        runs = runs_of(self.text.blocks)
        self._plan(runs)
        self.builder.start("text")
        self.builder.newline()
        for part in ("front", "body"):
            inside = [run for run in runs if run.in_front == (part == "front")]
            if part == "front" and not inside:
                continue
            self.builder.start(part)
            self.builder.newline()
            for run in inside:
                self._run(run, before=runs[runs.index(run) - 1] if run.first else None)
            if not inside:
                self.builder.empty("p")
            self.builder.end(part)
            self.builder.newline()
        self.builder.end("text")
        self.builder.newline()

    def _plan(self, runs: Sequence[Run]) -> None:
        """Find the end of the front matter, the fragments, and what they hold."""
        text = self.text
        self.front_ends = max((run.stop for run in runs if run.in_front), default=0)
        self.fragments = fragments_of(text, front_ends=self.front_ends)
        self.inside = {
            number for one in self.fragments.values() for number in (*one.blocks[1:], *one.inserted)
        }
        states: list[State] = []
        for number, one in enumerate(text.paragraphs):
            default = self._default(one.paragraph.blocks[0])
            content = content_of(text, number, annotations=self.annotations, default=default)
            self.contents[number] = content
            for block in one.paragraph.blocks:
                states += [state for _, own in content.marked[block] for state in own]
            states.append(())
        self.parts = in_parts(states)

    def _default(self, block: int) -> Voice:
        """Return the voice that a block has by the element that it gets."""
        layer = self.text.blocks[block].layer
        if layer == "title" and block < self.front_ends:
            (own,) = (one for one in self.text.paragraphs if one.paragraph.blocks[0] == block)
            if {kind.voice for kind in own.kinds} == {"none"}:
                return Voice(voice="none")
        return default_voice(layer, front=block < self.front_ends)

    def _run(self, run: Run, *, before: Run | None) -> None:
        """Write a division or a title page."""
        layer = self.text.blocks[run.first].layer
        new = before.section != run.section if before is not None else run.section != 1
        if new:
            # What a reader takes for a new section where the one before has begun.
            told = not (run.title_page and before and before.title_page) or layer == "title"
            if not (self.begun and told):
                self.builder.empty("milestone", unit="section", n=str(run.section))
                self.builder.newline()
            self.begun = False
        tag = "titlePage" if run.title_page else "div"
        numbered = {} if run.title_page else {"n": str(run.section), "part": run.part}
        self.builder.start(tag, **numbered)
        self.builder.newline()
        self.heads = True
        for number in range(run.first, run.stop):
            layer = self.text.blocks[number].layer
            self.begun = self.begun or layer not in ("heading", "title", "page_furniture")
            if number not in self.inside:
                self._at_top(number, in_title_page=run.title_page)
        self._close_group()
        self.builder.end(tag)
        self.builder.newline()

    def _at_top(self, number: int, *, in_title_page: bool) -> None:
        """Write the fragment that a block begins, in its group."""
        layer, front = self.text.blocks[number].layer, number < self.front_ends
        tag, type_ = TAGS[layer], None
        if in_title_page and self._default(number).voice == "none":
            tag = "docAuthor"
        elif (
            (layer == "title" and not in_title_page)
            or (layer == "heading" and not self.heads)
            or (layer == "paratext" and not front)
        ):
            tag, type_ = "ab", layer
        group = GROUPS.get(layer, "")
        if group != self.group:
            self._close_group()
            if group:
                self.builder.start(group)
                self.builder.newline()
            self.group = group
        self._page(number)
        self._fragment(self.fragments[number], tag=tag, type_=type_)
        self.builder.newline()
        self.heads = self.heads and layer in (
            "heading",
            "page_furniture",
            "footnote",
            "editor_note",
        )

    def _close_group(self) -> None:
        if self.group:
            self.builder.end(self.group)
            self.builder.newline()
        self.group = ""

    def _page(self, number: int, *, breaks: str = "") -> bool:
        """Write a page break where a block has another page than the last; say whether."""
        page = self.text.blocks[number].page
        if page == self.page:
            return False
        self.page = page
        self.builder.empty("pb", n=page, break_=breaks or None)
        return True

    def _fragment(self, fragment: Fragment, *, tag: str, type_: str | None = None) -> None:
        """Write an element with its blocks and what interrupts them."""
        first, last = fragment.blocks[0], fragment.blocks[-1]
        content = self.contents[fragment.paragraph]
        self.builder.start(
            tag,
            **self._attributes(fragment, content=content, type_=type_),
        )
        inline = Inline(builder=self.builder, parts=self.parts, begun=self.begun_parts)
        for number in range(first, last + 1):
            if number in fragment.inserted:
                inline.to_between(self._next_state(fragment, number))
                self._page(number)
                self._insert(number)
                continue
            inline.to_between(self._next_state(fragment, number - 1))
            self._seam(fragment, number)
            behind = self._next_state(fragment, number)
            inline.write(content.marked[number], behind=behind)
        inline.to(())
        self.builder.end(tag)

    def _next_state(self, fragment: Fragment, number: int) -> State:
        """Return the annotations of the first character behind a block of a fragment."""
        marked = self.contents[fragment.paragraph].marked
        for block in fragment.blocks:
            if block > number:
                for _, states in marked[block]:
                    if states:
                        return states[0]
        return ()

    def _seam(self, fragment: Fragment, number: int) -> None:
        """Write what stands between a block and the one that it goes on from, and its place."""
        chain = self.text.paragraphs[fragment.paragraph].paragraph.blocks
        content = self.contents[fragment.paragraph]
        at = chain.index(number)
        earlier = chain[at - 1] if at else None
        inside = earlier in fragment.blocks
        breaks = content.glued.get(number)
        if inside:
            turned = self._page(number, breaks="" if breaks is None else breaks or "no")
            if not turned and earlier == number - 1:
                self.builder.empty("space", dim="vertical")
                breaks = "no" if breaks == "" else breaks
        if len(fragment.blocks) > 1:
            block = self.text.blocks[number]
            place = self._id(block.char_start, block.char_end)
            self.builder.empty("anchor", id=place, type_="block")
        if earlier is None:
            return
        if breaks is not None:
            if breaks or not inside:
                self.builder.empty("lb", break_=breaks or "no")
            return
        if inside:
            self.builder.newline()
        hyphen = ends_with_hyphen([unit for unit, _ in content.marked[earlier]])
        if inside or hyphen:
            self.builder.empty("lb", break_="yes" if hyphen else None)

    def _insert(self, number: int) -> None:
        """Write a block that interrupts a paragraph, inside it."""
        layer = self.text.blocks[number].layer
        fragment = self.fragments[number]
        if layer == "paratext":
            self.builder.start("figure")
            self._fragment(fragment, tag="p")
            self.builder.end("figure")
        else:
            self._fragment(fragment, tag=TAGS[layer])

    def _attributes(
        self, fragment: Fragment, *, content: Content, type_: str | None
    ) -> dict[str, str | None]:
        """Return the attributes of a fragment's element."""
        block = self.text.blocks[fragment.blocks[0]]
        before = fragment.before
        found: dict[str, str | None] = {
            "id": self._id(*fragment.span(self.text)),
            "type_": type_,
            "prev": None if before is None else f"#{self._id(*before.span(self.text))}",
        }
        default = self._default(fragment.blocks[0])
        if block.layer in ("footnote", "editor_note"):
            foot = "foot" if block.page is not None else "end"
            found["place"] = foot if block.layer == "footnote" else "inline"
            found["type_"] = "editorial" if block.layer == "editor_note" else None
            if content.voice == EDITOR:
                found["resp"] = "#editor"
                default = EDITOR
        elif block.layer == "page_furniture":
            words = self.text.raw[block.char_start : block.char_end]
            found["type_"] = "pageNum" if any(map(str.isdigit, words)) else "ornament"
        if content.voice != default:
            found["ana"] = f"#voice.{content.voice.voice}"
        return found

    def _id(self, start: int, end: int) -> str:
        return place_id(self.text.doc_id, start, end=end)


def place_id(doc_id: str, start: int, *, end: int) -> str:
    """Return the ``xml:id`` of a place: ``serge-memoirs_18432-19120`` for that behind an @.

    Neither @ nor a digit at the beginning may stand in an id: before a digit comes an underscore.
    """
    name = f"{doc_id}_{start}-{end}"
    return f"_{name}" if name[0].isdigit() else name
