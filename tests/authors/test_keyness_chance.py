"""Words that keyness finds by chance: counted as in keyness, and few where blocks are alike."""

import numpy as np
import pytest
from scipy import sparse

from analysis.authors.keyness import keyness
from analysis.authors.keyness_chance import keyness_by_chance
from analysis.errors import InputError
from analysis.text.counts import TermCounts


def passages(rows: np.ndarray, doc: str) -> TermCounts:
    return TermCounts(
        matrix=sparse.csr_array(np.asarray(rows)),
        passage_ids=tuple(f"{doc}:{number:04d}" for number in range(len(rows))),
        doc_ids=(doc,) * len(rows),
        terms=tuple(f"w{number:03d}" for number in range(np.asarray(rows).shape[1])),
    )


def found(one: TermCounts, two: TermCounts) -> tuple[int, int]:
    table = keyness(one, two).table
    return int((table["low"] > 0).sum()), int((table["high"] < 0).sum())


def test_texts_of_one_kind_have_as_many_words_as_chance_gives() -> None:
    rng = np.random.default_rng(5)
    rates = 40 / (np.arange(1, 201) + 2.0)
    one, two = (
        passages(rng.poisson(rates, size=(n, 200)), doc) for n, doc in ((30, "t"), (60, "u"))
    )
    drawn = keyness_by_chance(one, two, n_draws=60)
    total = drawn["n_more"] + drawn["n_fewer"]
    assert len(drawn) == 60
    assert 0 < total.mean() <= 0.07 * 200
    assert sum(found(one, two)) <= total.quantile(0.99)
    assert keyness_by_chance(one, two, n_draws=60).equals(drawn)


def test_planted_words_are_more_than_chance_gives() -> None:
    rng = np.random.default_rng(6)
    rates = 40 / (np.arange(1, 201) + 2.0)
    other = rates * np.where(np.arange(200) % 4 == 0, 2, 1)
    one, two = (
        passages(rng.poisson(other, size=(30, 200)), "t"),
        passages(rng.poisson(rates, size=(60, 200)), "u"),
    )
    drawn = keyness_by_chance(one, two, n_draws=40)
    assert sum(found(one, two)) > (drawn["n_more"] + drawn["n_fewer"]).quantile(0.95)


def test_one_draw_is_keyness_of_the_blocks_as_dealt() -> None:
    # With blocks of one passage, the dealing can be done by hand.
    rng = np.random.default_rng(7)
    rows = rng.poisson(6, size=(14, 40))
    drawn = keyness_by_chance(
        passages(rows[:6], "t"), passages(rows[6:], "u"), block_length=1, n_draws=1
    )
    order = np.random.default_rng(1).permutation(14)
    dealt = keyness(passages(rows[order[:6]], "t"), passages(rows[order[6:]], "u"), block_length=1)
    assert drawn["n_more"].tolist() == [(dealt.table["low"] > 0).sum()]
    assert drawn["n_fewer"].tolist() == [(dealt.table["high"] < 0).sum()]


def test_counts_without_passages_are_refused() -> None:
    one = passages(np.ones((5, 3), dtype=int), "t")
    with pytest.raises(InputError, match="reference must be TermCounts"):
        keyness_by_chance(one, one.totals())
    with pytest.raises(InputError, match="n_draws is 0"):
        keyness_by_chance(one, one, n_draws=0)
