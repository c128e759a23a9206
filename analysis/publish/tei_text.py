"""Writes the text of a TEI document: front and body, divisions, paragraphs, notes and pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.edition.corpus import Text
from analysis.edition.speakers import Voice
from analysis.edition.tei_elements import default_voice
from analysis.publish.tei_annotations import Annotations, State, in_parts
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_inline import Inline
from analysis.publish.tei_paragraphs import TAGS, Content, Fragment, content_of, fragments_of
from analysis.tables import RUNNING_LAYERS

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
    division: bool = False
    group: str = ""
    heads: bool = True
    begun: bool = False
    moved: bool = False

    def write(self) -> None:
        """Write the text element."""
        self._plan()
        blocks = self.text.blocks
        self.builder.start("text")
        self.builder.newline()
        for part in ("front", "body"):
            last = len(blocks) if part == "body" else self.front_ends
            first = 0 if part == "front" else self.front_ends
            if part == "front" and first == last:
                continue
            self.builder.start(part)
            self.builder.newline()
            self.heads = True
            for number in range(first, last):
                if number not in self.inside:
                    self._at_top(number)
            self._close_group()
            self._close_division()
            if part == "body" and first == last:
                self.builder.empty("p")
            self.builder.end(part)
            self.builder.newline()
        self.builder.end("text")
        self.builder.newline()

    def _plan(self) -> None:
        """Find the end of the front matter, the fragments, and what they hold."""
        text = self.text
        self.front_ends = _front_end(text)
        self.fragments = fragments_of(text, front_ends=self.front_ends)
        self.inside = {
            number
            for one in self.fragments.values()
            for number in (*one.blocks[1:], *one.inserted)
        }
        states: list[State] = []
        for number, one in enumerate(text.paragraphs):
            first = one.paragraph.blocks[0]
            default = self._default(first)
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

    def _at_top(self, number: int) -> None:
        """Write the fragment that a block begins, in its division and group."""
        block = self.text.blocks[number]
        self._enter(number)
        layer, front = block.layer, number < self.front_ends
        tag, type_ = TAGS[layer], None
        if layer == "title" and front and not self.division:
            tag = "docAuthor" if self._default(number).voice == "none" else "titlePart"
        elif (
            layer == "title"
            or (layer == "heading" and not self.heads)
            or (layer == "paratext" and not front)
        ):
            tag, type_ = "ab", layer
        group = "titlePage" if tag in ("titlePart", "docAuthor") else GROUPS.get(layer, "")
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

    def _enter(self, number: int) -> None:
        """Begin a division where a section begins, and say so where nothing else does."""
        blocks = self.text.blocks
        block, before = blocks[number], blocks[number - 1] if number else None
        if before is None or block.section != before.section:
            self._close_group()
            was_division = self.division
            self._close_division()
            if not self._is_flat(number):
                self.builder.start("div", n=str(block.section))
                self.builder.newline()
                self.division = True
            self.heads = True
            shown = self.begun and (
                was_division or self.division or block.layer in ("heading", "title")
            )
            if before is not None and not shown:
                self.builder.empty("milestone", unit="section", n=str(block.section))
                self.builder.newline()
            self.begun = False
        last = self.fragments[number].blocks[-1]
        layers = {blocks[n].layer for n in range(number, last + 1)}
        self.begun = self.begun or bool(layers - {"heading", "title", "page_furniture"})

    def _is_flat(self, number: int) -> bool:
        """Return whether a section has no division: with a title page, or over both parts."""
        blocks = self.text.blocks
        own = [n for n, block in enumerate(blocks) if block.section == blocks[number].section]
        if number < self.front_ends:
            titled = any(blocks[n].layer == "title" for n in own if n < self.front_ends)
            return titled or own[-1] >= self.front_ends
        return own[0] < self.front_ends

    def _close_group(self) -> None:
        if self.group:
            self.builder.end(self.group)
            self.builder.newline()
        self.group = ""

    def _close_division(self) -> None:
        if self.division:
            self.builder.end("div")
            self.builder.newline()
        self.division = False

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
            if len(fragment.blocks) > 1:
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
        """Write what stands between two blocks of a paragraph, and the place of the second."""
        block = self.text.blocks[number]
        at = fragment.blocks.index(number)
        glued = self.contents[fragment.paragraph].glued
        breaks = glued.get(number, "yes") if at else ""
        turned = (
            self._page(number, breaks="" if breaks == "yes" else breaks or "no") if at else False
        )
        if at and not turned and fragment.blocks[at - 1] == number - 1:
            self.builder.empty("space", dim="vertical")
        place = self._id(block.char_start, block.char_end)
        self.builder.empty("anchor", id=place, type_="block")
        if breaks == "yes":
            self.builder.newline()
            self.builder.empty("lb")
        elif breaks:
            self.builder.empty("lb", break_=breaks)

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


def _front_end(text: Text) -> int:
    """Return the first block behind the front matter: the headings before the running text, or it.

    All blocks are front matter where there is no running text.
    """
    layers = [block.layer for block in text.blocks]
    running = next((n for n, layer in enumerate(layers) if layer in RUNNING_LAYERS), None)
    if running is None:
        return len(layers)
    first = number = running
    while number and layers[number - 1] in ("heading", "page_furniture"):
        number -= 1
        if text.blocks[number].section != text.blocks[running].section:
            break
        first = number if layers[number] == "heading" else first
    return first
