"""The three texts of this corpus: what is said of them, and what is not."""

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from analysis.authors.aliasing import aliasing
from analysis.authors.comparison import compare
from analysis.authors.keyness import keyness
from analysis.authors.sensitivity import sensitivity
from analysis.edition.corpus import read_corpus
from analysis.text.counts import TermCounts, count_terms
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize
from analysis.uncertainty.blocks import block_numbers

pytestmark = pytest.mark.slow
CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def corpus():
    return read_corpus(CORPUS)


@pytest.fixture(scope="module")
def tokens(corpus):
    return tokenize(split_passages(corpus))


def test_the_difference_is_not_put_down_to_the_author(corpus, tokens) -> None:
    result = compare("author", tokens=tokens, documents=corpus.documents)
    assert "cannot attribute a difference to the author" in result.verdict
    assert "translator" in result.verdict
    assert not result.aliasing.attributable
    assert len(result.further_texts) > 0
    assert np.isnan(result.p_groups)


def test_which_factors_cannot_be_told_apart(corpus) -> None:
    table = aliasing(corpus.documents).table.set_index("factor")
    assert not table.loc["translator", "separable"]
    assert not table.loc["edition", "separable"]


def test_leaving_slices_out_flatters(corpus, tokens) -> None:
    result = compare("author", tokens=tokens, documents=corpus.documents)
    summary = result.classification.summary
    assert (summary["right_texts_out"] <= summary["right_slices_out"]).fillna(True).all()
    assert summary["right_texts_out"].isna().sum() == 1


def test_the_whole_grid_has_a_value_in_every_cell(corpus, tokens) -> None:
    # How long it takes is printed by benchmarks/authors_speed.py.
    groups = corpus.documents.set_index("doc_id")["author"].to_dict()
    result = sensitivity(tokens, groups=groups)
    assert result.n_cells >= 190
    assert result.n_undefined == 0


@pytest.mark.parametrize("sizes", [(5, 7), (12, 12)])
def test_intervals_of_words_exclude_nothing_where_blocks_are_split_at_random(tokens, sizes) -> None:
    longest = tokens["doc_id"].value_counts().index[0]
    counts = count_terms(tokens[tokens["doc_id"] == longest], voices=("author", "other"))
    block_of = block_numbers(len(counts.passage_ids), length=5)
    rng = np.random.default_rng(1)
    excluded, frequent = [], []
    for _ in range(20):
        order = rng.permutation(block_of.max() + 1)
        sides = [
            part(counts, rows=np.flatnonzero(np.isin(block_of, chosen)))
            for chosen in (order[: sizes[0]], order[sizes[0] : sum(sizes)])
        ]
        table = keyness(*sides).table
        out = (table["low"] > 0) | (table["high"] < 0)
        excluded.append(out.mean())
        frequent.append(out[table["n_target"] + table["n_reference"] >= 12].mean())
    assert np.mean(excluded) <= 0.07
    assert np.mean(frequent) <= 0.07


def part(counts: TermCounts, *, rows: np.ndarray) -> TermCounts:
    return TermCounts(
        matrix=sparse.csr_array(counts.matrix[rows]),
        passage_ids=tuple(counts.passage_ids[row] for row in rows),
        doc_ids=tuple(counts.doc_ids[row] for row in rows),
        terms=counts.terms,
    )
