"""The map of slices: points on a plane come back; what is not shown is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from analysis.authors.scaling import classical_scaling, slice_map
from analysis.authors.slices import slice_frequencies


@given(st.integers(0, 50))
def test_points_of_a_plane_come_back(seed) -> None:
    points = np.random.default_rng(seed).normal(size=(6, 2))
    square = cdist(points, points)
    found, shares = classical_scaling(square)
    np.testing.assert_allclose(cdist(found, found), square, atol=1e-7)
    assert sum(shares) == pytest.approx(1)
    # The slice furthest along an axis is on its positive side.
    for axis in range(2):
        assert found[np.argmax(np.round(abs(found[:, axis]), 9)), axis] > 0


def test_equal_slices_have_no_plane() -> None:
    points, shares = classical_scaling(np.zeros((4, 4)))
    assert (points == 0).all()
    assert np.isnan(shares).all()


def test_the_map_leads_to_places(made_tokens) -> None:
    slices = slice_frequencies(made_tokens({"t": "a b a c b b", "u": "c c b c a c"}), n_tokens=3)
    result = slice_map(slices, authors={"t": "One"}, n_terms=3)
    assert result.table["place"].tolist() == slices.table["place"].tolist()
    assert result.table["author"].tolist()[:2] == ["One", "One"]
    assert result.table["author"].isna().sum() == 2
    assert 0 < sum(result.shares) <= 1 + 1e-12
