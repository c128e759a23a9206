"""Are the topics there? Stability over seeds, blocks and texts, beside shuffled corpora."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.kept import ReadOnly, kept, key_of
from analysis.results import Shown
from analysis.text.counts import TermCounts
from analysis.topics.counting import counts_digest
from analysis.topics.fit_tables import without_processor
from analysis.topics.held_out import BLOCK
from analysis.topics.lda import run_fits
from analysis.topics.refits import answer
from analysis.topics.result import TopicResult
from analysis.topics.stability_tables import (
    OVERALL_COLUMNS,
    UNDEFINED,
    Found,
    agreement_without_texts,
    overall_excess,
    shuffled_table,
    topics_beside_shuffled,
    upper_bound,
    without_texts,
)
from analysis.uncertainty.blocks import LEAST_BLOCKS

Numbers = NDArray[np.float64]

FALSE_CALLS = 0.01
"""The nominal chance that a shuffled corpus yields a topic that is called stable.

The most stable topics of shuffled corpora have a longer tail than a normal distribution, so that
the chance is more in fact: 2.1 % of 100 shuffled corpora, each beside ten others
(``python benchmarks/topics_shuffled.py``), 4.4 % in an earlier run with other priors.
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class StabilityResult(Shown):
    """Topics beside those of shuffled corpora.

    Attributes
    ----------
    topics : DataFrame
        One row a topic: topic, terms; stability (mean agreement of two runs from different seeds;
        1 the same topic, 0 unrelated), stability_low, stability_high (95 %, over seeds); excess
        (stability less the mean of all shuffled topics), excess_low, excess_high (95 %, over seeds
        and shuffled corpora); stable (True if stability is above `bound`);
        block_agreement (mean agreement with the topics of corpora whose blocks of passages were
        drawn anew), block_low, block_high (the range of its middle 95 %), block_excess (less that
        of shuffled corpora).
    overall : DataFrame
        One row a measure (``seeds``, ``blocks``): value and shuffled (means over topics), excess,
        low, high (95 %, over seeds or resamples, and shuffled corpora), shuffled_reach (what the
        mean over topics of one more shuffled corpus stays below, at 97.5 %).
    texts : DataFrame
        topic, left_out (doc_id), agreement: with the topics found without that text. Low: the
        topic is that text's.
    shuffled : DataFrame
        shuffle, topic, stability: of each topic of each shuffled corpus.
    bound : float
        Above it a topic is called stable: the upper prediction bound of the most stable topic of
        a shuffled corpus, at `FALSE_CALLS`.
    n_seeds, n_shuffles, n_resamples : int
    reason : str
        Why something is not given; empty where all is.
    """

    topics: pd.DataFrame
    overall: pd.DataFrame
    texts: pd.DataFrame
    shuffled: pd.DataFrame
    bound: float
    n_seeds: int
    n_shuffles: int
    n_resamples: int
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return `topics` with the bound and the mean of shuffled topics, rounded to 6 decimals."""
        shuffled = float(self.shuffled["stability"].mean())
        return self.topics.assign(bound=self.bound, shuffled=shuffled).round(6)

    def by_texts(self) -> pd.DataFrame:
        """Return how far each topic stays where a text is left out.

        Columns: topic, agreement (mean over the texts left out), low, high (their range, which is
        no interval for other texts), most_missed (the text
        without which it agrees least).
        """
        return agreement_without_texts(self.texts)


def excess_stability(
    counts: TermCounts,
    topics: TopicResult,
    *,
    seed: int,
    n_shuffles: int = 10,
    n_resamples: int = 10,
    block: int = BLOCK,
    workers: int = 1,
    keep: Path | str | ReadOnly | None = None,
) -> StabilityResult:
    """Return how stable the topics are beyond those of shuffled corpora.

    Agreement over seeds is bought with a strong prior and with many seeds on any text, so it is
    read as the excess over corpora of the same passage lengths and term frequencies in which the
    words are dealt out by chance, fitted with the same settings, priors and number of seeds.

    Parameters
    ----------
    counts : TermCounts
        What the topics were fitted to.
    topics : TopicResult
        From at least 4 seeds and with at least 2 topics; else a result with the reason.
    seed : int
        Of the shuffles and resamples.
    n_shuffles, n_resamples : int
        Shuffled corpora (at least 4) and corpora of blocks drawn anew (0: none).
    block : int
        Passages a block.
    workers : int
        Processes; the result is the same for any number.
    keep : Path, str or ReadOnly, optional
        A folder in which the result is kept, as in `fit_topics`.

    Raises
    ------
    InputError
        If the counts are not those of the topics, or there are fewer than 4 shuffles.

    Notes
    -----
    The bound is mean + t sd sqrt(1 + 1/n) of Fisher's z of the shuffled corpora's most stable
    topics. Blocks are of the same texts: agreement over them is for more text of the same kind,
    not for other texts.
    """
    _check(counts, topics, n_shuffles=n_shuffles)
    if topics.settings.n_seeds < LEAST_BLOCKS or topics.settings.n_topics < 2:
        return _refusal(topics)
    settings = {"seed": seed, "n_shuffles": n_shuffles, "n_resamples": n_resamples, "block": block}
    return kept(
        partial(_stability, counts, topics, **settings, workers=workers),
        key=key_of(
            "stability",
            inputs={
                **settings,
                "topics": topics.settings,
                "made_with": without_processor(topics.provenance),
            },
        ),
        folder=keep,
        classes={"StabilityResult": StabilityResult},
    )


def _stability(
    counts: TermCounts,
    topics: TopicResult,
    *,
    seed: int,
    n_shuffles: int,
    n_resamples: int,
    block: int,
    workers: int,
) -> StabilityResult:
    """Return how stable checked topics are beyond those of shuffled corpora."""
    tasks = [("shuffle", number) for number in range(n_shuffles)]
    tasks += [("blocks", number) for number in range(n_resamples)]
    texts = list(dict.fromkeys(counts.doc_ids))
    tasks += [("text", number) for number in range(len(texts)) if len(texts) > 1]
    work = partial(
        answer,
        counts=counts,
        topics=topics,
        seed=seed,
        block=block,
        resample=n_resamples > 0,
    )
    answers = run_fits(work, tasks, workers=workers, label="shuffled corpora")
    by_kind = {
        kind: np.array(
            [answer for task, answer in zip(tasks, answers, strict=True) if task[0] == kind]
        )
        for kind in ("shuffle", "blocks", "text")
    }
    found = Found(
        shuffled=by_kind["shuffle"][:, 0],
        shuffled_blocks=by_kind["shuffle"][:, 1],
        blocks=by_kind["blocks"].reshape(-1, topics.settings.n_topics),
    )
    bound = upper_bound(found.shuffled.max(axis=1), level=1 - FALSE_CALLS)
    return StabilityResult(
        topics=topics_beside_shuffled(topics.topics, found=found, bound=bound),
        overall=overall_excess(topics, found=found),
        texts=without_texts(by_kind["text"], texts=texts),
        shuffled=shuffled_table(found.shuffled),
        bound=bound,
        n_seeds=topics.settings.n_seeds,
        n_shuffles=n_shuffles,
        n_resamples=n_resamples,
    )


def _check(counts: TermCounts, topics: TopicResult, *, n_shuffles: int) -> None:
    """Raise an InputError if the counts are not those of the topics or the shuffles are too few."""
    if counts_digest(counts) != topics.provenance["counts_sha256"]:
        raise InputError(
            "These counts are not those that the topics were fitted to; give the same counts."
        )
    if n_shuffles < LEAST_BLOCKS:
        raise InputError(f"n_shuffles is {n_shuffles}; give at least {LEAST_BLOCKS}.")


def _refusal(topics: TopicResult) -> StabilityResult:
    """Return the result that says why nothing can be said."""
    reason = (
        f"Stability over seeds takes at least {LEAST_BLOCKS} seeds and 2 topics; these are "
        f"{topics.settings.n_topics} topics from {topics.settings.n_seeds} seeds."
    )
    names = ["topic", "terms", "stability", "low", "high"]
    known = topics.topics[names].rename(columns={"low": "stability_low", "high": "stability_high"})
    undefined = dict.fromkeys(UNDEFINED, np.nan)
    return StabilityResult(
        topics=known.assign(**undefined, stable=False),
        overall=pd.DataFrame(columns=OVERALL_COLUMNS),
        texts=pd.DataFrame(columns=["topic", "left_out", "agreement"]),
        shuffled=pd.DataFrame({"shuffle": [], "topic": [], "stability": []}),
        bound=float("nan"),
        n_seeds=topics.settings.n_seeds,
        n_shuffles=0,
        n_resamples=0,
        reason=reason,
    )
