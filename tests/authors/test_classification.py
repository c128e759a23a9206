"""Classification: planted authors, leakage by text, and what cannot be learnt."""

import numpy as np
import pandas as pd
import pytest

from analysis.authors.classification import classify
from analysis.authors.slices import slice_frequencies
from analysis.errors import InputError


def made(rates: dict[str, np.ndarray], *, seed: int, n: int = 1000) -> dict[str, str]:
    rng = np.random.default_rng(seed)
    return {
        doc: " ".join(f"w{word:02d}" for word in rng.choice(len(p), size=n, p=p / p.sum()))
        for doc, p in rates.items()
    }


BASE = 1 / (np.arange(1, 41) + 2.0)
AUTHORS = {"a1": "A", "a2": "A", "b1": "B", "b2": "B"}


def test_authors_that_differ_are_told_by_both_ways(made_tokens) -> None:
    rng = np.random.default_rng(1)
    of = {author: BASE * np.exp(0.8 * rng.normal(size=40)) for author in "AB"}
    texts = made({doc: of[author] for doc, author in AUTHORS.items()}, seed=2)
    slices = slice_frequencies(made_tokens(texts), n_tokens=200)
    result = classify(slices, authors=AUTHORS, folds="slices", n_terms=40)
    assert result.summary["right_texts_out"].tolist() == [5, 5, 5, 5]
    assert result.summary["right_slices_out"].tolist() == [5, 5, 5, 5]
    assert result.reason == ""


def test_texts_that_differ_but_not_by_author_leak_through_slices(made_tokens) -> None:
    texts_out, slices_out = [], []
    for seed in range(16):
        rng = np.random.default_rng(seed)
        rates = {doc: BASE * np.exp(0.8 * rng.normal(size=40)) for doc in AUTHORS}
        slices = slice_frequencies(made_tokens(made(rates, seed=seed)), n_tokens=200)
        result = classify(slices, authors=AUTHORS, folds="slices", n_terms=40)
        slices_out.append(result.summary["right_slices_out"].sum() / 20)
        texts_out.append(result.summary["right_texts_out"].sum() / 20)
        assert "recognises the text" in result.warning
    assert np.mean(slices_out) > 0.9
    # Chance is a half; a standard error of sixteen corpora is .07.
    assert 0.3 < np.mean(texts_out) < 0.7


def test_an_author_with_one_text_has_no_prediction(made_tokens) -> None:
    rng = np.random.default_rng(1)
    rates = {doc: BASE * np.exp(0.5 * rng.normal(size=40)) for doc in ("a1", "b1", "b2")}
    slices = slice_frequencies(made_tokens(made(rates, seed=1)), n_tokens=200)
    result = classify(slices, authors=AUTHORS, n_terms=40)
    assert "A: one text only" in result.reason
    of_a = result.table[result.table["author"] == "A"]
    assert of_a["predicted"].isna().all()
    assert of_a["right"].isna().all()
    assert pd.isna(result.summary.set_index("doc_id").loc["a1", "right_texts_out"])
    assert result.table[result.table["author"] == "B"]["predicted"].notna().all()
    assert result.warning == ""
    assert "right_slices_out" not in result.summary


def test_neither_long_texts_nor_many_texts_draw_a_slice_to_an_author(made_tokens) -> None:
    # All texts are of one kind, but A has one short text and B two long ones.
    right = []
    for seed in range(30):
        texts = made(dict.fromkeys(("a1", "b1", "b2", "x"), BASE), seed=seed, n=600)
        texts["a1"] = " ".join(texts["a1"].split()[:400])
        slices = slice_frequencies(made_tokens(texts), n_tokens=200)
        labels = {"a1": "A", "b1": "B", "b2": "B", "x": "A"}
        table = classify(slices, authors=labels, measure="burrows", n_terms=40).table
        asked = table[table["doc_id"] == "x"]
        right.append((asked["predicted"] == "A").mean())
    # A third of a slice's worth of error: 90 slices.
    assert np.mean(right) == pytest.approx(0.5, abs=0.17)


def test_bad_input_is_told_in_one_sentence(made_tokens) -> None:
    slices = slice_frequencies(made_tokens({"a1": "x y z", "b1": "x x z"}), n_tokens=3)
    with pytest.raises(InputError, match="two"):
        classify(slices, authors={"a1": "A", "b1": "A"}, n_terms=3)
    with pytest.raises(InputError, match="'b1' has no author"):
        classify(slices, authors={"a1": "A"}, n_terms=3)
    with pytest.raises(InputError, match="folding 'random'"):
        classify(slices, authors=AUTHORS, folds="random", n_terms=3)
