"""How many topics, and which program."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.topics.backend_comparison import compare_backends
from analysis.topics.number import MEASURES, number_of_topics
from analysis.topics.planted import plant_topics


@pytest.fixture(scope="module")
def counts():
    return plant_topics(7, n_passages=60, n_topics=4, n_terms=120, n_words=40, base="zipf").counts


@pytest.mark.slow
def test_measures_over_a_range_and_kept(counts, tmp_path):
    found = number_of_topics(
        counts, n_topics=[2, 4], seed=1, n_seeds=4, n_shuffles=4, n_resamples=2, keep=tmp_path
    )
    assert found.table["measure"].tolist() == [*MEASURES, *MEASURES]
    wide = found.table.pivot(index="n_topics", columns="measure", values="value")
    # Four topics were planted: they foretell words better than two.
    assert wide.loc[4, "held-out gain"] > wide.loc[2, "held-out gain"] + 0.05
    assert wide.loc[4, "excess stability"] > 0.2
    assert wide.loc[4, "excess over blocks"] > 0.1
    assert wide["held-out coherence"].between(-1, 1).all()
    assert "No number of topics is best" in found.reason
    again = number_of_topics(
        counts,
        n_topics=[2, 4],
        seed=1,
        n_seeds=4,
        n_shuffles=4,
        n_resamples=2,
        keep=tmp_path,
        workers=2,
    )
    pd.testing.assert_frame_equal(again.table, found.table)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("numbers", [[], [1, 2], [3, 3]])
def test_ranges_that_make_no_sense(counts, numbers):
    with pytest.raises(InputError, match="give different numbers from 2"):
        number_of_topics(counts, n_topics=numbers, seed=1)


def test_what_cannot_be_measured_is_told_before_anything_is_fitted(counts, monkeypatch):
    monkeypatch.setattr("analysis.topics.number.fit_topics", None)
    with pytest.raises(InputError, match="n_shuffles is 3; give at least 4"):
        number_of_topics(counts, n_topics=[2, 3], seed=1, n_shuffles=3)
    with pytest.raises(InputError, match=r"n_topics is 5; give several numbers, such as range"):
        number_of_topics(counts, n_topics=5, seed=1)


def test_one_resample_has_no_interval(counts):
    with pytest.raises(InputError, match="n_resamples is 1; give at least 2"):
        number_of_topics(counts, n_topics=[2, 3], seed=1, n_resamples=1)


def test_backends_beside_shuffled_corpora(counts):
    found = compare_backends(
        counts,
        n_topics=4,
        seed=1,
        alpha=0.1,
        eta_total=12.0,
        backends=["tomotopy", "sklearn-nmf"],
        n_seeds=3,
        n_shuffles=2,
    )
    assert len(found.table) == 2 * 3 * 2
    agreement = found.table.query("measure == 'agreement'")
    real = agreement.query("corpus == 'real'").set_index("backend")["value"]
    chance = agreement.query("corpus != 'real'").groupby("backend")["value"].max()
    assert real["tomotopy"] > chance["tomotopy"]
    assert np.isfinite(found.table["value"]).all()


def test_one_seed_or_no_shuffle_compares_nothing(counts):
    for settings in ({"n_seeds": 1}, {"n_shuffles": 0}):
        with pytest.raises(InputError, match="give at least 2 and 1"):
            compare_backends(counts, n_topics=2, seed=1, alpha=0.1, eta_total=9.0, **settings)
