"""Passages: cut by hand-countable rules, never over a section, each word once."""

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.corpus import Corpus, read_corpus
from analysis.errors import InputError
from analysis.tables import check_table
from analysis.text.passages import _cheapest_cuts, split_passages
from analysis.text.running import running_text

Make = Callable[..., Path]


def sentence(n: int) -> str:
    """Return a sentence of so many words."""
    return " ".join(["Word", *["word"] * (n - 1)]) + "."


def corpus_of(folder: Path, make: Make, *paragraphs: list[int] | str) -> Corpus:
    """Return a corpus of one text: a paragraph is the lengths of its sentences, or a heading."""
    text = "\n\n".join(
        part if isinstance(part, str) else " ".join(map(sentence, part)) for part in paragraphs
    )
    return read_corpus(make(folder, {"text": f"{text}\n"}))


@pytest.mark.parametrize(
    ("paragraphs", "n_tokens", "expected"),
    [
        # 80 words are two passages of 40: the cut that is nearest to even.
        ([[10, 20, 10, 30, 10]], 40, [40, 40]),
        # 60 words are nearer to two passages of 40 than to one (1.5 rounds to 2).
        ([[20, 20, 20]], 40, [20, 40]),
        ([[28, 28]], 40, [56]),
        # A cut between paragraphs is a little cheaper than one inside.
        ([[20, 21], [19, 20]], 40, [41, 39]),
        ([[20, 20, 2], [18, 20]], 40, [42, 38]),
        # A sentence that is longer than a passage is one by itself.
        ([[20, 20, 300, 20, 20]], 40, [40, 300, 40]),
        # Each section is cut by itself.
        ([[20, 20], "CHAPTER II", [15], "CHAPTER III", [30, 30]], 40, [40, 15, 30, 30]),
    ],
)
def test_sections_are_cut_as_evenly_as_sentences_allow(
    tmp_path: Path, make_corpus: Make, paragraphs: list, n_tokens: int, expected: list[int]
) -> None:
    corpus = corpus_of(tmp_path, make_corpus, *paragraphs)
    passages = split_passages(corpus, n_tokens=n_tokens)
    assert passages["n_tokens"].tolist() == expected
    assert passages["passage_id"].tolist() == [
        f"text:{number:04d}" for number in range(1, len(expected) + 1)
    ]


def cost(sizes: list[int], cuts: tuple[int, ...], *, share: float, inside: list[bool]) -> float:
    pieces = itertools.pairwise([0, *cuts, len(sizes)])
    lengths = [sum(sizes[begin:stop]) / share for begin, stop in pieces]
    return sum((length - 1) ** 2 for length in lengths) + 0.02 * sum(inside[cut] for cut in cuts)


@given(
    sentences=st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=9),
    n_tokens=st.integers(20, 60),
)
def test_no_other_cut_is_cheaper(sentences: list[tuple[int, bool]], n_tokens: int) -> None:
    sizes = [size for size, _ in sentences]
    inside = [False, *(flag for _, flag in sentences[1:])]
    share = sum(sizes) / max(1, round(sum(sizes) / n_tokens))
    if not share:
        return
    borders = range(1, len(sizes))
    cheapest = min(
        cost(sizes, cuts, share=share, inside=inside)
        for n in range(len(sizes))
        for cuts in itertools.combinations(borders, n)
        # Two sentences that are together longer than four shares are never one passage.
        if all(
            sum(sizes[begin:stop]) <= 4 * share or stop - begin == 1
            for begin, stop in itertools.pairwise([0, *cuts, len(sizes)])
        )
    )
    found = _cheapest_cuts(np.array(sizes, dtype=np.float64), share=share, inside=np.array(inside))
    assert (found[0], found[-1]) == (0, len(sizes))
    assert cost(sizes, tuple(found[1:-1]), share=share, inside=inside) == pytest.approx(cheapest)


RAW = "One two. Three\nfour five.\n\nCHAPTER II\n\nSix seven.\n\nEight.\n"


@pytest.mark.parametrize(
    ("unit", "n_tokens", "expected"),
    [
        ("words", 150, ["One two. Three four five.", "Six seven.\n\nEight."]),
        ("section", 150, ["One two. Three four five.", "Six seven.\n\nEight."]),
        ("paragraph", 150, ["One two. Three four five.", "Six seven.", "Eight."]),
    ],
)
def test_units(
    tmp_path: Path, make_corpus: Make, unit: str, n_tokens: int, expected: list[str]
) -> None:
    corpus = read_corpus(make_corpus(tmp_path, {"text": RAW}))
    assert split_passages(corpus, unit=unit, n_tokens=n_tokens)["text"].tolist() == expected


def test_slices_have_exactly_so_many_words_and_leave_out_the_rest(
    tmp_path: Path, make_corpus: Make
) -> None:
    corpus = corpus_of(tmp_path, make_corpus, [30, 25], "CHAPTER II", [19], "CHAPTER III", [20])
    slices = split_passages(corpus, unit="slice", n_tokens=20)
    assert slices["n_tokens"].tolist() == [20, 20, 20]
    assert slices["section"].tolist() == [1, 1, 3]
    assert slices["text"].iloc[1].startswith("word word")


def test_a_row_says_where_the_passage_is(tmp_path: Path, make_corpus: Make) -> None:
    corpus = read_corpus(make_corpus(tmp_path, {"text": RAW}))
    row = split_passages(corpus).iloc[1]
    start, end = RAW.index("Six"), RAW.index("Eight.") + 6
    assert (row["char_start"], row["char_end"]) == (start, end)
    assert (row["line_start"], row["line_end"]) == (6, 8)
    assert row["place"] == f"text@{start}-{end}"
    assert (row["section"], row["n_tokens"], row["passage_index"]) == (2, 3, 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_source(tmp_path: Path, make_corpus: Make, end: str) -> None:
    corpus = read_corpus(make_corpus(tmp_path, {"text": RAW.replace("\n", end)}))
    passages = split_passages(corpus)
    lines = passages[["line_start", "line_end"]].to_numpy().tolist()
    assert lines == [[1, 2], [6, 8]]


def test_texts_without_words_have_no_passages(tmp_path: Path, make_corpus: Make) -> None:
    corpus = read_corpus(make_corpus(tmp_path, {"one": "ONE\n\nTWO\n", "two": "1917. 1918.\n"}))
    for unit in ("words", "section", "paragraph", "slice"):
        passages = split_passages(corpus, unit=unit)
        assert passages.empty
        check_table(passages, "passages")


def test_what_is_no_corpus_is_told() -> None:
    with pytest.raises(InputError, match="corpus is a str; give what read_corpus returns"):
        split_passages("corpus")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"unit": "page"}, "There is no unit 'page'; use one of words, paragraph, section, slice"),
        ({"n_tokens": 19}, "n_tokens is 19; give a whole number from 20"),
        ({"n_tokens": -150}, "n_tokens is -150"),
        ({"n_tokens": 150.5}, "n_tokens is 150.5"),
        ({"n_tokens": float("nan")}, "n_tokens is nan"),
        ({"n_tokens": float("inf")}, "n_tokens is inf"),
        ({"n_tokens": "150"}, "n_tokens is '150'"),
    ],
)
def test_settings_that_make_no_sense_are_told(
    corpus: Corpus, settings: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        split_passages(corpus, **settings)


def test_passages_of_the_corpus_are_of_80_to_220_words_but_for_a_sections_last(
    passages: pd.DataFrame,
) -> None:
    check_table(passages, "passages")
    last = passages.groupby(["doc_id", "section"])["passage_index"].transform("max")
    inner = passages[passages["passage_index"] < last]
    assert inner["n_tokens"].between(80, 220).all()
    assert passages["n_tokens"].mean() == pytest.approx(150, abs=5)


def test_passages_of_the_corpus_hold_each_running_word_once_and_whole_sentences(
    corpus: Corpus, passages: pd.DataFrame
) -> None:
    for text in corpus.texts:
        running = running_text(text)
        own = passages[passages["doc_id"] == text.doc_id]
        # Headings alone lie between two passages, so their texts in a row are the running text.
        assert "\n\n".join(own["text"]).split() == running.text.split()
        assert own["n_tokens"].sum() == len(running.words)
        ends = {running.text[:end][-30:] for _, end in running.sentences}
        assert all(piece[-30:] in ends or len(piece) < 30 for piece in own["text"])


def test_passages_remember_their_corpus_when_some_are_chosen(
    corpus: Corpus, passages: pd.DataFrame
) -> None:
    assert passages[passages["section"] == 2].corpus is corpus
    assert passages.copy().corpus is corpus
    assert passages.sort_values("n_tokens").head(3).corpus is corpus
