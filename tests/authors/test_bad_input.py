"""What a user gets for texts that cannot be compared: one sentence, or a result with its reason."""

import warnings

import numpy as np
import pandas as pd
import pytest

import analysis as an
from analysis.errors import InputError

WORDS = [f"w{number:02d}" for number in range(40)]
SETTINGS = {"slice_length": 200, "n_terms": 40}


def words(n: int, seed: int) -> str:
    rng = np.random.default_rng(seed)
    p = 1 / (np.arange(1, 41) + 2.0)
    return " ".join(rng.choice(WORDS, size=n, p=p / p.sum()))


def documents(authors: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": list(authors), "author": list(authors.values())})


@pytest.fixture
def frequencies(made_tokens) -> pd.DataFrame:
    tokens = made_tokens({name: words(1000, seed) for seed, name in enumerate("ab")})
    return an.slice_frequencies(tokens, n_tokens=200).frequencies


def test_one_text(made_tokens, frequencies) -> None:
    tokens = made_tokens({"a": words(1000, 1)})
    with pytest.raises(InputError, match=r"all texts are of one group .A.; add"):
        an.compare("author", tokens=tokens, documents=documents({"a": "A"}), **SETTINGS)
    with pytest.raises(InputError, match="needs two texts, and there are 1 in frequencies; add"):
        an.distances(frequencies.iloc[:1], n_terms=40)
    with pytest.raises(InputError, match="A tree needs three leaves, and there are 1; add a text"):
        an.consensus_tree(tokens)


def test_two_texts(made_tokens) -> None:
    tokens = made_tokens({"a": words(1000, 1), "b": words(1000, 2)})
    result = an.compare(
        "author", tokens=tokens, documents=documents({"a": "A", "b": "B"}), **SETTINGS
    )
    assert np.isnan(result.contrast)
    assert "No author has two texts" in result.reason
    assert "the same for any two texts and says nothing" in result.reason
    assert "cannot attribute a difference to the author" in result.verdict
    assert "it takes three" in an.calibrate(an.Design(lengths=(5000, 7000))).reason
    whole = an.slice_frequencies(tokens, n_tokens=None).frequencies
    assert "add texts, or cut them into slices" in an.distances(whole, n_terms=5).warning


def test_a_text_shorter_than_the_slice(made_tokens) -> None:
    tokens = made_tokens({"a": words(150, 1), "b": words(1000, 2), "c": words(1000, 3)})
    assert an.slice_frequencies(tokens, n_tokens=200).too_short == ("a",)
    with pytest.raises(InputError, match="'a' has 0 slices of 200 running words; take shorter"):
        an.compare(
            "author",
            tokens=tokens,
            documents=documents({"a": "A", "b": "B", "c": "B"}),
            **SETTINGS,
        )
    with pytest.raises(InputError, match="No text has a slice of 2000 running words"):
        an.slice_frequencies(tokens, n_tokens=2000)


def test_identical_texts(made_tokens) -> None:
    text = words(1000, 1)
    tokens = made_tokens({"a": text, "b": text, "c": text})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = an.compare(
            "author",
            tokens=tokens,
            documents=documents({"a": "A", "b": "B", "c": "B"}),
            **SETTINGS,
        )
    assert "All rows are identical, so no word has a z-score." in result.reason
    assert result.floor.table[["distance", "floor_a", "above_floor"]].isna().all(axis=None)
    assert "0 of 2 pairs" in result.verdict


def test_a_constant_column(frequencies) -> None:
    frequencies["w03"] = 2.0
    with pytest.raises(InputError, match="'w03' is 2 in every row, so it has no z-score; drop it"):
        an.distances(frequencies, n_terms=40)
    assert an.distances(frequencies, measure="manhattan", n_terms=40).reason == ""


@pytest.mark.parametrize(("value", "shown"), [(-1.0, "-1.0"), (np.nan, "nan"), (101.0, "101.0")])
def test_negative_or_missing_frequencies(frequencies, value, shown) -> None:
    frequencies.loc["b:002", "w03"] = value
    with pytest.raises(InputError, match=f"'w03' in 'b:002' is {shown}; give percentages"):
        an.distances(frequencies, n_terms=40)


def test_an_unknown_measure(frequencies, made_tokens) -> None:
    with pytest.raises(InputError, match="no measure 'delta'; use one of burrows, argamon, eder,"):
        an.distances(frequencies, measure="delta", n_terms=40)


def test_an_author_with_one_text_held_out(made_tokens) -> None:
    tokens = made_tokens({"a": words(1000, 1), "b": words(1000, 2), "c": words(1000, 3)})
    slices = an.slice_frequencies(tokens, n_tokens=200)
    result = an.classify(slices, authors={"a": "A", "b": "B", "c": "B"}, n_terms=40)
    assert "A: one text only, so that nothing is left to learn from" in result.reason
    assert result.summary.set_index("doc_id")["right_texts_out"].isna().tolist() == [
        True, False, False,
    ]  # fmt: skip
