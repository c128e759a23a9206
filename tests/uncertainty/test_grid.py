"""The grid: every cell once, shares by hand, percentiles among draws, what is refused."""

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.uncertainty.grid import run_grid, with_draws

FACTORS = {"a": [1, -1], "b": ["x", "y", "z"]}


def test_every_combination_once_and_in_order() -> None:
    result = run_grid(FACTORS, lambda cell: cell["a"] * (2 if cell["b"] == "x" else 1))
    assert result.cells[["a", "b"]].values.tolist() == [
        [1, "x"], [1, "y"], [1, "z"], [-1, "x"], [-1, "y"], [-1, "z"],
    ]  # fmt: skip
    assert result.cells["value"].tolist() == [2, 1, 1, -2, -1, -1]
    assert result.share_positive == 0.5
    table = result.plot_table()
    assert len(table) == 2 * 6
    of_x = table[(table["factor"] == "b") & (table["level"] == "x")]
    assert of_x["value"].tolist() == [2, -2]
    assert of_x["share"].tolist() == [0.5, 0.5]
    levels = result.by_level.set_index(["factor", "level"])
    assert levels.loc[("a", "1"), "share_positive"] == 1
    assert levels.loc[("b", "x"), ["n_cells", "median"]].tolist() == [2, 0]


def test_undefined_cells_are_no_zeros() -> None:
    result = run_grid(FACTORS, lambda cell: np.nan if cell["a"] == -1 else 0.5)
    assert result.share_positive == 1
    assert result.n_undefined == 3
    assert np.isnan(run_grid({"a": [1]}, lambda cell: np.nan).share_positive)


def test_a_value_of_nothing_has_no_sign() -> None:
    assert run_grid({"a": [1]}, lambda cell: 0.0).share_positive == 0


def test_percentiles_by_hand() -> None:
    result = run_grid(FACTORS, lambda cell: cell["a"])
    assert result.percentiles.empty
    drawn = with_draws(result, {"different": [0.1, 0.5, 0.9, 0.2, np.nan], "same": []})
    table = drawn.percentiles.set_index("kind")
    # Two below, one equal of four.
    assert table.loc["different", "percentile"] == pytest.approx(2.5 / 4)
    assert table.loc["different", "n_draws"] == 4
    assert table.loc["different", "as_high"] == 0.5
    assert np.isnan(table.loc["same", "percentile"])
    assert drawn.share_compared == 0.5


def test_cells_that_draws_lack_are_left_out() -> None:
    result = run_grid(FACTORS, lambda cell: cell["a"] if cell["b"] == "x" else 1)
    drawn = with_draws(result, {"different": [0.4, 0.6]}, only={"b": "x"})
    assert drawn.share_compared == 0.5
    assert drawn.percentiles["percentile"].tolist() == [0.5]
    assert drawn.share_positive == pytest.approx(5 / 6)
    with pytest.raises(InputError, match="No cell"):
        with_draws(result, {"different": [0.4]}, only={"b": "w"})


def test_a_factor_without_levels_is_refused() -> None:
    with pytest.raises(InputError, match="'a' has no levels"):
        run_grid({"a": []}, lambda cell: 1.0)
    with pytest.raises(InputError, match="'a' has no levels"):
        run_grid({"a": "xyz"}, lambda cell: 1.0)
