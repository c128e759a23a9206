"""A text that is written as TEI and read again is the same edition: nothing lost, nothing moved."""

import hashlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from analysis.edition.checks import check_edition
from analysis.edition.corpus import Corpus, Text, read_corpus
from analysis.edition.edits import apply_edits, undo_edits
from analysis.errors import CorpusError
from analysis.publish.tei import tei_documents
from analysis.tables import LAYERS, VOICES
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize

DATA = Path(__file__).parents[1] / "data" / "tei"
PROFILES = ("ocr-book", "web-transcription", "plain-text")
PLACES = ["char_start", "char_end", "line_start", "line_end"]
Unexplained = Callable[[Corpus, pd.DataFrame], list[tuple[object, ...]]]


pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def tei_all() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(DATA / "tei_all.rng"))


def as_tei(corpus: Corpus, folder: Path, *, documents: dict[str, bytes]) -> Corpus:
    """Return the corpus that reads the TEI documents of another one."""
    (folder / "tei").mkdir()
    entries = []
    for name, content in documents.items():
        (folder / "tei" / name).write_bytes(content)
        source = asdict(corpus.text(name.removesuffix(".xml")).source) | {
            "profile": "tei",
            "path": f"tei/{name}",
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        lines = [
            f"{key} = {list(value)!r}" if isinstance(value, tuple) else f'{key} = """{value}"""'
            for key, value in source.items()
            if value is not None
        ]
        entries.append("\n".join(["[[source]]", *lines]))
    (folder / "sources.toml").write_text("\n\n".join(entries) + "\n", encoding="utf-8")
    return read_corpus(folder)


def characters(text: Text) -> list[tuple[object, ...]]:
    """Return every letter of the paragraphs with its layer, voice and speaker."""
    return [
        (number, one.layer, one.paragraph.blocks, letter, one.at(place))
        for number, one in enumerate(text.paragraphs)
        for place, letter in enumerate(one.paragraph.placed.text)
        if letter != " "
    ]


def assert_same_edition(one: Corpus, other: Corpus) -> None:
    """Assert that two corpora differ in the files that they are read from, and in places alone."""
    left, right = (corpus.blocks.drop(columns=PLACES) for corpus in (one, other))
    pd.testing.assert_frame_equal(left, right)
    for text, again in zip(one.texts, other.texts, strict=True):
        assert [p.paragraph.placed.text for p in text.paragraphs] == [
            p.paragraph.placed.text for p in again.paragraphs
        ]
        assert characters(text) == characters(again)
    passages = [split_passages(corpus, n_tokens=40) for corpus in (one, other)]
    free = [table.drop(columns=[*PLACES, "place"]) for table in passages]
    dates = [name for name in free[0].columns if name.startswith("date_")]
    pd.testing.assert_frame_equal(free[0].drop(columns=dates), free[1].drop(columns=dates))
    tokens = [tokenize(table).drop(columns=PLACES[:2]) for table in passages]
    pd.testing.assert_frame_equal(*tokens)


def assert_nothing_lost(corpus: Corpus) -> None:
    """Assert that the edit log of each text gives the raw text back, and that no word is lost."""
    assert check_edition(corpus).lost == ()
    for text in corpus.texts:
        assert undo_edits(apply_edits(text.raw, text.edits).text, text.edits) == text.raw


@pytest.fixture(scope="module")
def documents(corpus: Corpus) -> dict[str, bytes]:
    return tei_documents(corpus)


@pytest.fixture(scope="module")
def again(
    corpus: Corpus, documents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Corpus:
    return as_tei(corpus, tmp_path_factory.mktemp("again"), documents=documents)


def test_the_three_texts_come_back_the_same(
    corpus: Corpus, again: Corpus, unexplained: Unexplained
) -> None:
    assert_same_edition(corpus, again)
    assert_nothing_lost(again)
    assert unexplained(again, tokenize(split_passages(again))) == []


def test_what_comes_back_is_written_the_same(documents: dict[str, bytes], again: Corpus) -> None:
    # Places, and with them ids, are those of the file that was read: all else is the same. Persons
    # are left out, since the folder of the second corpus has no index of them, and who took a
    # hyphen away, since markup does it there.
    def without_places(content: bytes) -> str:
        tree = etree.fromstring(content)
        for part in ("teiHeader", "standOff"):
            tree.remove(tree.find(f"{{*}}{part}"))
        for element in tree.iter("{*}*"):
            element.attrib.pop("{http://www.w3.org/XML/1998/namespace}id", None)
        for line in tree.iter("{*}lb"):
            line.attrib.pop("resp", None)
        etree.strip_tags(tree, "{*}persName", "{*}date")
        return etree.tostring(tree, encoding="unicode")

    second = tei_documents(again)
    for name, content in documents.items():
        assert without_places(second[name]) == without_places(content)


def test_corrections_come_back_with_their_reasons(corpus: Corpus, again: Corpus) -> None:
    for text, other in zip(corpus.texts, again.texts, strict=True):
        made = [edit for edit in text.edits if edit.rule == "correction"]
        read = [edit for edit in other.edits if edit.rule == "choice"]
        rows = [
            {(edit.before, edit.after, " ".join(edit.reason.split())) for edit in edits}
            for edits in (made, read)
        ]
        # Some differ in form: a hyphen that was taken away by hand is a line end, and a change that
        # crosses a quotation mark is parted there.
        assert len(rows[0] & rows[1]) >= 0.95 * len(rows[0])


def test_the_documents_are_valid(
    corpus: Corpus, documents: dict[str, bytes], tei_all: etree.RelaxNG
) -> None:
    assert list(documents) == [f"{text.doc_id}.xml" for text in corpus.texts]
    for content in documents.values():
        assert tei_all.validate(etree.fromstring(content)), tei_all.error_log


WORDS = (
    "the of revolution counter-revolution photographer Lenin He I said, came. went. café R&D a<b "
    "“Never!” said “We ‘so’ it” ‘yes,’ don’t 1917. [3] (sic) — it—and . . . * ]]> &amp; \x01 "
    "\ufffe "
    "P.O.U.M. THE END OF CHAPTER I «oui» e\u0301t\u0301 字字 x"
).split(" ")
LINES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join),
    st.sampled_from(
        "|CHAPTER IV|A Title|Ada Author|*A note on it.|**Another note|[So it was.]|He writes:"
        "|Trotsky: I came|1. Bread;|(1) Peace|7|4s| a page begins|\f|* * *|Source: a book"
        "|He was a photog-|an inter-|the counter-|a zzgru-|rapher of it.|national, and|revolution."
        "|of a soft\u00ad|ware and"
        f"|{'w' * 80}".split("|")
    ),
)
ENDS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\n\n\n\n", "\r\n", "\r\n\r\n", "\r"])


@st.composite
def raws(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.tuples(LINES, ENDS), min_size=1, max_size=30))
    return "".join(line + end for line, end in lines) + "The end."


@st.composite
def editions(draw: st.DrawFn) -> tuple[str, str, list[str], list[str]]:
    """Draw a profile, a raw text, and rows of corrections and of overrides for it."""
    profile, raw = draw(st.sampled_from(PROFILES)), draw(raws())
    corrections = []
    for found in re.finditer(r"[^\W\d_]+(?: [^\W\d_]+)?|[,.]? ", raw):
        before = found[0]
        changes = [before] * 4
        if before[0].isalpha():
            cut = f"{before[:1]} {before[1:]}".strip()
            changes += [f"Q{before[1:]}", before.replace(" ", "") or before, cut]
        else:
            changes += ["” “", ".", "&<]]>"]
        after = draw(st.sampled_from(changes))
        if after != before:
            corrections.append(f'{found.start()},{found.end()},"{before}","{after}",seen')
    overrides = []
    for found in re.finditer(r"\S[^\r\n]*\S", raw):
        field, value = draw(
            st.sampled_from(
                [("", "")] * 8
                + [("voice", voice) for voice in VOICES]
                + [("speaker", name) for name in ("Ann Bell", "Ćapek", "Capek", "李", "")]
            )
        )
        cut = draw(st.integers(0, len(found[0]) // 2))
        begin = found.start() + cut
        if field:
            begins = raw[begin : min(begin + 5, found.end())].replace('"', '""')
            overrides.append(f'{begin},{found.end()},"{begins}",{field},{value},seen')
    return profile, raw, corrections, overrides


def read_drawn(
    folder: Path, write: Callable[..., Path], drawn: tuple[str, str, list[str], list[str]]
) -> Corpus:
    """Return a corpus of one text with rows of corrections and overrides."""
    profile, raw, corrections, overrides = drawn
    write(folder, {"text": raw}, profile=profile)
    for name, header, rows in (
        ("corrections", "char_start,char_end,before,after,reason", corrections),
        ("overrides", "char_start,char_end,begins,field,value,reason", overrides),
    ):
        (folder / name).mkdir()
        content = "\n".join([header, *rows]) + "\n"
        (folder / name / "text.csv").write_bytes(content.encode("utf-8"))
    return read_corpus(folder)


def with_overrides_of_blocks(
    folder: Path, corpus: Corpus, choices: list[tuple[str, str]]
) -> Corpus:
    """Return the corpus read again with decisions on its blocks, as far as they make sense."""
    path = folder / "overrides" / "text.csv"
    before = path.read_bytes()
    for block, (field, value) in zip(corpus.texts[0].blocks, choices, strict=False):
        if not field:
            continue
        begins = corpus.texts[0].raw[block.char_start : block.char_start + 3].replace('"', '""')
        row = f'{block.char_start},{block.char_end},"{begins}",{field},{value},seen\n'
        path.write_bytes(before + row.encode("utf-8"))
        try:
            read_corpus(folder)
        except CorpusError:  # nothing that this block could go on from
            path.write_bytes(before)
        before = path.read_bytes()
    return read_corpus(folder)


BLOCK_CHOICES = st.lists(
    st.sampled_from(
        [("", "")] * 12
        + [("layer", layer) for layer in LAYERS]
        + [("continues", "yes")] * 3
        + [("continues", "no"), ("section", "new"), ("section", "new")]
    ),
    max_size=30,
)


@pytest.mark.slow
def assert_comes_back(
    drawn: tuple[str, str, list[str], list[str]],
    choices: list[tuple[str, str]],
    *,
    write: Callable[..., Path],
    schema: etree.RelaxNG,
    unexplained: Unexplained,
) -> None:
    """Assert that an edition is valid as TEI and is the same when it is read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            corpus = read_drawn(folder, write, drawn)
        except CorpusError:  # a correction that reaches over a block, or empties one
            return
        corpus = with_overrides_of_blocks(folder, corpus, choices)
        documents = tei_documents(corpus)
        for content in documents.values():
            assert schema.validate(etree.fromstring(content)), schema.error_log
        (folder / "again").mkdir()
        again = as_tei(corpus, folder / "again", documents=documents)
        assert_same_edition(corpus, again)
        assert_nothing_lost(again)
        # A word that a note cuts has the note in its span where its rest is corrected or cut once
        # more: in TEI no more words than in the text.
        one, other = (
            unexplained(each, tokenize(split_passages(each, n_tokens=20)))
            for each in (corpus, again)
        )
        assert len(other) <= len(one)


@settings(max_examples=25, deadline=None)
@given(drawn=editions(), choices=BLOCK_CHOICES)
@example(drawn=("plain-text", "THE END\n", [], []), choices=[])
@example(drawn=("plain-text", "A line.\n", [], []), choices=[("section", "new")])
@example(
    # A section begins in the middle of a paragraph, in the middle of a word.
    drawn=("ocr-book", "ware and\n\nthe counter-\n\n\n\nThe end.", [], []),
    choices=[("", ""), ("", ""), ("section", "new")],
)
@example(
    # Heads stand behind a division in the front matter.
    drawn=("web-transcription", "[Note.]\n\nwent\ncafé\n\n[Note.]\n\nThe end.", [], []),
    choices=[],
)
@example(
    # A word is cut twice, first by a note.
    drawn=("web-transcription", "The de-\n\n[Note.]\n\nter-\n\nmined one\n", [], []),
    choices=[],
)
def test_any_text_comes_back_the_same(
    make_corpus: Callable[..., Path],
    tei_all: etree.RelaxNG,
    unexplained: Unexplained,
    drawn: tuple[str, str, list[str], list[str]],
    choices: list[tuple[str, str]],
) -> None:
    assert_comes_back(drawn, choices, write=make_corpus, schema=tei_all, unexplained=unexplained)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(drawn=editions(), choices=BLOCK_CHOICES)
def test_very_many_texts_come_back_the_same(
    make_corpus: Callable[..., Path],
    tei_all: etree.RelaxNG,
    unexplained: Unexplained,
    drawn: tuple[str, str, list[str], list[str]],
    choices: list[tuple[str, str]],
) -> None:
    assert_comes_back(drawn, choices, write=make_corpus, schema=tei_all, unexplained=unexplained)
