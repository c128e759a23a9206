"""Scores checked against reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.sentiment.annotations import (
    ANNOTATION_COLUMNS,
    annotations_of_passages,
    read_annotations,
)
from analysis.sentiment.rank_correlation import rho_with_interval
from analysis.sentiment.ranks import MEAN_RANK, mean_rank
from analysis.sentiment.reliability import krippendorff_alpha, rank_ceiling
from analysis.tables import check_table

CALIBRATION_BINS = 5
REFERENCE = MEAN_RANK
"""What each lexicon's correlation is compared with."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ValidationResult(Shown):
    """How well scores order passages as readers do.

    Attributes
    ----------
    table : DataFrame
        One row a lexicon and part of the readings (``by``: all, doc_id, layer, voice, quoted;
        ``part``): n_places, rho (Spearman, score against the readers' mean), low, high, reason.
    differences : DataFrame
        One row a lexicon and part of the readings, as in ``table``: rho of the mean rank less
        its own, on the same places, with a paired interval.
    calibration : DataFrame
        One row a lexicon and fifth of its scores: n_places, score, valence (readers' mean), low,
        high: a good score rises through them.
    points : DataFrame
        One row a lexicon and place: score, valence, doc_id, layer, voice.
    alpha : float
        Krippendorff's alpha of the readers (interval), on the places used.
    rho_readers, ceiling : float
        Rank correlation between readers, and what a perfect score would reach.
    reason : str
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    calibration: pd.DataFrame
    points: pd.DataFrame
    alpha: float
    rho_readers: float
    ceiling: float
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return the rows of all places, with the ceiling, rounded to 6 decimals."""
        whole = self.table[self.table["by"] == "all"]
        return whole.assign(ceiling=self.ceiling, rho_readers=self.rho_readers).round(6)


def validate_sentiment(
    scores: pd.DataFrame,
    annotations: pd.DataFrame | Path | str,
    *,
    passages: pd.DataFrame | None = None,
    voice: str = "author",
    layers: tuple[str, ...] = ("body",),
    min_tokens: int = 31,
    level: float = 0.95,
) -> ValidationResult:
    """Return rank correlations of scores with readings, with intervals and the readers' ceiling.

    Higher rho is better; 1 would be the readers' own order. Intervals are delete-a-block
    jackknife over runs of five neighbouring places, for more text of the same kind.

    Parameters
    ----------
    scores : DataFrame
        The sentiment table. Its passages are the annotated places themselves, where tokens were
        scored through `tokens_at`, or those of the passages table. The mean rank is added.
    annotations : DataFrame, Path or str
        Of `read_annotations`: one row a place and reader; or the file that it reads.
    passages : DataFrame, optional
        The passages table, where the scores are of passages: readings are carried over
        (`annotations_of_passages`), which dilutes them.
    voice : str
        Whose words were scored.
    layers : tuple of str
        Which annotated layers count.
    min_tokens : int
        Places with fewer tokens, in all voices, are left out: more than 30 words by default.
    level : float
        Of the intervals.

    Returns
    -------
    ValidationResult
        rho is NaN with a reason where fewer than 8 places have both, or all are equal.

    Raises
    ------
    InputError
        If an annotation lacks a column, or no annotated place is among the scored passages.

    Notes
    -----
    Known bias: choosing a lexicon, a mask or a window on the annotations that it is then
    validated with flatters it.
    """
    check_table(scores, "sentiment")
    if isinstance(annotations, (str, Path)):
        annotations = read_annotations(annotations)
    for name in ANNOTATION_COLUMNS:
        if name not in annotations:
            raise InputError(f"The annotations have no column {name!r}; use read_annotations.")
    if passages is not None:
        annotations = annotations_of_passages(annotations, passages)
        annotations = annotations.assign(place=annotations["annotation_id"])
    places = _places(annotations, scores=scores, layers=layers, min_tokens=min_tokens)
    own = scores[(scores["voice"] == voice) & scores["passage_id"].isin(places["place"])]
    if own.empty:
        raise InputError(
            f"No annotated place has a word in the voice {voice!r}; the scores have "
            f"{', '.join(dict.fromkeys(scores['voice']))}."
        )
    if own["lexicon"].nunique() > 1:
        own = pd.concat([own, mean_rank(own)], ignore_index=True)
    columns = {"passage_id": "place", "mean_valence": "score"}
    points = own.rename(columns=columns)[["lexicon", "place", "score"]].merge(places, on="place")
    points["score"] = points["score"].astype(float)
    lexicons = list(dict.fromkeys(own["lexicon"]))
    used = annotations[annotations["place"].isin(points["place"])]
    between, ceiling = rank_ceiling(used)
    return ValidationResult(
        table=_correlations(points, lexicons=lexicons, level=level),
        differences=_differences(points, lexicons=lexicons, level=level),
        calibration=_calibration(points, lexicons=lexicons),
        points=points.sort_values(["lexicon", "order"], kind="stable").reset_index(drop=True),
        alpha=krippendorff_alpha(used),
        rho_readers=between,
        ceiling=ceiling,
        reason="" if np.isfinite(ceiling) else "one reader: there is no ceiling",
    )


def _places(
    annotations: pd.DataFrame, *, scores: pd.DataFrame, layers: tuple[str, ...], min_tokens: int
) -> pd.DataFrame:
    """Return the readers' mean of each place that counts, in the order of the texts."""
    first = annotations.drop_duplicates("place").set_index("place")
    mean = annotations.groupby("place")["valence"].mean()
    places = first[["doc_id", "char_start", "layer", "voice", "quoted_share"]].assign(valence=mean)
    voices = scores.drop_duplicates(["passage_id", "voice"])
    length = voices.groupby("passage_id")["n_tokens"].sum()
    if not places.index.isin(length.index).any():
        raise InputError(
            f"No annotated place, such as {places.index[0]}, is among the scored passages, such as "
            f"{length.index[0] if len(length) else 'none'}; score tokens_at(tokens, annotations), "
            "or give passages=."
        )
    places["n_tokens"] = length.reindex(places.index)
    kept = places[places["layer"].isin(list(layers)) & (places["n_tokens"] >= min_tokens)]
    if kept.empty:
        raise InputError(
            f"No annotated place of the layer {' or '.join(layers)} has {min_tokens} words; "
            "choose other layers, or a lower min_tokens."
        )
    ordered = kept.sort_values(["doc_id", "char_start"], kind="stable").reset_index()
    ordered["quoted"] = np.where(ordered["quoted_share"] >= 0.5, "half or more", "less than half")
    return ordered.assign(order=np.arange(len(ordered)))


def _correlations(points: pd.DataFrame, *, lexicons: list[str], level: float) -> pd.DataFrame:
    """Return rho by lexicon, over all places and by part."""
    rows = []
    for lexicon in lexicons:
        own = points[points["lexicon"] == lexicon].sort_values("order", kind="stable")
        for by, part, chosen in _parts(own):
            measured = rho_with_interval(chosen, columns=["score"], level=level)
            rows.append({"lexicon": lexicon, "by": by, "part": part, **measured})
    return pd.DataFrame(rows)


def _parts(places: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield all places, then those of each text, layer, voice and share of quotation."""
    yield "all", "all", places
    for by in ("doc_id", "layer", "voice", "quoted"):
        for part, chosen in places.groupby(by, sort=False):
            yield by, str(part), chosen


def _differences(points: pd.DataFrame, *, lexicons: list[str], level: float) -> pd.DataFrame:
    """Return how much better the mean rank correlates than each lexicon, on the same places."""
    columns = ["lexicon", "by", "part", "n_places", "difference", "low", "high", "reason"]
    if REFERENCE not in lexicons:
        return pd.DataFrame(columns=columns)
    about = points.drop_duplicates("place").set_index("place").drop(columns=["lexicon", "score"])
    wide = points.pivot(index="place", columns="lexicon", values="score").join(about)
    wide = wide.sort_values("order", kind="stable")
    rows = []
    for lexicon in lexicons:
        if lexicon != REFERENCE:
            for by, part, chosen in _parts(wide):
                found = rho_with_interval(chosen, columns=[REFERENCE, lexicon], level=level)
                difference = {"difference": found["rho"], **found}
                rows.append({"lexicon": lexicon, "by": by, "part": part, **difference})
    return pd.DataFrame(rows)[columns]


def _calibration(points: pd.DataFrame, *, lexicons: list[str]) -> pd.DataFrame:
    """Return the readers' mean in each fifth of a lexicon's scores, with two standard errors."""
    rows = []
    for lexicon in lexicons:
        own = points[(points["lexicon"] == lexicon) & points["score"].notna()]
        rank = own["score"].rank(method="first")
        fifth = np.ceil(rank / max(len(own), 1) * CALIBRATION_BINS).astype(int)
        for number, part in own.groupby(fifth):
            error = part["valence"].std(ddof=1) / np.sqrt(len(part))
            rows.append(
                {
                    "lexicon": lexicon,
                    "fifth": number,
                    "n_places": len(part),
                    "score": part["score"].mean(),
                    "valence": part["valence"].mean(),
                    "low": part["valence"].mean() - 2 * error,
                    "high": part["valence"].mean() + 2 * error,
                }
            )
    return pd.DataFrame(rows)
