"""Topics by group of texts where there are enough texts: a test with the texts as its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.errors import InputError
from analysis.results import Shown
from analysis.topics.contrasts import FEWEST_TEXTS
from analysis.topics.result import TopicResult

Numbers = NDArray[np.float64]

_NOTHING = dict.fromkeys(("low", "high", "t", "df", "p"), float("nan"))

_LEAST_SHARE = 1e-6
"""A share of zero has no logit; no text has so little of a topic that this would show."""

MOST_DIVISIONS = 4999
"""Divisions of the texts that are looked at: all, or so many drawn at random."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TopicTest(Shown):
    """Two groups of texts compared topic by topic, and in all topics together.

    Attributes
    ----------
    table : DataFrame
        One row a topic: topic, difference (mean share in the texts of the first group less that of
        the second), log_odds (the same of the logits of the shares), low, high (95 %, of
        log_odds), t, df, p (Welch, of the logits, mean over draws of gamma), p_holm (corrected for
        the number of topics).
    distance, p : float
        Energy distance of the two groups' texts over all topics, and the share of divisions of the
        texts into such groups that are as far apart or farther.
    groups : tuple of str
        The first and the second group.
    n_texts : tuple of int
        Texts of each.
    reason : str
        Why there is no p-value; empty where there is.
    """

    table: pd.DataFrame
    distance: float
    p: float
    groups: tuple[str, str]
    n_texts: tuple[int, int]
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return `table`, rounded to 6 decimals."""
        return self.table.round(6)


def compare_groups(topics: TopicResult, *, groups: Mapping[str, str], seed: int) -> TopicTest:
    """Return whether two groups of texts differ in their topics, with the texts as the unit.

    Parameters
    ----------
    topics : TopicResult
    groups : mapping of str to str
        The group of each doc_id: two groups. Texts without counted words are left out.
    seed : int
        Of the divisions of the texts, where there are too many to look at all.

    Returns
    -------
    TopicTest
        With fewer than 4 texts in a group the differences alone, p-values NaN, and the reason;
        `contrast_topics` then ranks the difference among parts of one text.

    Raises
    ------
    InputError
        If a text has no group, or there are not exactly two groups.

    Notes
    -----
    A text's share of a topic is the mean over its passages, weighted by their counted words. Shares
    are skewed and their spread grows with their mean, so their logits are compared. They are
    uncertain themselves, so difference and variance are means over draws of gamma: the spread
    between texts in a draw holds the uncertainty of each text's share. (Rubin's rules would add it
    once more and lose power.) The test over all topics is a permutation test of the mean over
    draws.
    """
    shares, labels = _text_shares(topics, groups=groups)
    first, second = dict.fromkeys(labels)
    in_first = np.array([label == first for label in labels])
    n_texts = (int(in_first.sum()), int((~in_first).sum()))
    rows = [_pooled(shares[:, :, topic], in_first=in_first) for topic in range(shares.shape[2])]
    enough = min(n_texts) >= FEWEST_TEXTS
    table = pd.DataFrame(rows)
    table.insert(0, "topic", range(1, len(table) + 1))
    if not enough:
        table[["low", "high", "t", "df", "p"]] = np.nan
    table["p_holm"] = _holm(table["p"].to_numpy())
    distance, p = float("nan"), float("nan")
    if min(n_texts) > 1:
        distance, p = _divisions(shares, in_first=in_first, seed=seed)
    return TopicTest(
        table=table,
        distance=distance,
        p=p if enough else float("nan"),
        groups=(first, second),
        n_texts=n_texts,
        reason="" if enough else _too_few(groups=(first, second), n_texts=n_texts),
    )


def _too_few(*, groups: tuple[str, str], n_texts: tuple[int, int]) -> str:
    """Return why there is no p-value."""
    held = " and ".join(f"{group} has {n}" for group, n in zip(groups, n_texts, strict=True))
    return f"No p-value: of texts {held}, and a test takes {FEWEST_TEXTS} a group."


def _text_shares(topics: TopicResult, *, groups: Mapping[str, str]) -> tuple[Numbers, list[str]]:
    """Return the topic shares of each text in each draw (draws by texts by topics), and groups."""
    words = topics.passages["n_words"].to_numpy(dtype=np.float64)
    doc_ids = topics.passages["doc_id"].to_numpy()
    texts = [text for text in dict.fromkeys(doc_ids) if words[doc_ids == text].sum()]
    for text in texts:
        if text not in groups:
            raise InputError(f"The text {text!r} has no group; add it to groups.")
    labels = [groups[text] for text in texts]
    if len(set(labels)) != 2:
        raise InputError(
            f"There are {len(set(labels))} groups ({', '.join(sorted(set(labels)))}); give two."
        )
    weights = np.array([np.where(doc_ids == text, words, 0.0) for text in texts])
    weights /= weights.sum(axis=1, keepdims=True)
    draws = np.nan_to_num(topics.gamma_draws)
    shares = np.einsum("tp,dpk->dtk", weights, draws)
    return np.clip(shares, _LEAST_SHARE, 1 - _LEAST_SHARE), labels


def _pooled(shares: Numbers, *, in_first: NDArray[np.bool_]) -> dict[str, float]:
    """Return the difference of two groups, the mean over draws (draws by texts)."""
    difference = shares[:, in_first].mean() - shares[:, ~in_first].mean()
    logits = np.log(shares) - np.log1p(-shares)
    groups = [logits[:, in_first], logits[:, ~in_first]]
    log_odds = float(groups[0].mean() - groups[1].mean())
    known = {"difference": float(difference), "log_odds": log_odds}
    if min(group.shape[1] for group in groups) < 2:
        return known | _NOTHING
    parts = [float(group.var(axis=1, ddof=1).mean()) / group.shape[1] for group in groups]
    variance = sum(parts)
    if variance <= 0:
        return known | _NOTHING
    df = variance**2 / sum(
        part**2 / (group.shape[1] - 1) for part, group in zip(parts, groups, strict=True)
    )
    half = float(stats.t.ppf(0.975, df)) * variance**0.5
    t = log_odds / variance**0.5
    return known | {
        "low": log_odds - half,
        "high": log_odds + half,
        "t": t,
        "df": df,
        "p": float(2 * stats.t.sf(abs(t), df)),
    }


def _divisions(shares: Numbers, *, in_first: NDArray[np.bool_], seed: int) -> tuple[float, float]:
    """Return the energy distance of the groups, and its rank among divisions of the texts."""
    # The mean over draws of a distance, for every pair of texts once; then sums of its parts.
    apart = np.sqrt(((shares[:, :, None] - shares[:, None]) ** 2).sum(axis=3)).mean(axis=0)
    found = _distance(apart, in_first=in_first)
    n_texts, n_first = len(in_first), int(in_first.sum())
    if comb(n_texts, n_first) <= MOST_DIVISIONS:
        chosen = [list(division) for division in combinations(range(n_texts), n_first)]
        exact = True
    else:
        rng = np.random.default_rng([seed, 6])
        chosen = [rng.permutation(n_texts)[:n_first].tolist() for _ in range(MOST_DIVISIONS)]
        exact = False
    others = []
    for division in chosen:
        mask = np.zeros(n_texts, dtype=bool)
        mask[division] = True
        others.append(_distance(apart, in_first=mask))
    as_far = int((np.round(others, 9) >= round(found, 9)).sum())
    p = as_far / len(others) if exact else (as_far + 1) / (len(others) + 1)
    return found, p


def _distance(apart: Numbers, *, in_first: NDArray[np.bool_]) -> float:
    """Return the energy distance of two groups from the distances of their texts."""
    one, other = np.flatnonzero(in_first), np.flatnonzero(~in_first)
    between = apart[np.ix_(one, other)].mean()
    within = [
        apart[np.ix_(group, group)].sum() / (len(group) * (len(group) - 1))
        for group in (one, other)
    ]
    return float(2 * between - sum(within))


def _holm(p: Numbers) -> Numbers:
    """Return p-values corrected for their number by Holm's method; NaN stays."""
    corrected = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    highest = 0.0
    for place, index in enumerate(order):
        highest = max(highest, min(1.0, float(p[index]) * (len(known) - place)))
        corrected[index] = highest
    return corrected
