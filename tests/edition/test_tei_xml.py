"""What a TEI file may not hold: each is refused with one sentence, and nothing else is read."""

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from analysis.edition.tei_scan import MAX_DEPTH, MAX_TAG
from analysis.edition.tei_xml import _parsed, read_marks
from analysis.errors import CorpusError

Witness = Callable[..., tuple[int, str, str]]
FILE = '{before}<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text><body>\n{body}\n</body></text></TEI>\n'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def tei(body: str = "<p>A word.</p>", *, before: str = "") -> str:
    return FILE.format(before=before, body=body)


# Where only the line is given, the words are libxml2's own.
REFUSED = {
    "billion laughs": (
        tei("<p>&l9;</p>", before=f'<!DOCTYPE TEI [<!ENTITY l0 "ha">{LAUGHS}]>\n'),
        "line 1: it declares a document type",
    ),
    "external entity": (
        tei("<p>&secret;</p>", before='<!DOCTYPE TEI [<!ENTITY secret SYSTEM "secret.txt">]>\n'),
        "line 1: it declares a document type",
    ),
    "external document type": (
        tei(before='<?xml version="1.0"?>\n<!DOCTYPE TEI SYSTEM "http://localhost/tei.dtd">\n'),
        "line 2: it declares a document type",
    ),
    "parameter entity": (
        tei(before='<!DOCTYPE TEI [<!ENTITY % all SYSTEM "secret.txt"> %all;]>'),
        "line 1: it declares a document type",
    ),
    "document type behind a comment": (
        tei(before="<!-- a comment -->\n<!DOCTYPE TEI>\n"),
        "line 2: it declares a document type",
    ),
    "document type behind broken XML": (
        f"<a b=c>\n<!DOCTYPE TEI>{tei()}",
        "line 2: it declares a document type",
    ),
    "unknown entity": (tei("<p>caf&eacute;</p>"), "line 3: the entity &eacute; is not one of XML"),
    "unknown entity in an attribute": (
        tei('<p n="&eacute;">x</p>'),
        "line 3: the entity &eacute; is not one of XML",
    ),
    "XInclude": (
        tei('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt"/>'),
        "line 3: it includes other files (XInclude)",
    ),
    "XInclude by a namespace set above": (
        tei('<p xmlns:x="http://www.w3.org/2001/XInclude">a\n<x:include href="secret.txt"/></p>'),
        "line 4: it includes other files (XInclude)",
    ),
    "instruction in the text": (
        tei("<p>a</p>\n<?php echo 1 ?>"),
        "line 4: it holds an instruction to a program (<?php",
    ),
    "schema named inside the text": (
        tei("<?xml-model href='x'?>"),
        "line 3: it holds an instruction to a program (<?xml-model",
    ),
    "instruction before the root": (
        tei(before="<?run me?>\n"),
        "line 1: it holds an instruction to a program (<?run",
    ),
    "deep nesting": (
        tei("<hi>\n" * (MAX_DEPTH + 1) + "a" + "</hi>" * (MAX_DEPTH + 1)),
        f"line {MAX_DEPTH}: elements are nested more than {MAX_DEPTH} deep",
    ),
    "huge attribute": (
        tei(f'<p n="{"x" * MAX_TAG}">a</p>'),
        f"line 3: a tag has more than {MAX_TAG} characters",
    ),
    "very many attributes": (
        tei("<p " + " ".join(f'a{n}=""' for n in range(MAX_TAG // 4)) + ">a</p>"),
        f"line 3: a tag has more than {MAX_TAG} characters",
    ),
    "another encoding": (
        tei(before='<?xml version="1.0" encoding="ISO-8859-1"?>\n'),
        "line 1: it says that it is in ISO-8859-1; save it as UTF-8",
    ),
    "unclosed element": (tei("<p>a"), "line 4: "),
    "ampersand": (tei("<p>R & D</p>"), "line 3: "),
    "less-than sign": (tei("<p>a < b</p>"), "line 3: "),
    "attribute twice": (tei('<p n="1" n="2">a</p>'), "line 3: "),
    "attribute without quotes": (tei("<p n=1>a</p>"), "line 3: "),
    "unclosed comment": (tei("<!-- a"), "line 5: "),
    "no character": (tei("<p>&#0;</p>"), "line 3: "),
    "unknown prefix": (tei("<p><x:y/></p>"), "line 3: "),
    "two roots": (tei() + tei(), "line 5: "),
    "not XML": ("Call me Ishmael.", "line 1: "),
    "another root": ("<html><body>a</body></html>", "is not TEI P5: its root is html"),
    "no namespace": ("<TEI><text>a</text></TEI>", 'the root must be <TEI xmlns="http://www.tei-c'),
    "TEI P4": ("<TEI.2><text>a</text></TEI.2>", "is not TEI P5: its root is TEI.2"),
    "a corpus of texts": (
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"/>',
        "give each of its TEI elements a file of its own",
    ),
    "a header alone": (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>',
        "has no text element, only a header",
    ),
    "no words": (tei("<p><lb/> <!-- none --></p>"), "its text element holds no words"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_told_in_one_sentence(
    name: str, make_corpus: Callable[..., Path], tmp_path: Path, witness: Witness
) -> None:
    raw, why = REFUSED[name]
    folder = make_corpus(tmp_path / "corpus", {"text": raw}, profile="tei")
    (folder / "texts" / "secret.txt").write_text("the secret word is mellon", encoding="utf-8")
    before = sorted(path for path in tmp_path.rglob("*"))
    for command in ("check", ("export", "tokens", "-o", tmp_path / "tokens.csv")):
        arguments = (command,) if isinstance(command, str) else command
        code, out, err = witness(*arguments, "--corpus", folder)
        assert code == 2
        assert out == ""
        assert err.startswith("witness: texts/text.txt")
        assert why in err
        assert err.count("\n") == 1
        assert err.endswith(".\n")
        assert "mellon" not in err
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_nothing_but_the_file_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    # The text is given; whoever opened a file or a socket now would have been told to by it.
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    for owner, name in ((builtins, "open"), (io, "open"), (os, "open")):
        monkeypatch.setattr(owner, name, refuse)
    monkeypatch.setattr("socket.socket", refuse)
    link = '<?xml-model href="http://localhost/x.rng"?><?xml-stylesheet href="file:///etc/passwd"?>'
    raw = tei('<p facs="file:///etc/passwd"><ptr target="other.xml#a"/>a</p>', before=link)
    root, _ = read_marks(raw, name="file.xml")
    assert "".join(root.itertext()).strip() == "a"
    for refused, _ in REFUSED.values():
        if "<!DOCTYPE" in refused or "XInclude" in refused:
            with pytest.raises(CorpusError):
                read_marks(refused, name="file.xml")


def test_libxml_alone_would_not_read_other_files_either(tmp_path: Path) -> None:
    # The second wall: even if the scan let a document type through, the parser brings nothing in.
    secret = tmp_path / "secret.txt"
    secret.write_text("mellon", encoding="utf-8")
    raw = f'<!DOCTYPE a [<!ENTITY s SYSTEM "{secret.as_uri()}">]><a>&s;</a>'
    assert "mellon" not in etree.tostring(_parsed(raw, name="file.xml"), encoding="unicode")
    laughs = f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'
    try:
        written = etree.tostring(_parsed(laughs, name="file.xml"))
    except CorpusError:  # libxml2 itself counts how often entities are written out
        written = b""
    assert len(written) < 10_000


def test_what_looks_like_a_threat_in_a_comment_is_none() -> None:
    raw = tei(
        "<p>a<!-- <!DOCTYPE TEI> &eacute; <?php ?> --><![CDATA[<!DOCTYPE TEI> &eacute;]]></p>"
    )
    root, marks = read_marks(raw, name="file.xml")
    assert "".join(root.itertext()).strip() == "a<!DOCTYPE TEI> &eacute;"
    assert [mark.kind for mark in marks].count("skip") == 3


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_are_places_in_the_file(mark: str) -> None:
    raw = mark + tei(
        '<p n="a>b">x&amp;<tei:hi xmlns:tei="http://www.tei-c.org/ns/1.0" >y</tei:hi ></p>'
    )
    _, marks = read_marks(raw, name="file.xml")
    inside = [
        (one.kind, one.name or raw[one.start : one.end], one.stands_for)
        for one in marks
        if one.start >= raw.index("<p") and one.end <= raw.index("</p>") + 4
    ]
    assert inside == [
        ("start", "p", ""),
        ("text", "x", ""),
        ("reference", "&amp;", "&"),
        ("start", "hi", ""),
        ("text", "y", ""),
        ("end", "hi", ""),
        ("end", "p", ""),
    ]
    assert "".join(raw[one.start : one.end] for one in marks) == raw.removeprefix("\ufeff")


def test_depth_and_length_up_to_the_limit_are_read() -> None:
    deep = MAX_DEPTH - 3
    root, _ = read_marks(tei("<hi>" * deep + "a" + "</hi>" * deep), name="file.xml")
    assert "".join(root.itertext()).strip() == "a"
    read_marks(tei(f'<p n="{"x" * (MAX_TAG - 8)}">a</p>'), name="file.xml")


@pytest.mark.parametrize(
    "piece", ["<", "<a ", '<a b="', "&", "&#", "<!-", "<!--", "<![CDATA[", "</", "<a b=''", "]]>"]
)
def test_long_broken_files_are_told(piece: str) -> None:
    # How long it takes is printed by benchmarks/edition_speed.py: a square of this would not end.
    raw = tei(piece * 50_000)
    with pytest.raises(CorpusError, match=r"file\.xml, line \d+: .*\.$"):
        read_marks(raw, name="file.xml")
