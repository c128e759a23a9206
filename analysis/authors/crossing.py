"""Which further texts would tell one property of texts from the others."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.authors.separable import estimable, indicators, single_levels

_MOST_CANDIDATES = 5000
_MOST_TEXTS = 4


def further_texts(levels: pd.DataFrame, *, factor: str, others: Sequence[str]) -> pd.DataFrame:
    """Return texts to look for, each the one that settles most, until the factor stands alone."""
    # Each text has its own edition, so none can be sought by it.
    others = [name for name in others if name != "edition"]
    names = [factor, *others]
    options = [sorted(levels[name].unique()) for name in names]
    empty = pd.DataFrame(columns=[*names, "settles"])
    if np.prod([len(option) for option in options], dtype=float) > _MOST_CANDIDATES:
        return empty
    candidates = [dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*options)]
    held = levels[names]
    found: list[dict[str, str]] = []
    score = _score(held, factor=factor, others=others)
    while len(found) < _MOST_TEXTS and not _settled(held, factor=factor, others=others):
        scores = [_score(_with(held, row), factor=factor, others=others) for row in candidates]
        best = candidates[scores.index(max(scores))]
        if max(scores) <= score:
            break
        found.append({**best, "settles": _settles(held, best, factor=factor, others=others)})
        held, score = _with(held, best), max(scores)
    return pd.DataFrame(found, columns=[*names, "settles"]) if found else empty


def _settled(held: pd.DataFrame, *, factor: str, others: Sequence[str]) -> bool:
    """Return whether each level has two texts and the factor stands apart from all others."""
    return not single_levels(held, factor=factor) and estimable(held, factor=factor, others=others)


def _settles(held: pd.DataFrame, row: dict[str, str], *, factor: str, others: Sequence[str]) -> str:
    """Return what one more text settles, in words."""
    more = _with(held, row)
    settled = [
        name
        for name in others
        if estimable(more, factor=factor, others=[name])
        and not estimable(held, factor=factor, others=[name])
    ]
    said = [f"tells {factor} from {' and '.join(settled)}"] if settled else []
    if set(single_levels(held, factor=factor)) - set(single_levels(more, factor=factor)):
        said.append(f"a second text of {row[factor]}")
    if _settled(more, factor=factor, others=others):
        said.append("all together")
    return "; ".join(said) or "a step towards it"


def _with(held: pd.DataFrame, row: dict[str, str]) -> pd.DataFrame:
    """Return the levels with one more text."""
    return pd.concat([held, pd.DataFrame([row])], ignore_index=True)


def _score(held: pd.DataFrame, *, factor: str, others: Sequence[str]) -> tuple[int, int, int, int]:
    """Return how much a set of texts settles: all, levels with two texts, each factor, rank."""
    base = np.hstack([np.ones((len(held), 1)), *(indicators(held[name]) for name in others)])
    whole = np.hstack([base, indicators(held[factor])])
    return (
        int(_settled(held, factor=factor, others=others)),
        -len(single_levels(held, factor=factor)),
        sum(estimable(held, factor=factor, others=[name]) for name in others),
        int(np.linalg.matrix_rank(whole)),
    )
