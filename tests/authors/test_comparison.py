"""Comparison of two groups: what is gathered, what is said, and what is not."""

import numpy as np
import pandas as pd
import pytest

from analysis.authors.comparison import compare
from analysis.authors.groups import exchange_texts, group_of_texts, rank_among
from analysis.authors.reference import KnownAuthors, KnownText
from analysis.errors import InputError

BASE = 1 / (np.arange(1, 41) + 2.0)


def made(kinds: dict[str, int], *, n: int = 1000, seed: int = 0) -> dict[str, str]:
    """Return texts; those of one kind have the same rates of words."""
    rng = np.random.default_rng(seed)
    rates = {kind: BASE * np.exp(0.7 * rng.normal(size=40)) for kind in set(kinds.values())}
    return {
        doc: " ".join(
            f"w{w:02d}" for w in rng.choice(40, size=n, p=rates[kind] / rates[kind].sum())
        )
        for doc, kind in kinds.items()
    }


THREE = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "author": ["One", "Two", "Two"],
        "translator": ["X", "Y", "Z"],
        "genre": ["memoir", "memoir", "history"],
    }
)
SETTINGS = {"slice_length": 200, "n_terms": 40}


def test_three_texts_by_three_translators(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0, "b": 1, "c": 1}))
    result = compare("author", tokens=tokens, documents=THREE, **SETTINGS)
    assert result.contrast > 0
    assert result.names == ("One", "Two")
    assert "2 of 2 pairs of a text of One and one of Two are told apart as texts" in result.verdict
    assert "of texts of one group, 0 of 1 pair" in result.verdict
    # Five slices a text are too few for halves of four.
    assert result.halves.empty
    assert "cannot attribute a difference to the author" in result.verdict
    assert "translator" in result.verdict
    assert np.isnan(result.p_groups)
    assert "fewer than 4 texts" in result.reason
    assert len(result.further_texts) >= 1
    assert result.calibration is None
    assert result.ranks["same text"] < 0.5
    assert result.keyness.table["n_target"].sum() == 1000
    assert "One: one text only" in result.reason
    assert "verdict" in result._repr_html_()


def test_groups_by_name_are_known_by_the_factor_that_makes_them(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0, "b": 1, "c": 1}))
    named = compare({"R": ["a"], "S": ["b", "c"]}, tokens=tokens, documents=THREE, **SETTINGS)
    assert named.aliasing.factor == "author"
    assert named.names == ("R", "S")
    other = compare({"R": ["b"], "S": ["a", "c"]}, tokens=tokens, documents=THREE, **SETTINGS)
    assert other.aliasing.factor == "group"
    assert other.further_texts == ()
    turned = compare({"S": ["b", "c"], "R": ["a"]}, tokens=tokens, documents=THREE, **SETTINGS)
    assert turned.contrast == pytest.approx(named.contrast)
    assert turned.keyness.table["n_target"].sum() == 2000


def test_a_crossed_corpus_may_speak_of_its_authors(made_tokens) -> None:
    kinds = {f"{author}{number}": author == "a" for author in "ab" for number in range(4)}
    documents = pd.DataFrame(
        {
            "doc_id": list(kinds),
            "author": ["One"] * 4 + ["Two"] * 4,
            "translator": ["X", "X", "Y", "Y"] * 2,
        }
    )
    result = compare("author", tokens=made_tokens(made(kinds)), documents=documents, **SETTINGS)
    assert result.aliasing.attributable
    assert "an effect of it may be looked for" in result.verdict
    # Four against four: the observed parting and its mirror, of 70.
    assert result.p_groups == pytest.approx(2 / 70)
    assert result.further_texts == ()


def test_a_text_too_short_to_tell_is_not_counted(made_tokens) -> None:
    texts = made({"a": 0, "b": 1, "c": 1})
    texts["c"] = " ".join(texts["c"].split()[:600])
    result = compare("author", tokens=made_tokens(texts), documents=THREE, **SETTINGS)
    assert result.verdict.startswith("1 of 1 pair (1 more with a text too short to tell) of a text")
    texts["a"] = " ".join(texts["a"].split()[:600])
    result = compare("author", tokens=made_tokens(texts), documents=THREE, **SETTINGS)
    assert result.verdict.startswith("The texts of One and Two are too short to be told apart.")


def test_texts_of_one_kind_are_not_told_apart(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0, "b": 0, "c": 0}))
    result = compare("author", tokens=tokens, documents=THREE, **SETTINGS)
    assert result.verdict.startswith("0 of 2 pairs")
    assert abs(result.contrast) < 0.1


def test_halves_of_one_text_are_the_control(made_tokens) -> None:
    texts = made({"a": 0, "b": 1, "c": 1, "d": 2}, n=2000)
    # The first half of a is of one kind, the second of another.
    texts["a"] = " ".join(texts["a"].split()[:1000] + texts.pop("d").split()[:1000])
    result = compare("author", tokens=made_tokens(texts), documents=THREE, **SETTINGS)
    halves = result.halves.set_index("doc_id")
    assert halves["n_slices"].tolist() == [10, 10, 10]
    assert halves.loc["a", "p_one_kind"] <= 0.05
    assert (halves.loc[["b", "c"], "p_one_kind"] > 0.05).all()
    assert "of single texts cut in halves, 1 of 3." in result.verdict


def test_two_values_of_a_column_or_decades_may_be_compared(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0, "b": 1, "c": 1}))
    result = compare("translator", tokens=tokens, documents=THREE, only=("Z", "X"), **SETTINGS)
    assert result.names == ("Z", "X")
    assert set(result.groups) == {"a", "c"}
    assert np.isnan(result.contrast)
    dated = THREE.assign(year_written=["1949/1953", "1941", "1936"])
    result = compare("decade", tokens=tokens, documents=dated, **SETTINGS)
    assert set(result.names) == {"1940s", "1930s"}
    assert result.aliasing.factor == "decade"


def test_a_reference_calibrates_the_one_against_the_others(made_tokens) -> None:
    rng = np.random.default_rng(1)
    known = KnownAuthors(
        texts=tuple(
            KnownText(
                author=f"A{author}", title=f"{number}", year=None,
                words=rng.choice(40, size=1100).astype(np.int32),
            )
            for author in range(5)
            for number in range(3)
        ),
        vocabulary=tuple(map(str, range(40))), name="made", population="Made up.",
    )  # fmt: skip
    tokens = made_tokens(made({"a": 0, "b": 1, "c": 1}))
    result = compare("author", tokens=tokens, documents=THREE, reference=known, **SETTINGS)
    assert result.calibration is not None
    assert result.calibration.design.lengths == (1000, 1000, 1000)
    assert result.calibration.evidence is not None
    assert result.calibration.evidence.position == 0
    assert result.calibration.evidence.scores[0] == pytest.approx(result.contrast)


def test_exchange_of_texts_by_hand() -> None:
    between = np.ones((8, 8)) - np.eye(8)
    between[:4, 4:] = between[4:, :4] = 5
    p, why = exchange_texts(between, list("aaaabbbb"))
    assert p == pytest.approx(2 / 70)
    assert why == ""
    p, why = exchange_texts(between, list("aaabbbbb"))
    assert np.isnan(p)
    assert "one has 3" in why


def test_ranks_by_hand() -> None:
    pairs = pd.DataFrame(
        {
            "kind": ["same text"] * 4 + ["different authors"] * 3,
            "distance": [1.0, 2, 3, 4, 2, 3, 9],
        }
    )
    ranks = rank_among(pairs)
    assert ranks["same text"] == 0.5
    assert np.isnan(ranks["same author"])


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ("translator", "3 groups"),
        ("printer", "no column 'printer'"),
        ({"R": ["a"]}, "nothing to compare: all texts are of one group"),
        ({"R": ["a"], "S": ["a", "b"]}, "'a' is in two groups"),
        ({"R": "a", "S": ["b"]}, "must be a list"),
        ({"R": ["a"], "S": ["d"]}, "no text 'd'"),
    ],
)
def test_bad_groups_are_told_in_one_sentence(groups, says) -> None:
    with pytest.raises(InputError, match=says):
        group_of_texts(groups, documents=THREE)


def test_a_text_shorter_than_two_slices_is_refused(made_tokens) -> None:
    texts = made({"a": 0, "b": 1, "c": 1})
    texts["a"] = " ".join(texts["a"].split()[:300])
    with pytest.raises(InputError, match="'a' has 1 slices of 200"):
        compare("author", tokens=made_tokens(texts), documents=THREE, **SETTINGS)
