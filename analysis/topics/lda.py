"""One run of tomotopy's latent Dirichlet allocation (collapsed Gibbs sampling), the same anywhere.

tomotopy draws other samples with another instruction set of the processor, as different as those
of another seed, so the oldest one is set before it is loaded. Blei, Ng and Jordan (2003), JMLR 3;
Griffiths and Steyvers (2004), doi:10.1073/pnas.0307752101.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import gammaln

from analysis.errors import AnalysisError
from analysis.topics.counting import words_of_passages, words_of_terms
from analysis.topics.settings import FitSettings, StartedSettings
from analysis.topics.start import start_topics
from analysis.topics.term_priors import start_prior, term_prior
from analysis.uncertainty.batches import run_in_batches

Numbers = NDArray[np.float64]
Task = TypeVar("Task")
Answer = TypeVar("Answer")

X86 = ("x86_64", "amd64", "i386", "i686")
ISA = "sse2"
"""The instruction set on x86, which every such processor has."""

MOST_LOOKS = 100_000
"""Passages times samples in which the topics of a passage are looked at."""

_NAME = "TOMOTOPY_ISA"


@dataclass(frozen=True, kw_only=True, eq=False)
class Run:
    """One run of one backend, its topics in the backend's own order.

    Attributes
    ----------
    seed : int
    beta : array, topics by terms
        A topic sums to 1.
    gamma : array, passages by topics
        A passage sums to 1; NaN for a passage without words where the backend has no prior.
    draw : array, passages by topics
        One draw of gamma, whose spread over runs is the uncertainty of gamma; it sums to 1.
    log_likelihood : float
        A word, of the words and their topics, mean over samples; higher fits better. NaN where
        the backend has none.
    """

    seed: int
    beta: Numbers
    gamma: Numbers
    draw: Numbers
    log_likelihood: float

    def in_order(self, order: NDArray[np.int64]) -> Run:
        """Return the run with its topics in another order: first `order[0]`, then `order[1]` ..."""
        return replace(
            self,
            beta=self.beta[order],
            gamma=self.gamma[:, order],
            draw=self.draw[:, order],
        )

    def rounded(self) -> Run:
        """Return the run with seven digits, so that it is the same when saved and read again."""
        return replace(
            self,
            beta=self.beta.astype(np.float32).astype(np.float64),
            gamma=self.gamma.astype(np.float32).astype(np.float64),
            draw=self.draw.astype(np.float32).astype(np.float64),
        )


def loaded_with_another_isa() -> bool:
    """Return whether tomotopy is loaded already, with an instruction set that is not ours."""
    loaded = sys.modules.get("tomotopy")
    return loaded is not None and on_x86() and getattr(loaded, "isa", ISA) != ISA


def on_x86() -> bool:
    """Return whether this processor is an x86."""
    return platform.machine().lower() in X86


def run_fits(
    function: Callable[[Task], Answer], tasks: Sequence[Task], *, workers: int, label: str = ""
) -> list[Answer]:
    """Return what `run_in_batches` does; in other processes if tomotopy is loaded wrongly here."""
    return run_in_batches(
        function, tasks, workers=workers, apart=loaded_with_another_isa(), label=label
    )


def load_tomotopy() -> Any:
    """Return the module tomotopy, loaded with our instruction set; the environment stays as it was.

    Raises
    ------
    AnalysisError
        If it is loaded with another already; `fit_topics` then fits in other processes.
    """
    before = os.environ.get(_NAME)
    if on_x86():
        os.environ[_NAME] = ISA
    try:
        import tomotopy
    finally:
        if before is None:
            os.environ.pop(_NAME, None)
        else:
            os.environ[_NAME] = before
    if loaded_with_another_isa():
        raise AnalysisError(
            f"tomotopy is loaded with {tomotopy.isa}; import analysis before it, in a new process."
        )
    return tomotopy


def fit_tomotopy(
    matrix: sparse.csr_array, *, settings: FitSettings, seed: int, start: Numbers | None = None
) -> Run:
    """Return one run: the mean of `settings.n_samples` samples after `settings.burn_in` sweeps.

    Parameters
    ----------
    matrix : csr_array
        Counts, passages by terms.
    settings : FitSettings
    seed : int
        Of this run.
    start : array, topics by terms, optional
        Rough topics to start from. If they are not given, `StartedSettings` start from those of a
        sample of the passages (`start_topics`), and `FitSettings` by chance.

    Notes
    -----
    It equals plain tomotopy with the same instruction set: ``LDAModel(k=, alpha=, eta=, seed=)``
    with a document for every passage that has words, its terms in the order of the columns and
    each as often as it occurs; ``set_word_prior`` for every term unless the prior is symmetric;
    ``train(burn_in)``, then ``train(thin)`` before each sample, with one worker and no parallelism.
    A sample of beta is worked out from the counts, (words of the term in the topic + its prior) /
    (words of the topic + eta_total), because tomotopy's ``get_topic_word_dist`` leaves priors of
    single terms out. Where the prior is symmetric the two agree to tomotopy's seven digits.

    tomotopy deals the words of a term out to the topics by the term's priors in them, before the
    first sweep. So a run starts from rough topics if each topic has its own prior (`start_prior`),
    which plain tomotopy takes by ``set_word_prior`` as well.
    """
    prior = term_prior(words_of_terms(matrix), settings=settings)
    if start is None and isinstance(settings, StartedSettings):
        start = start_topics(
            matrix, n_topics=settings.n_topics, n_passages=settings.start_passages, seed=seed
        )
    if start is not None:
        prior = start_prior(prior, start=start)
    model = _model(matrix, prior=prior, settings=settings, seed=seed)
    with_words = words_of_passages(matrix) > 0
    beta = np.zeros((settings.n_topics, matrix.shape[1]))
    words = np.zeros((matrix.shape[0], settings.n_topics))
    gamma = np.zeros_like(words)
    likelihood = 0.0
    documents = list(model.docs)
    looked_at = passage_samples(len(documents), n_samples=settings.n_samples)
    for number in range(settings.n_samples):
        model.train(settings.thin, workers=1, parallel=1)
        topic_words = _topic_words(model, n_terms=matrix.shape[1])
        beta += _rows_to_one(topic_words + prior)
        if number not in looked_at:
            continue
        alpha = np.asarray(model.alpha, dtype=np.float64) * np.ones(settings.n_topics)
        words[with_words] = [document.get_topic_dist(normalize=False) for document in documents]
        words[~with_words] = alpha
        gamma += _rows_to_one(words)
        likelihood += _log_joint(topic_words, words, prior=prior, alpha=alpha)
    draw = np.random.default_rng([seed, 1]).standard_gamma(words)
    return Run(
        seed=seed,
        beta=beta / settings.n_samples,
        gamma=gamma / len(looked_at),
        draw=_rows_to_one(np.maximum(draw, np.finfo(np.float64).tiny)),
        log_likelihood=likelihood / len(looked_at) / float(matrix.sum()),
    )


def passage_samples(n_passages: int, *, n_samples: int) -> range:
    """Return in which samples the topics of every passage are looked at, the last among them.

    In all of them up to 5,000 passages at 20 samples, and then in fewer: asking for each passage
    takes longer there than the sweeps between two samples.
    """
    most = max(1, min(n_samples, MOST_LOOKS // max(n_passages, 1)))
    step = -(-n_samples // most)
    return range((n_samples - 1) % step, n_samples, step)


def _model(matrix: sparse.csr_array, *, prior: Numbers, settings: FitSettings, seed: int) -> Any:
    """Return tomotopy's model after its burn-in; terms are named by the number of their column."""
    # One number where the prior is even; where it is not, every term that occurs has its own.
    by_topic = np.broadcast_to(prior, (settings.n_topics, matrix.shape[1]))
    eta = settings.eta_total / int((by_topic[0] > 0).sum())
    model = load_tomotopy().LDAModel(
        k=settings.n_topics, alpha=float(settings.alpha), eta=eta, seed=seed
    )
    model.optim_interval = 10 if settings.optimise_alpha else 0
    names = np.array([str(column) for column in range(matrix.shape[1])], dtype=object)
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        columns, counts = matrix.indices[start:end], matrix.data[start:end]
        model.add_doc(names[np.repeat(columns, counts)].tolist())
    if settings.eta_proportional > 0 or prior.ndim > 1:
        for column in np.flatnonzero(by_topic[0]):
            model.set_word_prior(names[column], by_topic[:, column].tolist())
    model.train(settings.sweeps_before(), workers=1, parallel=1)
    return model


def _topic_words(model: Any, *, n_terms: int) -> Numbers:
    """Return how many words of each term the sample puts in each topic, topics by terms."""
    columns = np.array([int(name) for name in model.used_vocabs], dtype=np.int64)
    counts = np.zeros((model.k, n_terms))
    for topic in range(model.k):
        weights = np.asarray(model.get_topic_word_dist(topic, normalize=False), dtype=np.float64)
        counts[topic, columns] = np.rint(weights - model.eta)
    return counts


def _log_joint(topic_words: Numbers, words: Numbers, *, prior: Numbers, alpha: Numbers) -> float:
    """Return the log probability of the words and their topics, beta and gamma integrated out.

    Griffiths and Steyvers (2004), equations 2 and 3; `words` has alpha in it.
    """
    known = np.atleast_2d(prior)[0] > 0
    of_terms, of_all = prior[..., known], prior.sum(axis=-1)
    terms = (gammaln(topic_words[:, known] + of_terms) - gammaln(of_terms)).sum()
    topics = (gammaln(of_all) - gammaln(topic_words.sum(axis=1) + of_all)).sum()
    passages = (gammaln(alpha.sum()) - gammaln(words.sum(axis=1))).sum()
    return float(terms + topics + passages + (gammaln(words) - gammaln(alpha)).sum())


def _rows_to_one(values: Numbers) -> Numbers:
    """Return the rows divided by their sums."""
    return np.asarray(values / values.sum(axis=1, keepdims=True))
