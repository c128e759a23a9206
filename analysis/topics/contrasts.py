"""Topics by group: an effect of stated size, ranked among pieces of one text or group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.results import Shown
from analysis.topics.result import TopicResult
from analysis.topics.stretches import Stretch, cut_stretches, energy_distance, mean_pieces

Numbers = NDArray[np.float64]

KINDS = ("different groups", "same group", "within text", "random split")
"""What two stretches of passages have in common, from least to most."""

FEWEST_TEXTS = 4
"""Texts a group below which no test is made."""

N_SPLITS = 50


@dataclass(frozen=True, kw_only=True, eq=False)
class Contrast(Shown):
    """How far groups lie apart in their topics, beside how far their own parts do.

    Attributes
    ----------
    pairs : DataFrame
        One row a pair of stretches: kind (one of `KINDS`), text_a, text_b, passage_a, passage_b
        (the first passage of each), distance (energy distance of the topic shares of their pieces;
        0 alike, higher more apart; may be below 0 by chance), and one column a topic
        (``topic_1`` ...): share in a less share in b.
    effects : DataFrame
        One row a measure (``all topics``, ``topic 1`` ...): effect (the median of different groups:
        distance, or absolute difference of shares), rank (the share of pairs within a text or group
        that are nearer together; 1: groups are farther apart than any of them), within_text,
        same_group, random_split (medians).
    n_pieces, n_passages : int
        Pieces in a stretch, and passages a piece.
    reason : str
        Why there is no p-value.
    """

    pairs: pd.DataFrame
    effects: pd.DataFrame
    n_pieces: int
    n_passages: int
    reason: str

    def plot_table(self) -> pd.DataFrame:
        """Return kind, text_a, text_b, passage_a, passage_b, distance; rounded to 6 decimals."""
        columns = ["kind", "text_a", "text_b", "passage_a", "passage_b", "distance"]
        return self.pairs[columns].round(6)


def contrast_topics(
    topics: TopicResult,
    *,
    groups: Mapping[str, str],
    seed: int,
    n_passages: int = 5,
    n_pieces: int = 3,
) -> Contrast:
    """Return how far groups lie apart in their topics, ranked among parts of one text and group.

    Stretches of `n_pieces` contiguous pieces of `n_passages` passages are cut from every text,
    beside each other. Two stretches are compared by the energy distance of their pieces, so that
    every comparison is of the same size. Stretches of different groups are the effect; stretches
    of one text and of texts of one group are its baselines. A text divided at random is drawn as a
    floor and no control: neighbouring passages are alike, and a random half has them all.

    Parameters
    ----------
    topics : TopicResult
    groups : mapping of str to str
        The group of each doc_id (author, translator, source ...), or of each passage_id (section,
        narrated time ...). Passages that have none are left out where passages are grouped.
    seed : int
        Of the random divisions.
    n_passages, n_pieces : int
        The size of a stretch; from 1 and from 2. Fewer neighbouring passages of one text and group
        that have words are left out.

    Returns
    -------
    Contrast
        With NaN and a reason where a baseline is missing.

    Raises
    ------
    InputError
        If a text has no group, there is one group alone, or a group has no text long enough.

    Notes
    -----
    Energy distance: twice the mean distance between pieces of a and b, less the mean distance
    within a and within b, each between different pieces (Székely and Rizzo 2013), Euclidean over
    shares. The texts, not the pieces, are the unit of inference: a rank among pieces is no
    p-value, whatever its size. Two authors of one text each differ as two texts do.
    """
    if n_passages < 1 or n_pieces < 2:
        raise InputError(
            f"n_passages is {n_passages} and n_pieces {n_pieces}; give at least 1 and 2."
        )
    labels = _labels(topics, groups=groups)
    stretches = cut_stretches(topics, groups=labels, n_passages=n_passages, n_pieces=n_pieces)
    present = dict.fromkeys(one.group for one in stretches)
    if len(present) < 2:
        raise InputError(
            f"Stretches of {n_passages * n_pieces} passages exist in one group alone or none "
            f"({', '.join(present) or 'none'}); give fewer passages or pieces."
        )
    rows = list(_pairs(stretches))
    rows += _random_splits(stretches, seed=seed)
    names = [f"topic_{topic}" for topic in range(1, topics.settings.n_topics + 1)]
    columns = ["kind", "text_a", "text_b", "passage_a", "passage_b", "distance", *names]
    pairs = pd.DataFrame(rows, columns=columns)
    order = {kind: number for number, kind in enumerate(KINDS)}
    pairs = pairs.iloc[pairs["kind"].map(order).argsort(kind="stable")].reset_index(drop=True)
    return Contrast(
        pairs=pairs,
        effects=_effects(pairs, names=names),
        n_pieces=n_pieces,
        n_passages=n_passages,
        reason=_reason(topics, labels=labels),
    )


def _pairs(stretches: Sequence[Stretch]) -> Iterator[list[object]]:
    """Yield a row for every pair of stretches."""
    for one, other in combinations(stretches, 2):
        if one.group != other.group:
            kind = "different groups"
        elif one.doc_id == other.doc_id:
            kind = "within text"
        else:
            kind = "same group"
        yield _row(kind, pair=(one, other), pieces=(one.pieces, other.pieces))


def _random_splits(stretches: Sequence[Stretch], *, seed: int) -> list[list[object]]:
    """Return rows of texts whose passages were dealt at random to two stretches."""
    rng = np.random.default_rng([seed, 5])
    by_text: dict[tuple[str, str], list[Stretch]] = {}
    for stretch in stretches:
        by_text.setdefault((stretch.doc_id, stretch.group), []).append(stretch)
    rows = []
    for held in by_text.values():
        if len(held) < 2:
            continue
        gamma = np.concatenate([stretch.passages for stretch in held])
        words = np.concatenate([stretch.words for stretch in held])
        size, n_pieces = len(held[0].passages), len(held[0].pieces)
        for _ in range(N_SPLITS):
            dealt = rng.permutation(len(gamma))
            halves = [
                mean_pieces(gamma[chosen], words=words[chosen], n_pieces=n_pieces)
                for chosen in (dealt[:size], dealt[size : 2 * size])
            ]
            rows.append(
                _row("random split", pair=(held[0], held[0]), pieces=(halves[0], halves[1]))
            )
    return rows


def _row(
    kind: str, *, pair: tuple[Stretch, Stretch], pieces: tuple[Numbers, Numbers]
) -> list[object]:
    """Return one row of the table of pairs."""
    difference = pieces[0].mean(axis=0) - pieces[1].mean(axis=0)
    return [
        kind,
        pair[0].doc_id,
        pair[1].doc_id,
        pair[0].first_passage,
        pair[1].first_passage,
        energy_distance(*pieces),
        *difference.tolist(),
    ]


def _effects(pairs: pd.DataFrame, *, names: list[str]) -> pd.DataFrame:
    """Return the effect of each measure, its rank, and its baselines."""
    rows = []
    for name in ["distance", *names]:
        values = pairs[name] if name == "distance" else pairs[name].abs()
        medians = {kind: values[pairs["kind"] == kind].median() for kind in KINDS}
        baselines = values[pairs["kind"].isin(["same group", "within text"])].to_numpy()
        effect = medians["different groups"]
        rank = float((baselines < effect).mean()) if len(baselines) else float("nan")
        rows.append(
            {
                "measure": "all topics" if name == "distance" else name.replace("_", " "),
                "effect": effect,
                "rank": rank,
                "within_text": medians["within text"],
                "same_group": medians["same group"],
                "random_split": medians["random split"],
            }
        )
    return pd.DataFrame(rows)


def _reason(topics: TopicResult, *, labels: Sequence[str | None]) -> str:
    """Return why there is no p-value."""
    texts = pd.DataFrame({"doc_id": topics.passages["doc_id"], "group": labels}).dropna()
    pairs = texts.drop_duplicates()
    if pairs["doc_id"].duplicated().any():
        return (
            "No p-value: the texts are the unit of inference, and here groups share texts; what "
            "differs within a text says nothing of others."
        )
    sizes = pairs["group"].value_counts(sort=False)
    listed = ", ".join(f"{group} {number}" for group, number in sizes.items())
    if sizes.min() < FEWEST_TEXTS:
        return (
            f"No p-value: the texts are the unit of inference and there are too few ({listed}); "
            f"a test takes {FEWEST_TEXTS} a group."
        )
    return f"A rank among pieces is no p-value; compare_groups compares the texts ({listed})."


def _labels(topics: TopicResult, *, groups: Mapping[str, str]) -> list[str | None]:
    """Return the group of each passage, by its text or by itself."""
    ids, doc_ids = topics.passages["passage_id"].tolist(), topics.passages["doc_id"].tolist()
    if any(passage in groups for passage in ids):
        return [groups.get(passage) for passage in ids]
    for text in dict.fromkeys(doc_ids):
        if text not in groups:
            raise InputError(f"The text {text!r} has no group; add it to groups.")
    return [groups[text] for text in doc_ids]
