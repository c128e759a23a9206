"""Scans the characters of a TEI file: which tags, text and references stand where.

A document type, entities beyond XML's own five, instructions to programs, and tags that are nested
or filled beyond all reason are refused here, before the XML is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from analysis.errors import CorpusError
from analysis.files import BYTE_ORDER_MARK

MAX_DEPTH = 200
MAX_TAG = 20_000
"""Characters of a tag, attributes and all."""
OWN_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
PROLOGUE_INSTRUCTIONS = ("xml-model", "xml-stylesheet")
"""Instructions that may stand before the root: they point at a schema or style; nobody follows."""
DOCTYPE = "<!DOCTYPE"
DECLARES = (
    "it declares a document type, which may define entities and bring in other files; take the "
    "declaration out and write the characters themselves"
)

_TAG = re.compile(
    r"<(?P<name>[^\s<>/&!?='\"]++)"
    r"(?P<attributes>(?:\s++[^\s<>/='\"]++\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'))*+)\s*+(?P<empty>/?)>"
)
_CLOSING = re.compile(r"</(?P<name>[^\s<>/&!?='\"]++)\s*+>")
_REFERENCE = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,7})|#x(?P<hex>[0-9A-Fa-f]{1,6})|(?P<name>[^\s&;#]+));"
)
_INSTRUCTION = re.compile(r"<\?(?P<target>[^\s?>]+)")
_LITERAL = re.compile(r"[^<&]+")

Kind = Literal["start", "end", "text", "reference", "skip"]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Mark:
    """What stands at ``raw[start:end]``: a tag, text, a reference to a character, or a comment.

    An empty tag is a start and an end, which then has no characters. `element` is lxml's, of a tag;
    `stands_for` the character that a reference means; `skip` is of what is neither tag nor text.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    element: etree._Element | None = None
    stands_for: str = ""


def refused(raw: str, place: int, *, name: str, why: str) -> CorpusError:
    """Return the error that says in which line of which file what is wrong."""
    return CorpusError(f"{name}, line {raw.count(chr(10), 0, place) + 1}: {why}.")


def scan(raw: str, *, name: str) -> Iterator[Mark]:
    """Yield what stands in the characters of a file; of what is not XML only what comes before.

    Whatever this cannot read, lxml cannot either, and says why.
    """
    place = len(BYTE_ORDER_MARK) if raw.startswith(BYTE_ORDER_MARK) else 0
    depth = 0
    seen_root = False
    while place < len(raw):
        end = place
        for mark in _at(raw, place, name=name, seen_root=seen_root):
            seen_root = seen_root or mark.kind == "start"
            depth += (mark.kind == "start") - (mark.kind == "end")
            if depth > MAX_DEPTH:
                why = f"elements are nested more than {MAX_DEPTH} deep; no text needs that"
                raise refused(raw, place, name=name, why=why)
            yield mark
            end = mark.end
        if end == place:
            return
        place = end


def _at(raw: str, place: int, *, name: str, seen_root: bool) -> Iterator[Mark]:
    """Yield what begins at a place; a mark without characters where that is not XML."""
    broken = Mark(kind="skip", start=place, end=place)
    if raw[place] == "&":
        yield _reference(raw, place, name=name) or broken
    elif raw[place] != "<":
        literal = _LITERAL.match(raw, place)
        assert literal is not None
        yield Mark(kind="text", start=place, end=literal.end())
    elif raw.startswith(("<!", "<?"), place):
        yield from _other(raw, place, name=name, seen_root=seen_root)
    elif closing := _CLOSING.match(raw, place):
        yield Mark(kind="end", start=place, end=closing.end(), name=closing["name"])
    elif tag := _TAG.match(raw, place):
        if tag.end() - place > MAX_TAG:
            why = f"a tag has more than {MAX_TAG} characters; no text needs that"
            raise refused(raw, place, name=name, why=why)
        for found in _REFERENCE.finditer(tag["attributes"]):
            _check_entity(raw, place, name=name, found=found)
        yield Mark(kind="start", start=place, end=tag.end(), name=tag["name"])
        if tag["empty"]:
            yield Mark(kind="end", start=tag.end(), end=tag.end(), name=tag["name"])
    else:
        yield broken


def _reference(raw: str, place: int, *, name: str) -> Mark | None:
    """Return the reference to a character that begins at a place, if one does."""
    found = _REFERENCE.match(raw, place)
    if found is None:
        return None
    _check_entity(raw, place, name=name, found=found)
    if found["name"]:
        character = OWN_ENTITIES[found["name"]]
    else:
        code = int(found["decimal"]) if found["decimal"] else int(found["hex"], 16)
        if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
            return None
        character = chr(code)
    return Mark(kind="reference", start=place, end=found.end(), stands_for=character)


def _check_entity(raw: str, place: int, *, name: str, found: re.Match[str]) -> None:
    """Raise a CorpusError for an entity that is not one of XML's own five."""
    if found["name"] and found["name"] not in OWN_ENTITIES:
        why = f"the entity {found[0]} is not one of XML's own; write the character itself"
        raise refused(raw, place, name=name, why=why)


def _other(raw: str, place: int, *, name: str, seen_root: bool) -> Iterator[Mark]:
    """Yield a comment, a section of literal text, or an instruction that may stand here."""
    if raw.startswith("<!--", place):
        end = raw.find("-->", place + 4)
        yield Mark(kind="skip", start=place, end=end + 3 if end >= 0 else place)
    elif raw.startswith("<![CDATA[", place):
        begin = place + len("<![CDATA[")
        end = raw.find("]]>", begin)
        if end < 0:
            yield Mark(kind="skip", start=place, end=place)
            return
        yield Mark(kind="skip", start=place, end=begin)
        yield Mark(kind="text", start=begin, end=end)
        yield Mark(kind="skip", start=end, end=end + 3)
    elif instruction := _INSTRUCTION.match(raw, place):
        target = instruction["target"]
        at_first = raw[:place] in ("", BYTE_ORDER_MARK)
        if not (target == "xml" and at_first) and (
            seen_root or target not in PROLOGUE_INSTRUCTIONS
        ):
            why = f"it holds an instruction to a program (<?{target} ...?>); take it out"
            raise refused(raw, place, name=name, why=why)
        end = raw.find("?>", place)
        yield Mark(kind="skip", start=place, end=end + 2 if end >= 0 else place)
    elif raw.startswith(DOCTYPE, place):
        raise refused(raw, place, name=name, why=DECLARES)
    else:
        yield Mark(kind="skip", start=place, end=place)
