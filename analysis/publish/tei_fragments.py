"""Writes paragraphs of a TEI document whole, with the notes and pages that interrupt them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.edition.corpus import Text
from analysis.edition.speakers import Voice
from analysis.edition.tei_elements import default_voice
from analysis.publish.tei_annotations import State
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_inline import Inline
from analysis.publish.tei_paragraphs import TAGS, Content, Fragment
from analysis.publish.tei_units import ends_with_hyphen

EDITOR = Voice(voice="editor")


def default_of(text: Text, block: int, *, front_ends: int) -> Voice:
    """Return the voice that a block has by the element that it gets."""
    layer = text.blocks[block].layer
    if layer == "title" and block < front_ends:
        (own,) = (one for one in text.paragraphs if one.paragraph.blocks[0] == block)
        if {kind.voice for kind in own.kinds} == {"none"}:
            return Voice(voice="none")
    return default_voice(layer, front=block < front_ends)


@dataclass(kw_only=True, slots=True, eq=False)
class FragmentWriter:
    """Writes fragments one after the other; `page` is the page of the last block written.

    `parts` are the keys of annotations that other elements cut, and `begun` those of them that
    were written once.
    """

    text: Text
    builder: Builder
    front_ends: int
    fragments: Mapping[int, Fragment]
    contents: Mapping[int, Content]
    parts: frozenset[str]
    begun: set[str] = field(default_factory=set)
    page: str | None = None

    def page_break(self, number: int, *, breaks: str = "") -> bool:
        """Write a page break where a block has another page than the last; say whether."""
        page = self.text.blocks[number].page
        if page == self.page:
            return False
        self.page = page
        self.builder.empty("pb", n=page, break_=breaks or None)
        return True

    def write(self, fragment: Fragment, *, tag: str, type_: str | None = None) -> None:
        """Write an element with its blocks and what interrupts them."""
        first, last = fragment.blocks[0], fragment.blocks[-1]
        content = self.contents[fragment.paragraph]
        self.builder.start(
            tag,
            **self._attributes(fragment, content=content, type_=type_),
        )
        inline = Inline(builder=self.builder, parts=self.parts, begun=self.begun)
        for number in range(first, last + 1):
            if number in fragment.inserted:
                inline.to_between(self._next_state(fragment, number))
                self.page_break(number)
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
            turned = self.page_break(number, breaks="" if breaks is None else breaks or "no")
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
            self.write(fragment, tag="p")
            self.builder.end("figure")
        else:
            self.write(fragment, tag=TAGS[layer])

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
        default = default_of(self.text, fragment.blocks[0], front_ends=self.front_ends)
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
