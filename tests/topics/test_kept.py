"""The fits that the notebook keeps are what the code gives now."""

import numpy as np
import pytest

from analysis.publish.topic_tables import default_topics
from analysis.topics.counting import canonical
from analysis.topics.fit import fit_run
from analysis.topics.priors import fit_priors


@pytest.mark.slow
def test_a_kept_fit_is_what_the_code_gives_now(corpus):
    # A change of the code that gives other results counts up the version in analysis/kept.py.
    found = default_topics(corpus)
    settings = found.topics.settings
    priors = fit_priors(found.counts, n_topics=settings.n_topics, seed=settings.seed)
    assert (priors.alpha, priors.eta_total) == (settings.alpha, settings.eta_total)
    run = fit_run(settings.seed, matrix=canonical(found.counts.matrix), settings=settings)
    kept = found.topics.runs[0]
    assert kept.seed == settings.seed
    order = np.argmax(kept.beta @ run.beta.T, axis=1)
    np.testing.assert_allclose(run.beta[order], kept.beta, atol=1e-7)
