"""The prior weight of each term in a topic, and what it says of where a run starts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.topics.settings import START_SHARE, FitSettings

Numbers = NDArray[np.float64]


def term_prior(totals: Numbers, *, settings: FitSettings) -> Numbers:
    """Return the prior weight of each term in a topic, in words; it adds up to ``eta_total``.

    The proportional part says that a topic without any word would be the corpus: a word that is
    common everywhere says little about a topic. The even part is there because the corpus's own
    frequencies are drawn from few topics and are themselves uncertain. Terms that never occur have
    no weight.
    """
    even = (totals > 0) / (totals > 0).sum()
    as_corpus = totals / totals.sum()
    part = settings.eta_proportional
    return np.asarray(settings.eta_total * (part * as_corpus + (1.0 - part) * even))


def start_prior(prior: Numbers, *, start: Numbers) -> Numbers:
    """Return the prior weight of each term in each topic of a run that starts from rough topics.

    A quarter of each topic's weight (`START_SHARE`) is spread as the rough topic is. It adds up to
    as much as before; against the words that a topic has in a large corpus it weighs next to
    nothing, but it says where a run begins.
    """
    rough = start / start.sum(axis=1, keepdims=True)
    return np.asarray((1.0 - START_SHARE) * prior + START_SHARE * prior.sum() * rough)
