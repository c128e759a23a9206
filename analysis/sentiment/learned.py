"""An optional scorer that learns from annotated passages: ridge on lexicon scores and embeddings.

All else works without it. Embeddings come from the extra ``learned`` or from a function of the
user's (`analysis.sentiment.embeddings`); without them the scorer weighs the lexicons alone.

On the shipped half of the annotations, 113 body passages over 30 words
(``python benchmarks/sentiment_learned.py``), it orders runs of neighbours that it did not see with
rho .57 (95 percent .42 to .69), .08 more than the mean rank's .49 (-.01 to +.17), and whole texts
with .54 (.38 to .67), +.05 (-.02 to +.13). Without embeddings it has .40 and .38: less than the
mean rank, which needs no readings.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.sentiment.held_out import held_out_predictions, held_out_worth
from analysis.sentiment.ranks import mean_rank
from analysis.sentiment.ridge import Ridge, fitted_ridge, predicted_by
from analysis.tables import as_table, check_table

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
        random folds would flatter it, since neighbours resemble each other. Predictions of all
        folds are ranked together: a fold whose places are better than the rest is predicted from
        the worse rest, so that rho errs low, most where texts differ.
    held_out : DataFrame
        One row a scheme and place: doc_id, valence (readings), learned, mean_rank.
    voice : str
        Whose words it has learned from.
    penalty : float
        Of the ridge on all places.
    n_places, n_features : int
    fit : object
        For `score_learned`.
    """

    evaluation: pd.DataFrame
    held_out: pd.DataFrame
    voice: str
    penalty: float
    n_places: int
    n_features: int
    fit: Ridge = field(repr=False)

    def plot_table(self) -> pd.DataFrame:
        """Return the evaluation, rounded to 6 decimals."""
        return self.evaluation.round(6)


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
    centred. Each of the two blocks has a mean squared length of 1. The penalty is chosen within
    the training places by contiguous folds.
    """
    places = _places(scores, annotations, voice=voice, layers=layers, min_tokens=min_tokens)
    if len(places) < FEWEST:
        raise InputError(
            f"{len(places)} annotated places have a score; the scorer needs {FEWEST} to learn from."
        )
    features = _features(scores, voice=voice, embeddings=embeddings).loc[places.index]
    own_rank = mean_rank(scores[scores["voice"] == voice]).set_index("passage_id")["mean_valence"]
    ranked = places.assign(mean_rank=own_rank.reindex(places.index).to_numpy(dtype=float))
    held_out = held_out_predictions(features, ranked)
    fit, penalty = fitted_ridge(
        features.to_numpy(dtype=float),
        places["valence"].to_numpy(dtype=float),
        columns=tuple(features.columns),
    )
    return LearnedResult(
        evaluation=held_out_worth(held_out, level=level),
        held_out=held_out,
        voice=voice,
        penalty=penalty,
        n_places=len(places),
        n_features=features.shape[1],
        fit=fit,
    )


def score_learned(
    result: LearnedResult, scores: pd.DataFrame, *, embeddings: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the learned valence of passages, -3 to 3, as a sentiment table of its own.

    Of the voice that it was trained on alone, in the order of the scores; null where no lexicon
    knows a word. Places that it was trained on are flattered: validate on held-out ones.

    Parameters
    ----------
    result : LearnedResult
    scores : DataFrame
        The sentiment table of the passages, with the lexicons that it was trained on.
    embeddings : DataFrame, optional
        Of `embed_passages`, if it was trained with them.

    Raises
    ------
    InputError
        If the scores lack the voice or a lexicon, or a passage has no embedding.
    """
    own = scores[scores["voice"] == result.voice]
    if own.empty:
        raise InputError(
            f"It has learned from the voice {result.voice!r}, and the scores have none."
        )
    features = _features(own, voice=result.voice, embeddings=embeddings)
    missing = [name for name in result.fit.columns if name not in features]
    if missing:
        raise InputError(f"The scorer was trained with {missing[0]!r}; give it here too.")
    first = own.drop_duplicates("passage_id").set_index("passage_id")
    told = features.loc[first.index, list(result.fit.columns)].to_numpy(dtype=float)
    matched = own.groupby("passage_id")["n_matched"].max().reindex(first.index)
    values = np.clip(predicted_by(result.fit, told), -3, 3)
    frame = first.assign(
        lexicon=LEARNED,
        mean_valence=np.where(matched > 0, values, np.nan),
        n_matched=matched,
        coverage=matched.astype(float) / first["n_tokens"].astype(float).replace(0, np.nan),
    )
    return as_table(frame.reset_index(), "sentiment")


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
