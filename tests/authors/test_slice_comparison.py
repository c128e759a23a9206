"""Comparison over equal slices: by hand, invariants, coverage of the intervals, refusals."""

import numpy as np
import pytest

from analysis.authors.energy import MOST_EXCHANGES, Pair, energy_matrix, exchange_p
from analysis.authors.measures import burrows
from analysis.authors.slice_comparison import compare_slices
from analysis.errors import InputError
from analysis.tables import check_table


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
    result = compare_slices(simulated.as_slices(texts), n_terms=50)
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
    there = compare_slices(simulated.as_slices(texts)).table
    turned = compare_slices(
        simulated.as_slices({"b": texts["b"][::-1], "a": texts["a"][::-1]})
    ).table
    pick = there["estimand"] == "energy"
    pick_turned = turned["estimand"] == "energy"
    columns = ["distance", "low", "high"]
    np.testing.assert_allclose(there.loc[pick, columns], turned.loc[pick_turned, columns])


def test_fewer_than_four_slices_give_no_interval(simulated) -> None:
    rng = np.random.default_rng(4)
    texts = {"a": simulated.slices(rng, simulated.base, n=3)}
    texts["b"] = simulated.slices(rng, simulated.base, n=8)
    texts["c"] = simulated.slices(rng, simulated.base, n=1)
    result = compare_slices(simulated.as_slices(texts))
    rows = result.table.set_index(["text_a", "text_b", "estimand"])
    assert np.isnan(rows.loc[("a", "b", "energy"), "low"])
    assert "3 blocks" in rows.loc[("a", "b", "energy"), "reason"]
    assert rows.loc[("a", "b", "energy"), "distance"] == pytest.approx(0, abs=0.5)
    assert np.isnan(rows.loc[("b", "c", "energy"), "distance"])
    assert np.isfinite(rows.loc[("b", "b", "slice distance"), "low"])
    assert "fewer than 4" in result.reason


def test_identical_texts_do_not_differ(simulated) -> None:
    same = np.tile([[5.0, 3.0, 2.0]], (5, 1))
    result = compare_slices(simulated.as_slices({"a": same, "b": same}), n_terms=3)
    assert (result.table["distance"] == 0).all()
    assert "never changes" in result.reason


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
