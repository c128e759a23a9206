"""Sentiment over time: along the order of telling, or along the dates told of."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.sentiment.arcs import Simulation, measure_arc, smoother_matrices
from analysis.sentiment.history import historical_arc, with_dates
from analysis.sentiment.ranks import one_series
from analysis.sentiment.smoothing import SMOOTHERS, Smoother
from analysis.sentiment.trends import ArcSettings, Axis, GroupArc, TrendResult, gather
from analysis.tables import check_table

WINDOWS: Mapping[Axis, float] = {"narrative": 1500.0, "historical": 365.0}
"""Width of the smoother where none is given: running words, or days."""


def sentiment_over_time(
    scores: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    axis: Axis = "narrative",
    lexicon: str | None = None,
    voices: Collection[str] = ("author",),
    groups: Mapping[str, str] | None = None,
    smoother: Smoother = "mean",
    window: float | None = None,
    low_pass: int = 5,
    level: float = 0.95,
    alpha: float = 0.05,
    n_draws: int = 999,
    seed: int = 1,
    min_share: float = 0.25,
) -> TrendResult:
    """Return the smoothed valence of each text along its telling, or along the dates told of.

    Higher is more positive, in the lexicon's unit (`mean_rank`: -0.5 to 0.5 among the passages of
    the scores). The band is pointwise and for the smoothed curve: for more text of the same kind,
    not for the author. A peak or trough is called where the curve leaves what an AR(1) series
    without a trend does anywhere (``alpha``); that it leaves the permutations is reported.

    Parameters
    ----------
    scores : DataFrame
        The sentiment table.
    passages : DataFrame
        The passages table; the historical axis uses date_earliest, date_latest and date_basis.
    axis : str
        ``narrative`` or ``historical``.
    lexicon : str, optional
        A name in the scores; the mean rank of all lexicons by default.
    voices : collection of str
        Whose words, read as one series.
    groups : mapping of str to str, optional
        From doc_id to the name of its group, such as its author, for the historical axis; each
        text is a group of its own by default.
    smoother : str
        ``mean``, ``loess``, or ``dct`` (legacy, narrative axis only).
    window : float, optional
        Running words (1,500 by default), or days (365).
    low_pass : int
        Components of ``dct``.
    level, alpha, n_draws, seed, min_share
        See `ArcSettings`.

    Returns
    -------
    TrendResult

    Raises
    ------
    InputError
        If a setting makes no sense, no passage is scored, or none has a date.

    Notes
    -----
    Band, nulls and their calibration: `analysis.uncertainty.nulls`. Known bias: a peak narrower
    than the window is flattened, and a wider one is not sharpened.
    """
    _check(
        axis=axis,
        smoother=smoother,
        window=window,
        min_share=min_share,
        grouped=groups is not None,
    )
    check_table(passages, "passages", columns=("passage_id", "doc_id", "place", "n_tokens"))
    series = one_series(scores, voices=voices, lexicon=lexicon)
    settings = ArcSettings(
        axis=axis,
        lexicon=str(series.attrs["lexicon"]),
        voices=tuple(voices),
        smoother=smoother,
        window=float(WINDOWS[axis] if window is None else window),
        low_pass=low_pass,
        simulation=Simulation(level=level, alpha=alpha, n_draws=n_draws, seed=seed),
        min_share=min_share,
    )
    placed = _placed(series, passages=passages, settings=settings)
    placed["group"] = _groups(placed["doc_id"], groups=groups)
    if axis == "historical":
        placed = with_dates(placed)
    arc_of = historical_arc if axis == "historical" else _narrative_arc
    names = list(dict.fromkeys(placed["group"]))
    arcs = [arc_of(placed[placed["group"] == name], settings=settings) for name in names]
    return gather(arcs, settings=settings)


def _narrative_arc(placed: pd.DataFrame, *, settings: ArcSettings) -> GroupArc:
    """Return the arc of one text along its running words."""
    positions = placed["position"].to_numpy(dtype=float)
    matrix, pilot = smoother_matrices(
        positions,
        smoother=settings.smoother,
        window=settings.window,
        low_pass=settings.low_pass,
    )
    arc = measure_arc(
        placed["valence"].to_numpy(dtype=float),
        matrix,
        pilot=pilot,
        simulation=settings.simulation,
    )
    return GroupArc(
        group=str(placed["group"].iloc[0]),
        arc=arc,
        places=pd.DataFrame({"position": positions, "date": pd.NA}),
        points=placed.reset_index(drop=True),
        dated=placed.reset_index(drop=True),
        weights=np.abs(np.nan_to_num(matrix)),
        about={},
    )


def _placed(series: pd.DataFrame, *, passages: pd.DataFrame, settings: ArcSettings) -> pd.DataFrame:
    """Return the scored passages in the order of telling, with the middle of each in words."""
    strangers = ~series["passage_id"].isin(passages["passage_id"])
    if strangers.any():
        first = series.loc[strangers, "passage_id"].iloc[0]
        raise InputError(
            f"The scores have the passage {first!r}, which the passages table has not; "
            "score the tokens of the same passages."
        )
    told = passages.reset_index(drop=True)
    length = told["n_tokens"].astype(float)
    told["position"] = length.groupby(told["doc_id"]).cumsum() - length / 2
    columns = ["passage_id", "doc_id", "place", "position"]
    dates = [name for name in DATES if name in told and settings.axis == "historical"]
    joined = told[columns + dates].merge(series, on="passage_id", how="inner", validate="1:1")
    spoken = joined["n_tokens"].astype(float)
    median = spoken.groupby(joined["doc_id"]).transform("median")
    kept = joined[joined["valence"].notna() & (spoken >= settings.min_share * median)]
    if kept.empty:
        raise InputError(
            f"No passage has a score of the lexicon {settings.lexicon} in the voice "
            f"{' or '.join(settings.voices)}; choose another lexicon or voice."
        )
    kept = kept.assign(valence=kept["valence"].astype(float))
    return kept.drop(columns="n_tokens").reset_index(drop=True)


DATES = ("date_earliest", "date_latest", "date_basis")


def _groups(doc_ids: pd.Series, *, groups: Mapping[str, str] | None) -> pd.Series:
    """Return the group of each passage: its text, or what the mapping says."""
    if groups is None:
        return doc_ids
    named = doc_ids.map(dict(groups))
    if named.isna().any():
        raise InputError(
            f"groups has no entry for the text {doc_ids[named.isna()].iloc[0]!r}; add it."
        )
    return named


def _check(*, axis: str, smoother: str, window: object, min_share: float, grouped: bool) -> None:
    """Raise an InputError for a setting that makes no sense."""
    if axis not in WINDOWS:
        raise InputError(f"There is no axis {axis!r}; use narrative or historical.")
    if smoother not in SMOOTHERS:
        raise InputError(f"There is no smoother {smoother!r}; use {', '.join(SMOOTHERS)}.")
    if axis == "historical" and smoother != "mean":
        raise InputError(f"The historical axis has no smoother {smoother!r}; use mean.")
    if axis == "narrative" and grouped:
        raise InputError("Two texts have no common order of telling; leave groups out.")
    if window is not None and not (isinstance(window, (int, float)) and window > 0):
        raise InputError(f"The window is {window!r}; give a width above 0 in words or days.")
    if not 0 <= min_share < 1:
        raise InputError(f"min_share is {min_share}; give a share from 0 to below 1.")
