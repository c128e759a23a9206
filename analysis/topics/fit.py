"""Topics fitted from several seeds and brought to one consensus."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.errors import InputError
from analysis.kept import Likeness, ReadOnly, kept, key_of
from analysis.text.counts import TermCounts
from analysis.topics import lda
from analysis.topics.consensus import find_consensus, matched_cosines
from analysis.topics.counting import (
    canonical,
    check_counts,
    words_of_passages,
    words_of_terms,
)
from analysis.topics.fit_tables import provenance_of, result_of_runs, without_processor
from analysis.topics.lda import Run
from analysis.topics.other_backends import fit_gensim, fit_nmf, fit_sklearn_lda
from analysis.topics.priors import PriorFit, fit_priors
from analysis.topics.result import TopicResult
from analysis.topics.settings import (
    FitSettings,
    StartedSettings,
    check_priors,
    is_large,
    settings_for,
)

Numbers = NDArray[np.float64]

_FITS = {
    "tomotopy": lda.fit_tomotopy,
    "gensim": fit_gensim,
    "sklearn-lda": fit_sklearn_lda,
    "sklearn-nmf": fit_nmf,
}


_HELD = (TopicResult, Run, FitSettings, StartedSettings, PriorFit)
KEPT: dict[str, type] = {one.__name__: one for one in _HELD}
"""What a file of kept topics may hold."""


SAME_TOPICS = Likeness(
    says="the mean cosine of matched topics is",
    measure=lambda one, other: float(matched_cosines(one.beta, other.beta).mean()),
    bound=0.9,
)


def fit_topics(
    counts: TermCounts,
    *,
    n_topics: int,
    seed: int,
    backend: str = "tomotopy",
    n_seeds: int = 20,
    alpha: float | None = None,
    eta_total: float | None = None,
    burn_in: int | None = None,
    workers: int = 1,
    keep: Path | str | ReadOnly | None = None,
    **settings: Any,
) -> TopicResult:
    """Return `n_topics` topics of the passages: the consensus of `n_seeds` runs.

    Parameters
    ----------
    counts : TermCounts
        Passages by terms. No term is dropped: prepare the counts before (`keep_terms`).
    n_topics : int
        From 1 to the number of passages that have words. One topic is the corpus itself.
    seed : int
        The same seed gives the same topics to the last bit, on one architecture and lock.
    backend : str
        ``tomotopy`` (LDA by Gibbs sampling), ``gensim`` (LdaModel; weak on small corpora: each of
        its runs finds other topics), ``sklearn-lda`` or ``sklearn-nmf``.
    n_seeds : int
        Runs from different seeds. With one there is no stability.
    alpha, eta_total : float, optional
        The priors, in words (`FitSettings`). What is not given is fitted to blocks of passages
        that are held out (`fit_priors`).
    burn_in : int, optional
        Sweeps before the first sample; by the size of the corpus if not given (`settings_for`).
    workers : int
        Processes over which the runs are spread; the result is the same for any number.
    keep : Path, str or ReadOnly, optional
        A folder in which the result is kept under the digest of counts, settings and versions, and
        from which it is read if it is there already.
    **settings
        As in `FitSettings`: eta_proportional, n_samples, thin, optimise_alpha; and as in
        `StartedSettings`: start_passages (0: every run starts by chance), mixed_burn_in.

    Returns
    -------
    TopicResult
        A topic keeps its number in all its tables, the single runs and the draws of gamma.

    Raises
    ------
    InputError
        If a setting makes no sense, no passage has a word, or there are more topics than passages.

    Notes
    -----
    Topics of two runs are matched one to one by optimal assignment. A consensus of LDA runs from
    different seeds is described by Mäntylä, Claes and Farooq (2018), doi:10.1145/3239235.3267435.

    Of ten topics planted in 313 passages of 33 words, 86 to 100 % are found again with a cosine
    above .9, by how skewed the words are; of those planted in 1000 or 3000 passages 98 to 100 %
    (``benchmarks/topics_recovery.py``).

    A large corpus, from 400,000 words and 500 passages a topic on, has another schedule
    (`settings_for`): each run starts from rough topics of a sample of passages (`start_topics`). In
    six corpora of 20,000 passages of 80 words one run found all 20 topics planted there, in three
    quarters of the processor time in which plain tomotopy, told the true priors, finds 95 % of them
    on average; gensim and scikit-learn never found so many (``benchmarks/topics_speed.py``). Where
    passages mix more topics (alpha .5 in place of .1) a run makes 60 sweeps more, and takes twice
    as long.
    """
    if not isinstance(counts, TermCounts):
        raise InputError(
            f"fit_topics takes TermCounts, not a {type(counts).__name__}; count first, as in "
            "count_terms(tokens)."
        )
    _check_names(settings)
    # What is given is checked before the rest is fitted, which takes long.
    priors = {"alpha": alpha, "eta_total": eta_total}
    check_priors(**{name: value for name, value in priors.items() if value is not None})
    given = {"seed": seed, "backend": backend, "n_seeds": n_seeds, "burn_in": burn_in, **settings}
    words = words_of_passages(counts.matrix)
    n_words, n_passages = float(words.sum()), int((words > 0).sum())
    chosen = settings_for(given, n_words=n_words, n_passages=n_passages, n_topics=n_topics)
    check_counts(counts, n_topics=chosen.n_topics)
    # Priors are tried in another way there, which the settings do not tell.
    large = is_large(n_words=n_words, n_passages=n_passages, n_topics=n_topics)
    return kept(
        partial(_fit, counts, settings=chosen, priors=(alpha, eta_total), workers=workers),
        key=key_of(
            "topics",
            inputs={
                "settings": chosen,
                "priors": [alpha, eta_total],
                "made_with": without_processor(provenance_of(counts, settings=chosen)),
                **({"large": True} if large else {}),
            },
        ),
        folder=keep,
        classes=KEPT,
        likeness=SAME_TOPICS,
    )


def _fit(
    counts: TermCounts,
    *,
    settings: FitSettings,
    priors: tuple[float | None, float | None],
    workers: int,
) -> TopicResult:
    """Return the topics of checked counts and settings."""
    matrix = canonical(counts.matrix)
    chosen, fitted = _with_priors(
        settings, counts=counts, alpha=priors[0], eta_total=priors[1], workers=workers
    )
    runs = lda.run_fits(
        partial(fit_run, matrix=matrix, settings=chosen),
        chosen.run_seeds(),
        workers=workers,
        label=f"{chosen.n_topics} topics",
    )
    words = words_of_passages(matrix)
    totals = words_of_terms(matrix)
    frequencies = totals / totals.sum()
    matched = _in_order(runs, frequencies=frequencies, words=words)
    return result_of_runs(
        counts,
        words=words,
        frequencies=frequencies,
        settings=chosen,
        priors=fitted,
        runs=matched,
    )


def _with_priors(
    settings: FitSettings,
    *,
    counts: TermCounts,
    alpha: float | None,
    eta_total: float | None,
    workers: int,
) -> tuple[FitSettings, PriorFit | None]:
    """Return the settings with their priors, and how these were fitted if they were."""
    priors = None
    if settings.backend != "sklearn-nmf" and (alpha is None or eta_total is None):
        priors = fit_priors(
            counts,
            n_topics=settings.n_topics,
            seed=settings.seed,
            eta_proportional=settings.eta_proportional,
            workers=workers,
        )
        alpha = priors.alpha if alpha is None else alpha
        eta_total = priors.eta_total if eta_total is None else eta_total
    if alpha is not None:
        settings = replace(settings, alpha=alpha)
    if eta_total is not None:
        settings = replace(settings, eta_total=eta_total)
    return settings, priors


def fit_run(seed: int, *, matrix: sparse.csr_array, settings: FitSettings) -> Run:
    """Return one run of the settings' backend, in seven digits."""
    return _FITS[settings.backend](matrix, settings=settings, seed=seed).rounded()


def _check_names(settings: dict[str, Any]) -> None:
    """Raise an InputError for a setting that no fit has."""
    known = [item.name for item in fields(StartedSettings)]
    for name in settings:
        if name not in known:
            raise InputError(f"There is no setting {name!r}: use some of {', '.join(known)}.")


def _in_order(runs: list[Run], *, frequencies: Numbers, words: Numbers) -> tuple[Run, ...]:
    """Return the runs with their topics matched, the largest topic of the consensus first."""
    consensus = find_consensus(
        [run.beta for run in runs],
        frequencies=frequencies,
        likelihoods=[run.log_likelihood for run in runs],
    )
    matched = [run.in_order(order) for run, order in zip(runs, consensus.orders, strict=True)]
    sizes = words @ np.nan_to_num(np.mean([run.gamma for run in matched], axis=0))
    largest_first = np.argsort(-np.round(sizes, 6), kind="stable")
    return tuple(run.in_order(largest_first) for run in matched)
