"""Builds a TEI document, element by element, in the order of the text."""

from __future__ import annotations

import re

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Builder:
    """Writes elements and text one after the other.

    Attribute names may end with an underscore (``type_``); ``xml:id``, ``xml:lang``, ``notBefore``
    and ``notAfter`` are ``id``, ``xml_lang``, ``not_before`` and ``not_after``. An attribute that
    is None is not written.
    """

    def __init__(self) -> None:
        self._tree = etree.TreeBuilder()

    def start(self, tag: str, **attributes: str | None) -> None:
        """Open an element."""
        written = {
            _attribute(name): _plain(value)
            for name, value in attributes.items()
            if value is not None
        }
        namespaces = {None: TEI} if tag == "TEI" else None
        self._tree.start(f"{{{TEI}}}{tag}", written, namespaces)  # type: ignore[call-arg]

    def end(self, tag: str) -> None:
        """Close the element that was opened last."""
        self._tree.end(f"{{{TEI}}}{tag}")

    def empty(self, tag: str, **attributes: str | None) -> None:
        """Write an element without content."""
        self.start(tag, **attributes)
        self.end(tag)

    def text(self, words: str) -> None:
        """Write text; a character that XML cannot hold becomes ``<g n="U+0001"/>``."""
        place = 0
        for strange in _NO_XML.finditer(words):
            if place < strange.start():
                self._tree.data(words[place : strange.start()])
            self.empty("g", n=f"U+{ord(strange[0]):04X}")
            place = strange.end()
        if place < len(words):
            self._tree.data(words[place:])

    def element(self, tag: str, words: str, **attributes: str | None) -> None:
        """Write an element that holds nothing but words, on a line of its own."""
        self.start(tag, **attributes)
        self.text(words)
        self.end(tag)
        self.newline()

    def newline(self) -> None:
        """Begin a new line of the file, where white space means nothing."""
        self._tree.data("\n")

    def close(self) -> bytes:
        """Return the document: UTF-8, with an XML declaration and a line end at its end."""
        root = self._tree.close()
        written = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        return written.replace(b"<?xml version='1.0' encoding='UTF-8'?>", DECLARATION, 1) + b"\n"


DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
_NAMES = {
    "id": f"{_XML}id",
    "xml_lang": f"{_XML}lang",
    "not_before": "notBefore",
    "not_after": "notAfter",
}


def _attribute(name: str) -> str:
    """Return the name of an attribute as XML has it."""
    plain = name.rstrip("_")
    return _NAMES.get(plain, plain.replace("_", "-"))


def _plain(value: str) -> str:
    """Return a value that an attribute can hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", value)
