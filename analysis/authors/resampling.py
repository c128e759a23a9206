"""Many trees from passages drawn anew: profiles, distances for every band, and sets of leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist, squareform

from analysis.authors.coded import seeds_of
from analysis.authors.measures import MEASURES

Codes = NDArray[np.int32]
Matrix = NDArray[np.float64]

Linkage = Literal["average", "complete", "single", "ward"]
LINKAGES: tuple[Linkage, ...] = get_args(Linkage)
_BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Forest:
    """How trees are grown: numbers of words, resamples, passage length, distance and linkage."""

    bands: tuple[int, ...]
    n_resamples: int
    passage_words: int
    measure: str = "burrows"
    linkage: Linkage = "average"

    @property
    def n_trees(self) -> int:
        """Return the number of trees: one for each resample and band."""
        return self.n_resamples * len(self.bands)


def grow(leaves: Sequence[Codes], *, forest: Forest, n_vocabulary: int, seed: int) -> Counter[int]:
    """Return how many trees have each set of leaves, as bits of a whole number.

    Time grows with the resamples and with the passages, each by itself.
    """
    counts = passage_counts(
        leaves,
        n_vocabulary=n_vocabulary,
        n_terms=max(forest.bands),
        passage_words=forest.passage_words,
    )
    drawn = min(len(passages) for passages in counts)
    rngs = [np.random.default_rng([seed, *of_leaf]) for of_leaf in seeds_of(leaves)]
    found: Counter[int] = Counter()
    for start in range(0, forest.n_resamples, _BATCH):
        size = min(_BATCH, forest.n_resamples - start)
        profiles = _profiles(counts, drawn=drawn, size=size, rngs=rngs)
        profiles *= 100 / (drawn * forest.passage_words)
        for profile in profiles:
            for condensed in _distances_by_band(profile, forest=forest):
                found.update(_sets_of(hierarchy.linkage(condensed, method=forest.linkage)))
    return found


def passage_counts(
    leaves: Sequence[Codes], *, n_vocabulary: int, n_terms: int, passage_words: int
) -> list[Matrix]:
    """Return for each leaf the counts of the most frequent words in each of its passages."""
    cut = [words[: len(words) // passage_words * passage_words] for words in leaves]
    totals = np.sum([np.bincount(words, minlength=n_vocabulary) for words in cut], axis=0)
    top = np.lexsort((np.arange(n_vocabulary), -totals))[:n_terms]
    top = top[totals[top] > 0]
    column = np.full(n_vocabulary, len(top), dtype=np.int64)
    column[top] = np.arange(len(top))
    width = len(top) + 1
    made = []
    for words in cut:
        rows = len(words) // passage_words
        flat = np.repeat(np.arange(rows), passage_words) * width + column[words]
        counts = np.bincount(flat, minlength=rows * width).reshape(rows, width)[:, :-1]
        made.append(counts.astype(np.float64))
    return made


def _profiles(
    counts: Sequence[Matrix], *, drawn: int, size: int, rngs: Sequence[np.random.Generator]
) -> Matrix:
    """Return resampled counts: resamples by leaves by words."""
    made = np.empty((size, len(counts), counts[0].shape[1]))
    for leaf, (passages, rng) in enumerate(zip(counts, rngs, strict=True)):
        n = len(passages)
        chosen = rng.integers(n, size=(size, drawn)) + n * np.arange(size)[:, np.newaxis]
        times = np.bincount(chosen.ravel(), minlength=size * n).reshape(size, n)
        made[:, leaf] = times.astype(np.float64) @ passages
    return made


def _distances_by_band(profile: Matrix, *, forest: Forest) -> list[Matrix]:
    """Return the distances of the leaves over the first words of each band, condensed.

    Burrows's Delta is a sum over words, so each band adds to the one before.
    """
    measure = MEASURES[forest.measure]
    if measure.z_scores:
        deviation = profile.std(axis=0, ddof=1)
        varying = deviation > 0
        centred = profile - profile.mean(axis=0)
        profile = np.divide(centred, deviation, out=np.zeros_like(centred), where=varying)
    made = []
    if forest.measure != "burrows":
        for band in forest.bands:
            square = measure.formula(profile[:, :band])
            made.append(squareform(square, checks=False))
        return made
    total = np.zeros(len(profile) * (len(profile) - 1) // 2)
    start = 0
    for band in forest.bands:
        if start < profile.shape[1]:
            total = total + pdist(profile[:, start:band], "cityblock")
        made.append(total / band)
        start = band
    return made


def _sets_of(linkage: Matrix) -> list[int]:
    """Return the set of leaves of every inner node but the root, as bits of a whole number."""
    n = len(linkage) + 1
    masks = [1 << leaf for leaf in range(n)]
    for one, other in linkage[:, :2].astype(np.int64).tolist():
        masks.append(masks[one] | masks[other])
    return masks[n:-1]
