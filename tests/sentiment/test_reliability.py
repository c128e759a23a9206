"""Krippendorff's alpha: his own example, and bounds."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.sentiment.reliability import krippendorff_alpha, rank_ceiling

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: four observers,
# twelve units, some missing.
TABLE = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}


def _long(table):
    wide = pd.DataFrame(table).assign(place=[f"u{n}" for n in range(len(table["A"]))])
    return wide.melt("place", var_name="reader", value_name="valence").dropna()


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_that_of_krippendorffs_example(level, alpha):
    assert krippendorff_alpha(_long(TABLE), level=level) == pytest.approx(alpha, abs=5e-4)


def test_alpha_of_perfect_and_of_no_agreement():
    same = _long({"A": [1, 2, 3, 3], "B": [1, 2, 3, 3]})
    assert krippendorff_alpha(same) == pytest.approx(1.0)
    opposed = _long({"A": [1, 2, 1, 2], "B": [2, 1, 2, 1]})
    assert krippendorff_alpha(opposed) < 0
    rng = np.random.default_rng(1)
    chance = _long({"A": rng.integers(0, 5, 3000), "B": rng.integers(0, 5, 3000)})
    assert krippendorff_alpha(chance) == pytest.approx(0, abs=0.05)


def test_alpha_is_undefined_without_pairs_or_differences():
    assert np.isnan(krippendorff_alpha(_long({"A": [1, 2], "B": [None, None]})))
    assert np.isnan(krippendorff_alpha(_long({"A": [2, 2], "B": [2, 2]})))


def test_bad_ratings_are_told():
    with pytest.raises(InputError, match="no level 'ratio'"):
        krippendorff_alpha(_long(TABLE), level="ratio")
    with pytest.raises(InputError, match="no column 'reader'"):
        krippendorff_alpha(_long(TABLE).drop(columns="reader"))
    with pytest.raises(InputError, match="'A' has read 'u0' twice"):
        krippendorff_alpha(pd.concat([_long(TABLE), _long(TABLE)]))


def test_the_ceiling_by_hand():
    one = list(range(10))
    swapped = [1, 0, *range(2, 10)]
    between, ceiling = rank_ceiling(_long({"A": one, "B": swapped}))
    rho = 1 - 6 * 2 / (10 * 99)
    assert between == pytest.approx(rho)
    assert ceiling == pytest.approx(np.sqrt(2 * rho / (1 + rho)))
    assert all(np.isnan(value) for value in rank_ceiling(_long({"A": one})))
