"""Reads the XML of a TEI file: what stands where, character by character, and nothing else.

A file from elsewhere is not trusted. A document type, with or without entities; entities beyond
XML's own five; XInclude; instructions to programs; and tags that are nested or filled beyond all
reason are refused with one sentence that names the file and the line. Nothing is fetched, and no
file but the one that was given is opened.

The XML is read twice: by lxml, which checks it and resolves names and attributes, and by a scan of
its characters, which knows the offset of every tag. Both must see the same tags in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from analysis.errors import CorpusError
from analysis.files import BYTE_ORDER_MARK

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
XINCLUDE = "http://www.w3.org/2001/XInclude"
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
_ENCODING = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["'](?P<name>[^"']*)["']""")
_LITERAL = re.compile(r"[^<&]+")
_WHERE = re.compile(r",? line \d+, column \d+.*\Z", re.DOTALL)

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


def read_marks(raw: str, *, name: str) -> tuple[etree._Element, list[Mark]]:
    """Return the root of a TEI file and all that stands in it, in order.

    Parameters
    ----------
    raw : str
        The file as decoded.
    name : str
        What messages call the file.

    Raises
    ------
    CorpusError
        If the file holds what is refused here, is not well-formed, or is not TEI P5.
    """
    declared = _ENCODING.match(raw.removeprefix(BYTE_ORDER_MARK))
    if declared and declared["name"].lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise CorpusError(
            f"{name}, line 1: it says that it is in {declared['name']}; save it as UTF-8."
        )
    marks = list(_scan(raw, name=name))
    unread = raw.find(DOCTYPE, marks[-1].end if marks else 0)
    if unread >= 0:
        raise _refused(raw, unread, name=name, why=DECLARES)
    root = _parsed(raw, name=name)
    elements = etree.iterwalk(root, events=("start", "end"))
    joined: list[Mark] = []
    for mark in marks:
        if mark.kind not in ("start", "end"):
            joined.append(mark)
            continue
        kind, element = next(elements, ("", None))
        tag = etree.QName(element) if element is not None else None
        if tag is None or kind != mark.kind or tag.localname != mark.name.rpartition(":")[2]:
            raise _refused(raw, mark.start, name=name, why="this tag cannot be told; mend the XML")
        if tag.namespace == XINCLUDE:
            raise _refused(
                raw, mark.start, name=name, why="it includes other files (XInclude); paste them in"
            )
        joined.append(replace(mark, element=element, name=_local(tag)))
    _check_root(root, name=name)
    return root, joined


def _local(tag: etree.QName) -> str:
    """Return the name of a TEI element; that of another namespace with a colon before it."""
    return tag.localname if tag.namespace == TEI else f":{tag.localname}"


def _refused(raw: str, place: int, *, name: str, why: str) -> CorpusError:
    """Return the error that says in which line of which file what is wrong."""
    return CorpusError(f"{name}, line {raw.count(chr(10), 0, place) + 1}: {why}.")


def _parsed(raw: str, *, name: str) -> etree._Element:
    """Return the root of the tree, which lxml builds without opening anything else."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(raw.removeprefix(BYTE_ORDER_MARK).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        said = _WHERE.sub("", error.msg or "it is not well-formed").strip()
        why = said.splitlines()[0].rstrip(".")
        raise CorpusError(f"{name}, line {error.lineno}: {why}; mend the XML there.") from None


def _check_root(root: etree._Element, *, name: str) -> None:
    """Raise a CorpusError if the root is not that of a TEI P5 file with a text."""
    tag = etree.QName(root)
    if tag.localname == "TEI" and tag.namespace == TEI:
        if root.find(f"{{{TEI}}}text") is None:
            raise CorpusError(f"{name} has no text element, only a header; give the whole file.")
        return
    hint = f'the root must be <TEI xmlns="{TEI}">'
    if tag.localname == "teiCorpus":
        hint = "give each of its TEI elements a file of its own"
    raise CorpusError(f"{name} is not TEI P5: its root is {tag.localname}; {hint}.")


def _scan(raw: str, *, name: str) -> Iterator[Mark]:
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
                raise _refused(raw, place, name=name, why=why)
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
            raise _refused(raw, place, name=name, why=why)
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
        raise _refused(raw, place, name=name, why=why)


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
            raise _refused(raw, place, name=name, why=why)
        end = raw.find("?>", place)
        yield Mark(kind="skip", start=place, end=end + 2 if end >= 0 else place)
    elif raw.startswith(DOCTYPE, place):
        raise _refused(raw, place, name=name, why=DECLARES)
    else:
        yield Mark(kind="skip", start=place, end=place)
