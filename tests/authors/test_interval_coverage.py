"""Do the intervals hold the truth, and are texts told apart when they should be?

Texts are autocorrelated multinomials in blocks of 1000 words, so that the truth is known.
"""

import numpy as np
import pytest

from analysis.authors.energy import Pair, energy_matrix, exchange_p
from analysis.authors.energy_interval import _ends, energy_interval, pair_parts
from analysis.authors.measures import burrows
from analysis.authors.slice_comparison import compare_slices
from analysis.uncertainty.blocks import jackknife_interval

TESTED = 150
"""Of so many draws slices are exchanged: it takes the most time."""


def coverage(simulated, other: np.ndarray, *, n: tuple[int, int], draws: int, kind: str = "drift"):
    """Return how many of the two intervals hold the truth, and how many tests tell apart."""
    rng = np.random.default_rng(7)
    rates = (simulated.base, other)
    rows = np.concatenate([simulated.slices(rng, rate, n=1000, kind=kind) for rate in rates])
    centre, deviation = rows.mean(axis=0), rows.std(axis=0, ddof=1)
    means, energy = energy_matrix(burrows((rows - centre) / deviation), np.repeat([0, 1], 1000))
    truth = 0.0 if other is simulated.base else energy[0, 1]
    held = np.zeros(3)
    for number in range(draws):
        rows = np.concatenate(
            [
                simulated.slices(rng, rate, n=count, kind=kind)
                for rate, count in zip(rates, n, strict=True)
            ]
        )
        square = burrows((rows - centre) / deviation)
        pair = Pair.of(square, one=np.arange(n[0]), other=np.arange(n[0], sum(n)))
        between = jackknife_interval(pair.between, pair.between_left_out())
        form = energy_interval(pair)
        held += [
            between.low <= means[0, 1] <= between.high,
            form.low <= truth <= form.high,
            number < TESTED and exchange_p(pair, seed=1) <= 0.05,
        ]
    return held / [draws, draws, min(draws, TESTED)]


def compared(simulated, other: np.ndarray, *, rng: np.random.Generator, n: tuple[int, int]):
    """Return the energy row of two texts drawn anew, as a user gets it."""
    texts = {
        name: simulated.slices(rng, rate, n=count)
        for name, rate, count in zip("ab", (simulated.base, other), n, strict=True)
    }
    table = compare_slices(simulated.as_slices(texts)).table
    return table[table["estimand"] == "energy"].iloc[0]


def test_few_blocks_cover_the_truth(simulated) -> None:
    between, energy, _ = coverage(simulated, simulated.other(1), n=(5, 7), draws=100)
    assert between >= 0.90
    assert energy >= 0.90


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["drift", "subjects", "bursts"])
@pytest.mark.parametrize("same", [True, False])
def test_intervals_hold_the_truth_as_often_as_they_say(simulated, kind: str, same: bool) -> None:
    other = simulated.base if same else simulated.other(1)
    few = coverage(simulated, other, n=(5, 7), draws=500, kind=kind)
    uneven = coverage(simulated, other, n=(4, 22), draws=400, kind=kind)
    many = coverage(simulated, other, n=(24, 24), draws=500, kind=kind)
    assert (few[:2] >= 0.90).all()
    assert (uneven[:2] >= 0.90).all()
    assert ((many[:2] >= 0.92) & (many[:2] <= 0.98)).all()
    if same:
        # An interval that misses the truth of one kind is one that misses 0.
        assert uneven[1] >= 0.92
        assert max(few[2], uneven[2], many[2]) <= 0.08
    else:
        assert many[2] == 1


@pytest.mark.slow
@pytest.mark.parametrize("n", [(5, 7), (24, 24)])
def test_of_200_pairs_of_one_kind_at_most_16_are_told_apart(simulated, n) -> None:
    rng = np.random.default_rng(3)
    rows = [compared(simulated, simulated.base, rng=rng, n=n) for _ in range(200)]
    assert sum(row.low > 0 or row.high < 0 for row in rows) <= 16
    assert sum(row.told_apart for row in rows) <= 16


@pytest.mark.slow
def test_of_200_pairs_of_two_kinds_at_least_190_are_told_apart(simulated) -> None:
    rng = np.random.default_rng(4)
    rows = [compared(simulated, simulated.other(seed), rng=rng, n=(5, 7)) for seed in range(200)]
    assert sum(row.told_apart for row in rows) >= 190
    assert sum(row.low > 0 for row in rows) >= 190


def test_the_variance_of_pairs_is_all_that_texts_of_one_kind_have(simulated) -> None:
    rng = np.random.default_rng(5)
    pairs = []
    for _ in range(150):
        rows = simulated.slices(rng, simulated.base, n=12)
        square = burrows(rows / rows.std(axis=0, ddof=1))
        pairs.append(Pair.of(square, one=np.arange(5), other=np.arange(5, 12)))
    seen = np.var([pair.energy for pair in pairs])
    # Standard error of a variance of 150: 12 %.
    assert np.mean([sum(pair_parts(pair)) for pair in pairs]) == pytest.approx(seen, rel=0.3)


def test_the_ends_by_hand() -> None:
    # Linear part 3 at the value 3: the variance at x is 1 + x, and t is 1.
    low, high = _ends(3.0, linear=3.0, pairs=1.0, t=1.0)
    assert (3 - low) ** 2 == pytest.approx(1 + low)
    assert (3 - high) ** 2 == pytest.approx(1 + high)
    assert low < 3 < high
    # At 0 and below only pairs vary: 0 is missed from t standard errors of theirs on.
    assert _ends(1.0, linear=3.0, pairs=1.0, t=1.0)[0] == 0
    assert _ends(0.5, linear=3.0, pairs=1.0, t=1.0)[0] == -0.5
    assert _ends(-2.0, linear=3.0, pairs=1.0, t=1.0) == (-3, -1)


def test_texts_far_apart_have_the_interval_of_the_jackknife(simulated) -> None:
    rng = np.random.default_rng(6)
    rows = np.concatenate([simulated.slices(rng, simulated.base, n=20) for _ in range(2)])
    rows[20:, :10] += rng.normal(20, 6, size=(20, 1))
    square = burrows(rows)
    pair = Pair.of(square, one=np.arange(20), other=np.arange(20, 40))
    plain = jackknife_interval(pair.energy, pair.energy_left_out())
    ours = energy_interval(pair)
    assert ours.value == plain.value
    assert ours.standard_error == pytest.approx(plain.standard_error, rel=0.05)
    assert ours.df == pytest.approx(plain.df, rel=0.1)
