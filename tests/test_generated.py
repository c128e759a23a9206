"""What holds of any text, whatever it looks like: nothing is lost, and every word has its place."""

import itertools
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.edition.checks import check_edition
from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.edits import apply_edits, undo_edits
from analysis.edition.line_ends import find_line_ends
from analysis.tables import RUNNING_LAYERS, check_table
from analysis.text.passages import split_passages
from analysis.text.running import running_text
from analysis.text.tokens import tokenize

PROFILES = ("ocr-book", "web-transcription", "plain-text")
Write = Callable[..., Path]
Unexplained = Callable[[Corpus, pd.DataFrame], list[tuple[object, ...]]]

VOCABULARY = (
    "the of revolution counter-revolution photographer Lenin Trotsky He I said, came. went. café "
    "“Never!” “We ‘so’ it” ‘yes,’ don’t workers’ A.B. Dr. 1917 1917. [3] (sic) — it—and … . . . * "
    "P.O.U.M. THE END OF CHAPTER I «oui» e\u0301t\u0301 字字 x"
).split(" ")
LINES = st.one_of(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map(" ".join),
    st.sampled_from(
        [
            "",
            "CHAPTER IV",
            "A Title",
            "*A note on it.",
            "**Another note",
            "[An editor explains: so it was.]",
            "He writes:",
            "Trotsky: I came",
            "1. Bread;",
            "(1) Peace",
            "7",
            "4s",
            " a page begins",
            "\f",
            "* * *",
            "~",
            "w" * 80,
        ]
    ),
    st.sampled_from(["He was a photog", "an inter", "the counter", "a zzgru", "some self"]).map(
        lambda line: f"{line}-"
    ),
    st.sampled_from(["rapher of it.", "national, and", "revolution.", "determina-", "tion"]),
)
ENDS = st.sampled_from(["\n", "\n", "\n", "\n\n", "\n\n\n\n", "\r\n", "\r\n\r\n", "\r"])
CUT = (
    "photog|rapher",
    "inter|national",
    "counter|revolution",
    "zzgru|bbelx",
    "Lenin|grad",
    "de|ter|mined",
)
BETWEEN_LINES = ("\n",) * 9 + (
    "\n\n",
    "\n\n\n\n",
    "\n ",
    "\n\n7\n\n\n\n",
    "\n\n*A note on it, which has some more words.\n\n\n\n",
    "\n*A note on it.\n**Another-\nnote.\n\n8\n\n\n\n",
    "\n\n[An editor explains: so it was.]\n\n",
    "\n\nCHAPTER IV\n\n",
)


@st.composite
def books(draw: st.DrawFn) -> str:
    """Draw lines of one measure, with words cut at their ends, and what pages put between them."""
    words = draw(st.lists(st.sampled_from([*VOCABULARY, *CUT * 3]), min_size=20, max_size=90))
    lines = [""]
    for word in words:
        first, *rest = word.split("|")
        lines[-1] += f"{first}-" if rest else f"{first} "
        for part in rest:
            lines.append(f"{part}-" if part != rest[-1] else f"{part} ")
        if len(lines[-1]) > 55:
            lines.append("")
    filled = [line.rstrip() for line in lines if line.strip()]
    breaks = draw(
        st.lists(st.sampled_from(BETWEEN_LINES), min_size=len(filled), max_size=len(filled))
    )
    raw = "".join(line + between for line, between in zip(filled, breaks, strict=True))
    return raw.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def odd_texts(draw: st.DrawFn) -> str:
    """Draw lines and line ends of all kinds in any order."""
    lines = draw(st.lists(st.tuples(LINES, ENDS), min_size=1, max_size=15))
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    return mark + "".join(line + end for line, end in lines) + draw(st.sampled_from(["", "end."]))


def raws() -> st.SearchStrategy[str]:
    """Draw a raw text that looks like what the three profiles are for, or like nothing at all."""
    return st.one_of(books(), odd_texts())


@st.composite
def corrected(draw: st.DrawFn) -> tuple[str, list[tuple[int, str, str]]]:
    """Draw a raw text with corrections: letters changed, words cut in two or put together."""
    raw = draw(raws())
    places = [found.span() for found in re.finditer(r"[^\W\d_]+(?: [^\W\d_]+)?", raw)]
    rows: list[tuple[int, str, str]] = []
    for start, end in places:
        before = raw[start:end]
        what = draw(st.sampled_from(["", "", "", "letter", "cut", "joined", "both"]))
        after = {
            "": before,
            "letter": "Q" + before[1:],
            "cut": f"{before[:1]} {before[1:]}".strip(),
            "joined": before.replace(" ", ""),
            "both": " ".join("Q" + word[1:] for word in before.split(" ")),
        }[what]
        if after != before:
            rows.append((start, before, after))
    return raw, rows


def read(
    write: Write, raw: str, *, profile: str, rows: Sequence[tuple[int, str, str]] = ()
) -> Corpus:
    """Return a corpus of one text with corrections at given places."""
    with tempfile.TemporaryDirectory() as name:
        folder = write(Path(name), {"text": raw}, profile=profile)
        lines = [
            f'{start},{start + len(before)},"{before}","{after}",seen\n'
            for start, before, after in rows
        ]
        (folder / "corrections").mkdir()
        (folder / "corrections" / "text.csv").write_text(
            "char_start,char_end,before,after,reason\n" + "".join(lines), encoding="utf-8"
        )
        return read_corpus(folder)


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=12, deadline=None)
@given(drawn=corrected())
@example(drawn=("", []))
def test_nothing_is_lost(make_corpus: Write, profile: str, drawn: tuple) -> None:
    raw, rows = drawn
    if not raw.removeprefix("\ufeff").strip():
        return
    corpus = read(make_corpus, raw, profile=profile, rows=rows)
    text = corpus.texts[0]
    check = check_edition(corpus)
    assert check.lost == ()
    assert undo_edits(apply_edits(raw, text.edits).text, text.edits) == raw
    check_table(corpus.blocks, "blocks")
    check_table(corpus.edits, "edits")
    ink = sum(not letter.isspace() for letter in raw.removeprefix("\ufeff"))
    held = corpus.blocks["char_start"], corpus.blocks["char_end"]
    assert ink == sum(
        not letter.isspace() for start, end in zip(*held, strict=True) for letter in raw[start:end]
    )


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=12, deadline=None)
@given(drawn=corrected(), n_tokens=st.sampled_from([20, 40]))
@example(
    drawn=("The de-\n\n[An editor explains: so.]\n\nter-\n\nmined rapher went.\n", []), n_tokens=20
)
def test_every_word_has_its_place(
    make_corpus: Write, unexplained: Unexplained, profile: str, drawn: tuple, n_tokens: int
) -> None:
    raw, rows = drawn
    if not raw.removeprefix("\ufeff").strip():
        return
    corpus = read(make_corpus, raw, profile=profile, rows=rows)
    passages = split_passages(corpus, n_tokens=n_tokens)
    tokens = tokenize(passages)
    check_table(passages, "passages")
    check_table(tokens, "tokens")
    ends = find_line_ends(raw, corpus.texts[0].blocks, corrections=corpus.texts[0].edits)
    if not any(end.corrected and not end.free for end in ends):
        assert unexplained(corpus, tokens) == []
    spans = list(zip(tokens["char_start"], tokens["char_end"], strict=True))
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    running = running_text(corpus.texts[0])
    words = [running.text[start:end] for start, end in running.words.tolist()]
    for unit in ("words", "paragraph", "section"):
        cut = split_passages(corpus, n_tokens=n_tokens, unit=unit)
        assert tokenize(cut)["token"].tolist() == words
        assert cut["n_tokens"].sum() == len(words)
        hulls = list(zip(cut["char_start"], cut["char_end"], strict=True))
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(hulls))


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=8, deadline=None)
@given(raw=raws())
def test_passages_never_cross_a_section(make_corpus: Write, profile: str, raw: str) -> None:
    if not raw.removeprefix("\ufeff").strip():
        return
    corpus = read(make_corpus, raw, profile=profile)
    blocks = corpus.blocks[corpus.blocks["layer"].isin(RUNNING_LAYERS)]
    for unit in ("words", "section", "slice"):
        for passage in split_passages(corpus, n_tokens=20, unit=unit).itertuples():
            inside = blocks[
                (blocks["char_start"] < passage.char_end)
                & (blocks["char_end"] > passage.char_start)
            ]
            assert set(inside["section"]) == {passage.section}


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=8, deadline=None)
@given(raw=raws())
def test_line_ends_change_nothing_but_places(make_corpus: Write, profile: str, raw: str) -> None:
    unix = re.sub("\r\n|\r", "\n", raw)
    if not unix.removeprefix("\ufeff").strip():
        return
    first, *others = (
        tokenize(split_passages(read(make_corpus, unix.replace("\n", end), profile=profile)))
        for end in ("\n", "\r\n", "\r")
    )
    for other in others:
        places = ["char_start", "char_end"]
        pd.testing.assert_frame_equal(first.drop(columns=places), other.drop(columns=places))
