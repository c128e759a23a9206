"""Small corpora for the tests of topics."""

import numpy as np
import pytest
from scipy import sparse

from analysis.text.counts import TermCounts
from analysis.topics.fit import fit_topics
from analysis.topics.planted import plant_topics


def make_counts(rows, *, doc_ids=None, terms=None):
    """Return counts from a list of rows of numbers."""
    matrix = np.array(rows)
    return TermCounts(
        matrix=sparse.csr_array(matrix),
        passage_ids=[f"p{row}" for row in range(len(matrix))],
        doc_ids=doc_ids or ["d"] * len(matrix),
        terms=terms or [f"t{column:03d}" for column in range(matrix.shape[1])],
    )


@pytest.fixture(scope="session")
def counts_of():
    return make_counts


@pytest.fixture(scope="session")
def planted():
    """Four well separated topics in eighty passages."""
    return plant_topics(7, n_passages=80, n_topics=4, n_terms=120, n_words=40, base="zipf")


@pytest.fixture(scope="session")
def fitted(planted):
    return fit_topics(
        planted.counts, n_topics=4, seed=3, n_seeds=5, alpha=0.1, eta_total=12.0, burn_in=150
    )
