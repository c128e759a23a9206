"""What may be said of two groups of texts, in words that claim no more than was computed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.authors.aliasing import AliasingResult
from analysis.authors.slice_comparison import SCOPE, SliceComparison


def verdict_of(
    slices: SliceComparison,
    *,
    alias: AliasingResult,
    names: tuple[str, str],
    named: Mapping[str, str],
    halves: pd.DataFrame,
) -> str:
    """Return how many pairs of texts are told apart, across the groups and within, and by what.

    ``halves`` is the control (`halves_apart`): texts whose own halves are told apart.

    Only where the factor can be told from all others is it named as what may make the difference.
    """
    energy = slices.table[slices.table["estimand"] == "energy"]
    same = pd.Series(
        [named[a] == named[b] for a, b in zip(energy["text_a"], energy["text_b"], strict=True)],
        index=energy.index,
    )
    across, within = energy[~same], energy[same]
    if not across["p_one_kind"].notna().any():
        said = f"The texts of {names[0]} and {names[1]} are too short to be told apart."
    else:
        said = (
            f"{_told(across)} of a text of {names[0]} and one of {names[1]} are told apart as "
            f"texts ({SCOPE})"
        )
        said += f"; of texts of one group, {_told(within)}" if len(within) else ""
        if len(halves):
            apart = int(halves["told_apart"].sum())
            said += f"; of single texts cut in halves, {apart} of {len(halves)}"
        said += "."
    if alias.attributable:
        return (
            f"{said} The {alias.factor} can be told from the other factors in this corpus, so that "
            "an effect of it may be looked for, with the text as the unit."
        )
    return f"{said} This corpus cannot attribute a difference to the {alias.factor}: {alias.reason}"


def _told(pairs: pd.DataFrame) -> str:
    """Return how many of the pairs are told apart: "2 of 3 pairs"."""
    tested = pairs["told_apart"].dropna()
    said = f"{int(tested.sum())} of {len(tested)} {'pair' if len(tested) == 1 else 'pairs'}"
    left = len(pairs) - len(tested)
    return f"{said} ({left} more with a text too short to tell)" if left else said
