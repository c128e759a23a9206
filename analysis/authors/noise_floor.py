"""Published distances between whole texts, beside what sampling noise alone gives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_whole
from analysis.authors.coded import code_texts, seeds_of
from analysis.authors.distances import distances, measure_named
from analysis.authors.resampling import passage_counts
from analysis.authors.standard import Scale, fit_scale
from analysis.errors import InputError
from analysis.results import Shown

Matrix = NDArray[np.float64]
_ADDED = (
    "floor_a", "floor_b", "floor_high_a", "floor_high_b", "n_words_a", "n_words_b", "above_floor",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class FloorResult(Shown):
    """Published distances and their same-text noise floor; lower is more alike.

    Attributes
    ----------
    table : DataFrame
        The columns of the distances table (no intervals: percentiles of such a distance are
        wrong), and floor_a, floor_b (mean distance of two samples of the one text, as long as the
        two texts), floor_high_a, floor_high_b (their 95th percentiles), above_floor (the
        distance exceeds both 95th percentiles), n_words_a, n_words_b.
    warning : str
        What a reader must know before citing a distance.
    reason : str
        Why there is no floor; empty where there is one.
    """

    table: pd.DataFrame
    measure: str
    n_terms: int
    standardize: str
    block_words: int
    n_resamples: int
    seed: int
    warning: str = ""
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return the table, rounded to 6 decimals."""
        return self.table.round(6)


def noise_floor(
    tokens: pd.DataFrame,
    *,
    voices: Collection[str] = ("author",),
    measure: str = "burrows",
    n_terms: int = 100,
    standardize: str = "plain",
    block_words: int = 500,
    n_resamples: int = 500,
    seed: int = 1,
) -> FloorResult:
    """Return the published distance of every two texts with its same-text noise floor.

    The floor of a text is the distance of two samples drawn from its own blocks, one as long as
    either text of the pair, on the z-scores of the texts themselves. A distance below it says
    nothing; one above it says that the texts are not of one kind, whoever wrote them.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    voices : collection of str
    measure, n_terms, standardize
        As in `distances`; rows are the texts.
    block_words : int
        Running words of a block; blocks are drawn with replacement.
    n_resamples : int
    seed : int

    Raises
    ------
    InputError
        If a text is shorter than two blocks, or what `distances` refuses.
    """
    check_whole(block_words, name="block_words")
    check_whole(n_resamples, name="n_resamples")
    measure_named(measure)
    texts = code_texts(tokens, voices=voices)
    for name, words in zip(texts.names, texts.words, strict=True):
        if len(words) < 2 * block_words:
            raise InputError(
                f"{name} has {len(words)} running words, fewer than two blocks of {block_words}; "
                "leave it out or take shorter blocks."
            )
    counts = passage_counts(
        texts.words,
        n_vocabulary=len(texts.vocabulary),
        n_terms=n_terms,
        passage_words=block_words,
    )
    rows = np.array([blocks.sum(axis=0) / (len(blocks) * block_words) for blocks in counts]) * 100
    frame = pd.DataFrame(rows, index=list(texts.names))
    varying = frame.columns[(frame != frame.iloc[0]).any()]
    used = frame[varying] if measure_named(measure).z_scores and len(varying) else frame
    published = distances(used, measure=measure, n_terms=used.shape[1], standardize=standardize)
    floors = _Floors(
        counts=[blocks[:, used.columns.to_numpy(dtype=np.int64)] for blocks in counts],
        rows=used.to_numpy(),
        measure=measure,
        scale=fit_scale(used.to_numpy(), texts.names, standardize=standardize),
        block_words=block_words,
        n_resamples=n_resamples,
        seed=seed,
        seeds=seeds_of(texts.words),
    )
    table = published.table.assign(n_terms=n_terms)
    return FloorResult(
        table=table.assign(**dict.fromkeys(_ADDED, np.nan))
        if published.reason
        else _with_floors(table, floors=floors, names=list(texts.names)),
        measure=measure, n_terms=n_terms, standardize=standardize, block_words=block_words,
        n_resamples=n_resamples, seed=seed, warning=published.warning, reason=published.reason,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class _Floors:
    """What is needed to draw distances of two samples of one text."""

    counts: list[Matrix]
    rows: Matrix
    measure: str
    scale: Scale
    block_words: int
    n_resamples: int
    seed: int
    seeds: list[tuple[int, int]]

    def of(self, text: int, *, pair: tuple[int, int]) -> Matrix:
        """Return the distances of two samples of a text, as long as the two texts of the pair."""
        others = sum(self.seeds[one][0] for one in pair)
        rng = np.random.default_rng([self.seed, *self.seeds[text], others])
        sizes = sorted(len(self.counts[one]) for one in pair)
        samples = [self._sample(text, size=size, rng=rng) for size in sizes]
        measure = measure_named(self.measure)
        made = np.empty(self.n_resamples)
        for number, both in enumerate(zip(*samples, strict=True)):
            rows = np.vstack([self.rows, *both])
            if measure.z_scores:
                rows = self.scale.z_scores(rows[-2:])
            made[number] = measure.formula(rows)[-2, -1]
        return made

    def _sample(self, text: int, *, size: int, rng: np.random.Generator) -> Matrix:
        """Return the percentages of samples of so many blocks."""
        blocks = self.counts[text]
        chosen = rng.integers(len(blocks), size=(self.n_resamples, size))
        return np.asarray(
            blocks[chosen].sum(axis=1) * 100 / (size * self.block_words), dtype=np.float64
        )


def _with_floors(table: pd.DataFrame, *, floors: _Floors, names: list[str]) -> pd.DataFrame:
    """Return the table with the floors of either text of each pair."""
    place = {name: number for number, name in enumerate(names)}
    added = []
    for one, other in zip(table["text_a"], table["text_b"], strict=True):
        pair = (place[one], place[other])
        drawn = [floors.of(text, pair=pair) for text in pair]
        added.append(
            {
                "floor_a": drawn[0].mean(),
                "floor_b": drawn[1].mean(),
                "floor_high_a": np.percentile(drawn[0], 95),
                "floor_high_b": np.percentile(drawn[1], 95),
                "n_words_a": len(floors.counts[pair[0]]) * floors.block_words,
                "n_words_b": len(floors.counts[pair[1]]) * floors.block_words,
            }
        )
    extra = pd.DataFrame(added)
    above = table["distance"] > extra[["floor_high_a", "floor_high_b"]].max(axis=1)
    return pd.concat([table, extra], axis=1).assign(above_floor=above)
