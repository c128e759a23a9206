"""Who is meant by the pointers of a TEI file (``who``, ``resp``): names, and whether the author."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from analysis.edition.shapes import has_words_of
from analysis.edition.tei_xml import TEI, XML

VOICE_POINTER = "#voice."
"""What a pointer to a category of voice begins with, in `ana`: ``#voice.author_earlier``."""
SPEAKER_POINTER = "#speaker."
"""What a pointer to a speaker begins with, where `ana` has one beside the voice."""
_NAMES = ("persName", "orgName", "name")
_AUTHOR_IDS = frozenset({"author", "aut"})


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """The elements of a TEI file by their ``xml:id``, and the author of its text.

    `said_of` is what a ``span`` that stands outside the text says of an element, by its id.
    """

    author: str
    by_id: dict[str, etree._Element] = field(repr=False)
    said_of: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, root: etree._Element, *, author: str) -> People:
        """Return the people of a file; `author` is the name in the list of sources."""
        named = root.xpath("//*[@xml:id]")
        assert isinstance(named, list)
        by_id: dict[str, etree._Element] = {}
        for element in named:
            assert isinstance(element, etree._Element)
            by_id.setdefault(element.get(f"{{{XML}}}id", ""), element)
        said_of = {
            span.get("target", "").removeprefix("#"): _words(span)
            for span in root.iter(f"{{{TEI}}}span")
        }
        return cls(author=author, by_id=by_id, said_of=said_of)

    def name(self, pointers: str) -> str | None:
        """Return whom one or more pointers name; None for none.

        ``#id`` is looked up in the file; what is not there, or is no pointer, is its own name.
        """
        names = dict.fromkeys(self._name(pointer) for pointer in pointers.split())
        if pointers.strip() and not any("#" in pointer for pointer in pointers.split()):
            return " ".join(pointers.split())
        return "; ".join(filter(None, names)) or None

    def reason(self, element: etree._Element) -> str:
        """Return what the file says of an element in a ``span``: why it is so."""
        return self.said_of.get(element.get(f"{{{XML}}}id", "-"), "")

    def is_author(self, pointers: str) -> bool:
        """Return whether all pointers mean the author of the text."""
        every = pointers.split()
        return bool(every) and all(self._is_author(pointer) for pointer in every)

    def marks_voices(self) -> bool:
        """Return whether the file has categories of voices: then its markup says whose words."""
        return any(f"#{name}".startswith(VOICE_POINTER) for name in self.by_id)

    def _name(self, pointer: str) -> str:
        """Return the name behind one pointer."""
        element = self.by_id.get(pointer.removeprefix("#"))
        return _name_of(element) if element is not None else pointer.removeprefix("#")

    def _is_author(self, pointer: str) -> bool:
        """Return whether one pointer means the author."""
        name = pointer.removeprefix("#")
        element = self.by_id.get(name)
        if element is None:
            return name.lower() in _AUTHOR_IDS
        above = element.iterancestors(f"{{{TEI}}}author")
        if element.tag == f"{{{TEI}}}author" or next(above, None) is not None:
            return True
        return has_words_of(self.author, _name_of(element))


def _name_of(element: etree._Element) -> str:
    """Return the name of a person: its first name element, or its own words, or its id."""
    for tag in _NAMES:
        found = element.find(f".//{{{TEI}}}{tag}")
        if found is not None and (words := _words(found)):
            return words
    return _words(element) or element.get(f"{{{XML}}}id", "")


def _words(element: etree._Element) -> str:
    """Return the words of an element with single blanks."""
    return " ".join("".join(map(str, element.itertext())).split())
