"""Comparison over equal slices: by hand, invariants, coverage of the intervals, refusals."""

import numpy as np
import pandas as pd
import pytest

from analysis.authors.energy import MOST_EXCHANGES, Pair, energy_matrix, exchange_p
from analysis.authors.measures import burrows
from analysis.authors.slice_comparison import compare_slices
from analysis.authors.slices import SliceFrequencies
from analysis.errors import InputError
from analysis.tables import check_table
from analysis.uncertainty.blocks import jackknife_interval


def as_slices(texts: dict[str, np.ndarray]) -> SliceFrequencies:
    """Return slices from percentages by text."""
    ids = [f"{doc}:{number:03d}" for doc, rows in texts.items() for number in range(len(rows))]
    docs = [doc for doc, rows in texts.items() for _ in range(len(rows))]
    frame = pd.DataFrame(np.concatenate(list(texts.values())), index=ids)
    frame.columns = [f"w{number:03d}" for number in range(frame.shape[1])]
    table = pd.DataFrame({"slice_id": ids, "doc_id": docs, "place": [f"{id}@0-1" for id in ids]})
    return SliceFrequencies(frequencies=frame, counts=frame, table=table, n_tokens=1000)


def test_energy_by_hand() -> None:
    # On a line: a at 0 and 2, b at 5 and 9. Between: (5 + 9 + 3 + 7) / 4 = 6; within: 2 and 4.
    points = np.array([0.0, 2, 5, 9])
    square = abs(points[:, np.newaxis] - points)
    means, energy = energy_matrix(square, np.array([0, 0, 1, 1]))
    assert means.tolist() == [[2, 6], [6, 4]]
    assert energy.tolist() == [[0, 6], [6, 0]]


def test_leaving_out_by_hand() -> None:
    rng = np.random.default_rng(1)
    points = rng.normal(size=(9, 3))
    square = burrows(points)
    one, other = np.arange(4), np.arange(4, 9)
    pair = Pair.of(square, one=one, other=other)
    left_out = pair.energy_left_out()
    for number in range(4):
        kept = np.delete(one, number)
        assert left_out[0][number] == pytest.approx(Pair.of(square, one=kept, other=other).energy)
    for number in range(5):
        kept = np.delete(other, number)
        assert left_out[1][number] == pytest.approx(Pair.of(square, one=one, other=kept).energy)


def test_the_table_has_both_estimands(simulated) -> None:
    rng = np.random.default_rng(2)
    texts = {"a": simulated.slices(rng, simulated.base, n=5)}
    texts["b"] = simulated.slices(rng, simulated.other(1), n=7)
    result = compare_slices(as_slices(texts), n_terms=50)
    check_table(result.table, "distances")
    assert result.table["measure"].tolist() == ["burrows", "burrows", "burrows_energy", "burrows"]
    assert result.table["text_b"].tolist() == ["a", "b", "b", "b"]
    between = result.table[result.table["text_a"] != result.table["text_b"]]
    assert ((between["low"] < between["distance"]) & (between["distance"] < between["high"])).all()
    assert result.matrix("energy").loc["a", "b"] == between["distance"].iloc[1]
    assert result.matrix("slice distance").loc["a", "a"] == result.table["within_a"].iloc[0]
    assert "not for the author" in result.scope
    with pytest.raises(InputError, match="estimand"):
        result.matrix("mean")


def test_order_and_names_change_nothing(simulated) -> None:
    rng = np.random.default_rng(3)
    texts = {
        name: simulated.slices(rng, rates, n=n)
        for name, rates, n in [("a", simulated.base, 5), ("b", simulated.other(1), 6)]
    }
    there = compare_slices(as_slices(texts)).table
    turned = compare_slices(as_slices({"b": texts["b"][::-1], "a": texts["a"][::-1]})).table
    pick = there["estimand"] == "energy"
    pick_turned = turned["estimand"] == "energy"
    columns = ["distance", "low", "high"]
    np.testing.assert_allclose(there.loc[pick, columns], turned.loc[pick_turned, columns])


def test_fewer_than_four_slices_give_no_interval(simulated) -> None:
    rng = np.random.default_rng(4)
    texts = {"a": simulated.slices(rng, simulated.base, n=3)}
    texts["b"] = simulated.slices(rng, simulated.base, n=8)
    texts["c"] = simulated.slices(rng, simulated.base, n=1)
    result = compare_slices(as_slices(texts))
    rows = result.table.set_index(["text_a", "text_b", "estimand"])
    assert np.isnan(rows.loc[("a", "b", "energy"), "low"])
    assert "3 blocks" in rows.loc[("a", "b", "energy"), "reason"]
    assert rows.loc[("a", "b", "energy"), "distance"] == pytest.approx(0, abs=0.5)
    assert np.isnan(rows.loc[("b", "c", "energy"), "distance"])
    assert np.isfinite(rows.loc[("b", "b", "slice distance"), "low"])
    assert "fewer than 4" in result.reason


def test_identical_texts_do_not_differ() -> None:
    same = np.tile([[5.0, 3.0, 2.0]], (5, 1))
    result = compare_slices(as_slices({"a": same, "b": same}), n_terms=3)
    assert (result.table["distance"] == 0).all()
    assert "never changes" in result.reason


def truths(simulated, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, tuple[float, float]]:
    """Return a fixed scale and the true slice distance and energy of the base and the other."""
    rng = np.random.default_rng(7)
    both = [simulated.slices(rng, rates, n=1000) for rates in (simulated.base, other)]
    rows = np.concatenate(both)
    centre, deviation = rows.mean(axis=0), rows.std(axis=0, ddof=1)
    groups = np.repeat([0, 1], 1000)
    means, energy = energy_matrix(burrows((rows - centre) / deviation), groups)
    same = other is simulated.base
    return centre, deviation, (means[0, 1], 0.0 if same else energy[0, 1])


def intervals(simulated, other: np.ndarray, *, n: tuple[int, int], draws: int, seed: int):
    """Yield the two jackknife intervals of texts drawn anew, beside their truths."""
    centre, deviation, truth = truths(simulated, other)
    rng = np.random.default_rng(seed)
    for _ in range(draws):
        rows = np.concatenate(
            [
                simulated.slices(rng, rates, n=count)
                for rates, count in zip((simulated.base, other), n, strict=True)
            ]
        )
        square = burrows((rows - centre) / deviation)
        pair = Pair.of(square, one=np.arange(n[0]), other=np.arange(n[0], sum(n)))
        yield (
            jackknife_interval(pair.between, pair.between_left_out()),
            jackknife_interval(pair.energy, pair.energy_left_out()),
            truth,
            exchange_p(pair, seed=1),
        )


def rates_of(found) -> tuple[float, float, float, float]:
    """Return the coverage of both intervals, how often the energy excludes 0, and p <= .05."""
    drawn = list(found)
    slice_hits = np.mean([one.low <= truth[0] <= one.high for one, _, truth, _ in drawn])
    energy_hits = np.mean([two.low <= truth[1] <= two.high for _, two, truth, _ in drawn])
    excluded = np.mean([two.low > 0 or two.high < 0 for _, two, _, _ in drawn])
    told_apart = np.mean([p <= 0.05 for *_, p in drawn])
    return float(slice_hits), float(energy_hits), float(excluded), float(told_apart)


def test_few_blocks_cover_the_truth(simulated) -> None:
    found = intervals(simulated, simulated.other(1), n=(5, 7), draws=100, seed=1)
    between, energy, _, _ = rates_of(found)
    assert between >= 0.90
    assert energy >= 0.90


@pytest.mark.slow
def test_many_blocks_cover_the_truth(simulated) -> None:
    found = intervals(simulated, simulated.other(1), n=(24, 24), draws=400, seed=2)
    between, energy, excluded, told_apart = rates_of(found)
    assert 0.92 <= between <= 0.98
    assert 0.92 <= energy <= 0.98
    assert excluded == 1
    assert told_apart == 1


@pytest.mark.slow
@pytest.mark.parametrize("n", [(5, 7), (4, 22), (24, 24)])
def test_two_texts_of_one_kind_are_rarely_told_apart(simulated, n) -> None:
    found = intervals(simulated, simulated.base, n=n, draws=200, seed=3)
    between, energy, excluded, told_apart = rates_of(found)
    assert between >= 0.90
    assert energy >= 0.92
    assert excluded <= 0.08
    assert told_apart <= 0.08


@pytest.mark.slow
def test_two_texts_of_different_kinds_are_told_apart(simulated) -> None:
    rng = np.random.default_rng(4)
    told_apart = 0
    for seed in range(200):
        rates = (simulated.base, simulated.other(seed))
        rows = np.concatenate(
            [simulated.slices(rng, rate, n=n) for rate, n in zip(rates, (5, 7), strict=True)]
        )
        square = burrows((rows - rows.mean(axis=0)) / rows.std(axis=0, ddof=1))
        pair = Pair.of(square, one=np.arange(5), other=np.arange(5, 12))
        told_apart += exchange_p(pair, seed=1) <= 0.05
    assert told_apart >= 190


def test_exchanges_by_hand() -> None:
    # On a line, two and two: of the six partings, the observed one and its mirror are best.
    points = np.array([0.0, 1, 10, 11])
    square = abs(points[:, np.newaxis] - points)
    pair = Pair.of(square, one=np.arange(2), other=np.arange(2, 4))
    assert exchange_p(pair, seed=1) == pytest.approx(2 / 6)


def test_exchanges_are_drawn_where_there_are_too_many() -> None:
    points = np.arange(30.0)
    square = abs(points[:, np.newaxis] - points)
    pair = Pair.of(square, one=np.arange(15), other=np.arange(15, 30))
    assert exchange_p(pair, seed=1) == pytest.approx(1 / MOST_EXCHANGES)
    assert exchange_p(pair, seed=1) == exchange_p(pair, seed=1)
