"""Reads the XML of a TEI file: what stands where, character by character, and nothing else.

A file from elsewhere is not trusted. A document type, with or without entities; entities beyond
XML's own five; XInclude; instructions to programs; and tags that are nested or filled beyond all
reason are refused with one sentence that names the file and the line. Nothing is fetched, and no
file but the one that was given is opened.

The XML is read twice: by lxml, which checks it and resolves names and attributes, and by a scan of
its characters (`tei_scan`), which knows the offset of every tag. Both must see the same tags in the
same order.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from analysis.edition.tei_scan import DECLARES, DOCTYPE, Mark, refused, scan
from analysis.errors import CorpusError
from analysis.files import BYTE_ORDER_MARK

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
XINCLUDE = "http://www.w3.org/2001/XInclude"

_ENCODING = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["'](?P<name>[^"']*)["']""")
_WHERE = re.compile(r",? line \d+, column \d+.*\Z", re.DOTALL)


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
    marks = list(scan(raw, name=name))
    unread = raw.find(DOCTYPE, marks[-1].end if marks else 0)
    if unread >= 0:
        raise refused(raw, unread, name=name, why=DECLARES)
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
            raise refused(raw, mark.start, name=name, why="this tag cannot be told; mend the XML")
        if tag.namespace == XINCLUDE:
            raise refused(
                raw, mark.start, name=name, why="it includes other files (XInclude); paste them in"
            )
        joined.append(replace(mark, element=element, name=_local(tag)))
    _check_root(root, name=name)
    return root, joined


def _local(tag: etree.QName) -> str:
    """Return the name of a TEI element; that of another namespace with a colon before it."""
    return tag.localname if tag.namespace == TEI else f":{tag.localname}"


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
