"""Stretches of passages of one size, cut from every text, and how far apart their topics are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from analysis.topics.result import TopicResult

Numbers = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Stretch:
    """Contiguous passages of one text and group: their pieces' topic shares, and which they are."""

    doc_id: str
    group: str
    first_passage: str
    pieces: Numbers
    passages: Numbers
    words: Numbers

    @property
    def mean(self) -> Numbers:
        """Return the mean topic shares of the pieces."""
        return np.asarray(self.pieces.mean(axis=0))


def cut_stretches(
    topics: TopicResult, *, groups: Sequence[str | None], n_passages: int, n_pieces: int
) -> list[Stretch]:
    """Return the stretches of every text, beside each other, passages without words left out.

    What is left over of a run of passages is spread between its stretches, none of it used.

    Parameters
    ----------
    topics : TopicResult
    groups : sequence of str
        The group of each passage; None leaves it out. A stretch lies in one run of neighbours of
        one text and group.
    n_passages, n_pieces : int
    """
    words = topics.passages["n_words"].to_numpy(dtype=np.float64)
    ids = topics.passages["passage_id"].tolist()
    gamma = topics.gamma
    size = n_passages * n_pieces
    stretches = []
    for doc_id, group, rows in _runs(topics, groups=groups):
        number = len(rows) // size
        for start in np.linspace(0, len(rows) - size, number).round().astype(int) if number else ():
            chosen = rows[start : start + size]
            stretches.append(
                Stretch(
                    doc_id=doc_id,
                    group=group,
                    first_passage=str(ids[chosen[0]]),
                    pieces=mean_pieces(gamma[chosen], words=words[chosen], n_pieces=n_pieces),
                    passages=gamma[chosen],
                    words=words[chosen],
                )
            )
    return stretches


def _runs(
    topics: TopicResult, *, groups: Sequence[str | None]
) -> Iterator[tuple[str, str, NDArray[np.int64]]]:
    """Yield runs of neighbouring passages with words: their text, their group, their rows."""
    doc_ids = topics.passages["doc_id"].tolist()
    with_words = np.flatnonzero(topics.passages["n_words"].to_numpy() > 0)
    for (doc_id, group), rows in groupby(
        with_words.tolist(), key=lambda row: (doc_ids[row], groups[row])
    ):
        if group is not None:
            yield str(doc_id), group, np.array(list(rows), dtype=np.int64)


def mean_pieces(gamma: Numbers, *, words: Numbers, n_pieces: int) -> Numbers:
    """Return the topic shares of each piece, a longer passage weighing more: pieces by topics."""
    weighted = (gamma * words[:, None]).reshape(n_pieces, -1, gamma.shape[1]).sum(axis=1)
    return np.asarray(weighted / weighted.sum(axis=1, keepdims=True))


def energy_distance(one: Numbers, other: Numbers) -> float:
    """Return the energy distance of two samples of points: 0 for alike, unbiased.

    Parameters
    ----------
    one, other : arrays, points by dimensions
        At least two points each.
    """
    between = np.sqrt(((one[:, None] - other[None]) ** 2).sum(axis=2)).mean()
    return float(2 * between - _mean_within(one) - _mean_within(other))


def _mean_within(points: Numbers) -> float:
    """Return the mean distance of two different points."""
    upper = np.triu_indices(len(points), k=1)
    return float(np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))[upper].mean())
