"""Lexicons brought together: the mean rank, and one series out of several voices."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.tables import as_table, check_table

MEAN_RANK = "mean_rank"
"""The name of the mean rank in the column lexicon."""


def mean_rank(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the mean over lexicons of each passage's rank, as a sentiment table.

    Higher is more positive. A passage's rank within a lexicon and voice is counted over all
    passages that the table holds, and scaled to run from -0.5 (lowest) to 0.5 (highest); ties
    share their mean rank. So it says where a passage stands among these passages, not how
    positive it is, and it changes when passages are added.

    Parameters
    ----------
    scores : DataFrame
        The sentiment table of two or more lexicons. Give only what belongs together: a lexicon
        twice, with and without negation, counts twice.

    Returns
    -------
    DataFrame
        The sentiment table, lexicon ``mean_rank``: one row a passage and voice. A lexicon that
        matched nothing in a passage has no say in it; mean_valence is null where none matched.
        n_matched is that of the lexicon that matched most.
    """
    check_table(scores, "sentiment")
    frame = scores.loc[:, ["passage_id", "lexicon", "voice", "mean_valence"]].copy()
    by = frame.groupby(["lexicon", "voice"], sort=False)["mean_valence"]
    count = by.transform("count")
    frame["rank"] = (by.rank() - 0.5) / count.where(count > 0) - 0.5
    keys = [scores["passage_id"], scores["voice"]]
    grouped = frame.groupby(keys, sort=False)["rank"].mean()
    sizes = scores.groupby(["passage_id", "voice"], sort=False)[["n_matched", "n_tokens"]].max()
    joined = sizes.assign(mean_valence=grouped).reset_index()
    tokens = joined["n_tokens"].astype(float)
    joined["coverage"] = joined["n_matched"].astype(float) / tokens.where(tokens > 0)
    return as_table(joined.assign(lexicon=MEAN_RANK), "sentiment")


def one_series(
    scores: pd.DataFrame, *, voices: Collection[str], lexicon: str | None
) -> pd.DataFrame:
    """Return one valence a passage: these voices together, one lexicon or the mean rank of all.

    Parameters
    ----------
    scores : DataFrame
        The sentiment table.
    voices : collection of str
        Voices that are read as one, each weighing by its tokens.
    lexicon : str, optional
        A name in the table, or ``mean_rank``; without it the mean rank if the table has several
        lexicons, else the one that it has.

    Returns
    -------
    DataFrame
        Columns passage_id, valence (NaN where nothing matched) and n_tokens, and the name of the
        lexicon in ``.attrs["lexicon"]``.

    Raises
    ------
    InputError
        If the table has no such lexicon, or none of the voices.
    """
    check_table(scores, "sentiment")
    if isinstance(voices, str):
        raise InputError(f"voices must be a list of names: write [{voices!r}].")
    kept = scores[scores["voice"].isin(list(voices))]
    if kept.empty:
        there = ", ".join(sorted(set(scores["voice"]))) or "none"
        raise InputError(
            f"The scores have no passage in the voice {' or '.join(map(repr, voices))}; "
            f"they have {there}."
        )
    names = list(dict.fromkeys(kept["lexicon"]))
    chosen = lexicon or (names[0] if len(names) == 1 else MEAN_RANK)
    if chosen != MEAN_RANK or chosen in names:
        if chosen not in names:
            raise InputError(
                f"The scores have no lexicon {chosen!r}; they have {', '.join(names)}."
            )
        series = _voices_as_one(kept[kept["lexicon"] == chosen])
    else:
        pooled = [_voices_as_one(kept[kept["lexicon"] == name], lexicon=name) for name in names]
        series = mean_rank(pd.concat(pooled, ignore_index=True))
    series = series.rename(columns={"mean_valence": "valence"})
    series = series[["passage_id", "valence", "n_tokens"]].reset_index(drop=True)
    series.attrs["lexicon"] = chosen
    return series


def _voices_as_one(scores: pd.DataFrame, *, lexicon: str = "") -> pd.DataFrame:
    """Return one row a passage: the mean over voices, weighted by their tokens."""
    name = lexicon or str(scores["lexicon"].iloc[0])
    if scores["voice"].nunique() == 1:
        return scores.assign(lexicon=name)
    spoken = scores["mean_valence"].notna()
    weight = scores["n_tokens"].astype(float).where(spoken, 0.0)
    parts = scores.assign(weight=weight, total=weight * scores["mean_valence"].fillna(0.0))
    sums = parts.groupby("passage_id", sort=False)[
        ["weight", "total", "n_matched", "n_tokens"]
    ].sum()
    valence = (sums["total"] / sums["weight"].where(sums["weight"] > 0)).astype(float)
    tokens = sums["n_tokens"].astype(float)
    frame = sums.assign(
        mean_valence=valence,
        lexicon=name,
        voice=str(scores["voice"].iloc[0]),
        coverage=sums["n_matched"].astype(float) / tokens.where(tokens > 0, np.nan),
    )
    return as_table(frame.reset_index(), "sentiment")
