"""Two groups of texts: who belongs to which, how far apart they stand, and whether it is rare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_names
from analysis.authors.odd_one import group_contrast
from analysis.errors import InputError

Matrix = NDArray[np.float64]

LEAST_TEXTS = 4
"""From fewer texts a group no p-value is given: 4 against 4 reaches .029 at best."""
_MOST_EXCHANGES = 5000


def group_of_texts(
    groups: str | Mapping[str, Sequence[str]],
    *,
    documents: pd.DataFrame,
    only: Sequence[str] | None = None,
) -> dict[str, str]:
    """Return the group of each text that is compared, by doc_id.

    Parameters
    ----------
    groups : str or mapping
        A column of the documents table with two values, or two names with the texts of each.
    documents : DataFrame
    only : sequence of str, optional
        The two values of the column that count.
    """
    if isinstance(groups, str):
        if groups not in documents:
            raise InputError(
                f"The documents table has no column {groups!r}; name one of "
                f"{', '.join(map(str, documents.columns))}, or give the texts of each group."
            )
        known = documents[documents[groups].notna()]
        if only is not None:
            check_names(only, name="only", known=sorted(set(known[groups].astype(str))))
            known = known[known[groups].astype(str).isin(list(only))]
        named = dict(zip(known["doc_id"].astype(str), known[groups].astype(str), strict=True))
    else:
        named = {}
        for label, docs in groups.items():
            if isinstance(docs, str):
                raise InputError(f"The group {label!r} must be a list of texts: [{docs!r}].")
            for doc in docs:
                if doc in named:
                    raise InputError(f"The text {doc!r} is in two groups; leave it in one.")
                named[doc] = str(label)
    strange = set(named) - set(documents["doc_id"].astype(str))
    if strange:
        raise InputError(f"There is no text {sorted(strange)[0]!r} in the documents table.")
    labels = list(dict.fromkeys(named.values()))
    if len(labels) < 2:
        raise InputError(
            f"There is nothing to compare: all texts are of one group ({', '.join(labels)}); add "
            "texts of another, or give two names with the texts of each."
        )
    if len(labels) > 2:
        raise InputError(
            f"There are {len(labels)} groups ({', '.join(labels)}); choose two with only=[...], or "
            "give two names with the texts of each."
        )
    return named


def exchange_texts(between: Matrix, groups: Sequence[str]) -> tuple[float, str]:
    """Return the p-value of the contrast under exchange of texts between groups, or why none.

    One-sided: small where the groups stand apart more than texts exchanged between them do. The
    text is the unit; all exchanges are gone through where there are at most 5000, else as many
    are taken in order of the texts drawn with a fixed seed.
    """
    labels = np.array(list(groups), dtype=object)
    names = sorted(set(groups))
    sizes = [int((labels == name).sum()) for name in names]
    if min(sizes) < LEAST_TEXTS:
        return float("nan"), (
            f"No p-value is given for groups of fewer than {LEAST_TEXTS} texts each; "
            f"one has {min(sizes)}."
        )
    observed = group_contrast(between, groups)
    values = []
    for chosen in _choices(len(labels), sizes[0]):
        turned = np.full(len(labels), names[1], dtype=object)
        turned[list(chosen)] = names[0]
        values.append(group_contrast(between, turned.tolist()))
    return float(np.mean(np.array(values) >= observed - 1e-12)), ""


def _choices(n: int, size: int) -> list[tuple[int, ...]]:
    """Return the ways of choosing texts, all of them or a fixed draw."""
    if comb(n, size) <= _MOST_EXCHANGES:
        return list(combinations(range(n), size))
    rng = np.random.default_rng(0)
    drawn = rng.random((_MOST_EXCHANGES, n)).argsort(axis=1, kind="stable")[:, :size]
    return [tuple(row) for row in drawn.tolist()]


def rank_among(pairs: pd.DataFrame) -> dict[str, float]:
    """Return how often slices that share more lie as far apart as those of different groups do.

    ``pairs`` is that of the baselines. For "same text" and "same author" (or group): the share of
    such pairs at least as far apart as the median of pairs of different groups. Half is what no
    difference gives; NaN where there are no such pairs.
    """
    middle = pairs.loc[pairs["kind"] == "different authors", "distance"].median()
    made = {}
    for kind in ("same text", "same author"):
        part = pairs.loc[pairs["kind"] == kind, "distance"]
        made[kind] = float((part >= middle).mean()) if len(part) else float("nan")
    return made


def factor_of(named: Mapping[str, str], *, documents: pd.DataFrame, factors: Sequence[str]) -> str:
    """Return the column of the documents that parts the texts in the same way; else "group"."""
    rows = documents[documents["doc_id"].astype(str).isin(named)]
    labels = [named[str(doc)] for doc in rows["doc_id"]]
    for name in factors:
        if name in rows:
            pairs = set(zip(labels, rows[name].astype(str), strict=True))
            if len(pairs) == len(set(labels)) == rows[name].astype(str).nunique():
                return name
    return "group"
