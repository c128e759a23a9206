"""Topics fitted again to shuffled, resampled and shortened corpora."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from analysis.text.counts import TermCounts
from analysis.topics.consensus import agreement, departures, match_topics
from analysis.topics.counting import words_of_passages, words_of_terms
from analysis.topics.fit import fit_topics
from analysis.topics.result import TopicResult
from analysis.topics.shuffled import draw_blocks, shuffle_words

Numbers = NDArray[np.float64]

RESAMPLE_SEEDS = 5
"""Runs in the consensus of a resampled corpus."""


def answer(
    task: tuple[str, int],
    *,
    counts: TermCounts,
    topics: TopicResult,
    seed: int,
    block: int,
    resample: bool,
) -> Numbers:
    """Return what one shuffled, resampled or shortened corpus says of each topic.

    Parameters
    ----------
    task : (kind, number)
        ``shuffle``: two rows, the stability of the topics of a shuffled corpus and their agreement
        with those of a resample of it (NaN unless `resample`); ``blocks`` and ``text``: the
        agreement of the real topics with those of a resample, and with those found without one
        text.
    """
    kind, number = task
    own_seed = int(np.random.SeedSequence([seed, number]).generate_state(1)[0] % 2**31)
    if kind == "shuffle":
        shuffled = shuffle_words(counts, seed=own_seed)
        chance = _refit(shuffled, topics, seed=own_seed, n_seeds=topics.settings.n_seeds)
        over_blocks = np.full(topics.settings.n_topics, np.nan)
        if resample:
            again = draw_blocks(shuffled, size=block, seed=own_seed)
            over_blocks = _agreement_with(again, chance, fitted=shuffled, seed=own_seed)
        return np.stack([chance.topics["stability"].to_numpy(dtype=np.float64), over_blocks])
    if kind == "blocks":
        return _agreement_with(
            draw_blocks(counts, size=block, seed=own_seed), topics, fitted=counts, seed=own_seed
        )
    left_out = list(dict.fromkeys(counts.doc_ids))[number]
    rows = [row for row, doc_id in enumerate(counts.doc_ids) if doc_id != left_out]
    rest = TermCounts(
        matrix=counts.matrix[rows],
        passage_ids=tuple(counts.passage_ids[row] for row in rows),
        doc_ids=tuple(counts.doc_ids[row] for row in rows),
        terms=counts.terms,
    )
    return _agreement_with(rest, topics, fitted=counts, seed=own_seed)


def _refit(counts: TermCounts, topics: TopicResult, *, seed: int, n_seeds: int) -> TopicResult:
    """Return topics fitted with the same settings and priors from another seed."""
    return fit_topics(counts, **asdict(replace(topics.settings, seed=seed, n_seeds=n_seeds)))


def _agreement_with(
    counts: TermCounts, topics: TopicResult, *, fitted: TermCounts, seed: int
) -> Numbers:
    """Return each topic's agreement with the one that answers it in another corpus."""
    n_seeds = min(RESAMPLE_SEEDS, topics.settings.n_seeds)
    if (words_of_passages(counts.matrix) > 0).sum() < topics.settings.n_topics:
        return np.full(topics.settings.n_topics, np.nan)
    other = _refit(counts, topics, seed=seed, n_seeds=n_seeds)
    ours = departures(topics.beta, frequencies=_frequencies(fitted))
    theirs = departures(other.beta, frequencies=_frequencies(counts))
    return np.asarray(np.diag(agreement(ours, theirs[match_topics(ours, theirs)])))


def _frequencies(counts: TermCounts) -> Numbers:
    """Return the relative frequencies of the terms."""
    totals = words_of_terms(counts.matrix)
    return np.asarray(totals / totals.sum())
