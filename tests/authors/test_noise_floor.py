"""The noise floor of published distances: texts of one kind are at it, others above."""

import numpy as np
import pytest

from analysis.authors.noise_floor import noise_floor
from analysis.errors import InputError
from analysis.tables import check_table

BASE = 1 / (np.arange(1, 41) + 2.0)


def made(rates: dict[str, tuple[np.ndarray, int]], seed: int = 0) -> dict[str, str]:
    rng = np.random.default_rng(seed)
    return {
        doc: " ".join(f"w{word:02d}" for word in rng.choice(40, size=n, p=p / p.sum()))
        for doc, (p, n) in rates.items()
    }


SETTINGS = {"block_words": 50, "n_terms": 40, "n_resamples": 200, "measure": "minmax"}


def test_a_text_of_another_kind_is_above_the_floor_and_one_of_the_same_kind_at_it(
    made_tokens,
) -> None:
    other = BASE * np.exp(0.8 * np.random.default_rng(1).normal(size=40))
    texts = made({"a": (BASE, 1000), "b": (BASE, 3000), "c": (other, 3000)})
    result = noise_floor(made_tokens(texts), **SETTINGS)
    check_table(result.table, "distances")
    table = result.table.set_index(["text_a", "text_b"])
    assert table["above_floor"].tolist() == [False, True, True]
    same = table.loc[("a", "b")]
    assert same["distance"] == pytest.approx(same["floor_a"], rel=0.25)
    assert (table["floor_high_a"] > table["floor_a"]).all()
    # Two samples as long as b and c are less noisy than two as long as a and b.
    assert table.loc[("b", "c"), "floor_a"] < table.loc[("a", "b"), "floor_b"]
    assert table.loc[("a", "b"), ["n_words_a", "n_words_b"]].tolist() == [1000, 3000]


@pytest.mark.slow
def test_texts_of_one_kind_are_rarely_above_the_floor(made_tokens) -> None:
    above = 0
    for seed in range(40):
        texts = made({"a": (BASE, 1000), "b": (BASE, 2000)}, seed=seed)
        result = noise_floor(made_tokens(texts), **{**SETTINGS, "n_resamples": 100})
        above += bool(result.table["above_floor"].iloc[0])
    assert above <= 6


@pytest.mark.parametrize("measure", ["burrows", "cosine_delta", "entropy", "canberra"])
def test_any_measure_has_a_floor(made_tokens, measure) -> None:
    texts = made({"a": (BASE, 500), "b": (BASE, 600), "c": (BASE, 700)})
    result = noise_floor(made_tokens(texts), **{**SETTINGS, "measure": measure, "n_resamples": 20})
    assert np.isfinite(result.table[["distance", "floor_a", "floor_b"]]).all(axis=None)
    again = noise_floor(made_tokens(texts), **{**SETTINGS, "measure": measure, "n_resamples": 20})
    assert result.table.equals(again.table)


def test_a_short_text_is_refused(made_tokens) -> None:
    texts = made({"a": (BASE, 80), "b": (BASE, 600)})
    with pytest.raises(InputError, match="a has 80 running words"):
        noise_floor(made_tokens(texts), **SETTINGS)
