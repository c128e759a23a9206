"""Whose slice is this? With whole texts held out, beside what holding out slices pretends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_one_of
from analysis.authors.distances import checked_percentages, measure_named
from analysis.authors.energy import mean_within
from analysis.authors.slices import SliceFrequencies
from analysis.authors.standard import fit_scale
from analysis.errors import InputError
from analysis.results import Shown

Matrix = NDArray[np.float64]

FOLDS = ("texts", "slices")
LEAKAGE = (
    "Holding out slices leaves other slices of the same text to learn from: it recognises the text "
    "(its subject, translator, printing) and calls that the author. Only whole texts held out say "
    "anything of authors."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class ClassificationResult(Shown):
    """What slices are classified as when they, or their texts, are held out.

    Attributes
    ----------
    table : DataFrame
        One row a slice and way of folding: folds ("texts", "slices"), slice_id, doc_id, author,
        predicted (null where it cannot be learnt), right (null there too), margin (how much
        nearer the predicted author is than the next), place.
    summary : DataFrame
        One row a text: doc_id, author, n_slices, right_texts_out, and with slice folds
        right_slices_out beside it (numbers of slices).
    folds : str
    warning : str
        The leakage warning, where slices were held out.
    reason : str
        What cannot be classified with whole texts held out, and why.
    """

    table: pd.DataFrame
    summary: pd.DataFrame
    folds: str
    measure: str
    n_terms: int
    warning: str = ""
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return the table, rounded to 6 decimals."""
        return self.table.round(6)


def classify(
    slices: SliceFrequencies,
    *,
    authors: Mapping[str, str],
    folds: str = "texts",
    measure: str = "cosine_delta",
    n_terms: int = 100,
) -> ClassificationResult:
    """Return for every slice the author whose texts are nearest, learnt without its text.

    Parameters
    ----------
    slices : SliceFrequencies
    authors : mapping of str to str
        The author of each text, by doc_id; or any other label.
    folds : {"texts", "slices"}
        What is held out. With slices both are computed and stand side by side, with a warning.
    measure : str
        As in `distances`; z-scores are learnt from what is not held out.
    n_terms : int
        The most frequent words over all slices.

    Returns
    -------
    ClassificationResult
        An author with one text cannot be learnt when it is held out: its slices have no
        prediction, and the reason says so. Right by chance is one in the number of authors.

    Notes
    -----
    How far a slice is from a text is its mean distance to the text's slices less half the mean
    distance within the text; how far from an author, the mean over his texts. So neither long
    texts nor authors with many texts are nearer for that alone, as centres of more words are.
    """
    check_one_of(folds, name="way of folding", known=FOLDS)
    measure_named(measure)
    for doc in dict.fromkeys(slices.texts):
        if doc not in authors:
            raise InputError(f"The text {doc!r} has no author; add it to authors.")
    if len({authors[doc] for doc in slices.texts}) < 2:
        raise InputError("All texts have one author; classification needs two.")
    task = _Task(
        rows=checked_percentages(slices.frequencies, n_terms=n_terms),
        texts=np.array(slices.texts, dtype=object),
        authors=np.array([authors[doc] for doc in slices.texts], dtype=object),
        measure=measure,
    )
    ways = ("texts",) if folds == "texts" else FOLDS
    table = pd.concat([_held_out(task, slices=slices, folds=way) for way in ways])
    table = table.reset_index(drop=True)
    return ClassificationResult(
        table=table,
        summary=_summary(table),
        folds=folds,
        measure=measure,
        n_terms=n_terms,
        warning=LEAKAGE if folds == "slices" else "",
        reason=_reason(task),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Task:
    """Percentages of every slice, its text and its author."""

    rows: Matrix = field(repr=False)
    texts: NDArray[np.object_]
    authors: NDArray[np.object_]
    measure: str


def _held_out(task: _Task, *, slices: SliceFrequencies, folds: str) -> pd.DataFrame:
    """Return the predictions with each text, or each slice, held out in turn."""
    predicted = np.full(len(task.rows), None, dtype=object)
    margin = np.full(len(task.rows), np.nan)
    units = task.texts if folds == "texts" else np.arange(len(task.rows))
    for unit in dict.fromkeys(units.tolist()):
        out = units == unit
        if set(task.authors[out]) <= set(task.authors[~out]) and len(set(task.authors[~out])) > 1:
            predicted[out], margin[out] = _nearest(task, out=out)
    right = [
        None if guess is None else bool(guess == author)
        for guess, author in zip(predicted, task.authors, strict=True)
    ]
    return pd.DataFrame(
        {
            "folds": folds,
            "slice_id": slices.table["slice_id"].to_numpy(),
            "doc_id": task.texts,
            "author": task.authors,
            "predicted": pd.array(predicted.tolist(), dtype="string"),
            "right": pd.array(right, dtype="boolean"),
            "margin": margin,
            "place": slices.table["place"].to_numpy(),
        }
    )


def _nearest(task: _Task, *, out: NDArray[np.bool_]) -> tuple[NDArray[np.object_], Matrix]:
    """Return the nearest author of each slice held out, and how much nearer than the next."""
    kept = task.rows[~out]
    measure = measure_named(task.measure)
    varying = (kept != kept[0]).any(axis=0)
    if measure.z_scores:
        scale = fit_scale(kept[:, varying], list(task.texts[~out]), standardize="balanced")
        known, asked = (scale.z_scores(rows[:, varying]) for rows in (kept, task.rows[out]))
    else:
        known, asked = kept, task.rows[out]
    square = measure.formula(np.vstack([known, asked]))
    away, owners = _away(square, texts=task.texts[~out], authors=task.authors[~out])
    names = sorted(set(owners))
    by_author = np.array(
        [away[:, [owner == name for owner in owners]].mean(axis=1) for name in names]
    ).T
    ordered = np.sort(by_author, axis=1)
    nearest = np.array(names, dtype=object)[by_author.argmin(axis=1)]
    return nearest, np.asarray(ordered[:, 1] - ordered[:, 0], dtype=np.float64)


def _away(
    square: Matrix, *, texts: NDArray[np.object_], authors: NDArray[np.object_]
) -> tuple[Matrix, list[str]]:
    """Return how far each slice asked about is from each text that is known, and their authors.

    The square has the slices of the known texts first. A text of one slice is given the mean
    spread of the others.
    """
    n_known = len(texts)
    names = list(dict.fromkeys(texts.tolist()))
    rows = [np.flatnonzero(texts == name) for name in names]
    spread = np.array([mean_within(square[np.ix_(of, of)]) for of in rows])
    known_spread = spread[~np.isnan(spread)]
    spread = np.where(np.isnan(spread), known_spread.mean() if len(known_spread) else 0.0, spread)
    asked = square[n_known:, :n_known]
    away = np.array([asked[:, of].mean(axis=1) for of in rows]).T - spread / 2
    return away, [str(authors[of[0]]) for of in rows]


def _summary(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many slices of each text are right, by what was held out."""
    texts = table[table["folds"] == "texts"].groupby("doc_id", sort=False)
    summary = texts.agg(author=("author", "first"), n_slices=("slice_id", "size"))
    for way in dict.fromkeys(table["folds"]):
        part = table[table["folds"] == way].groupby("doc_id", sort=False)["right"]
        summary[f"right_{way}_out"] = part.sum(min_count=1).astype("Int64")
    return summary.reset_index()


def _reason(task: _Task) -> str:
    """Return which authors cannot be learnt when their text is held out; empty where all can."""
    texts_of = pd.DataFrame({"author": task.authors, "text": task.texts}).drop_duplicates()
    counts = texts_of["author"].value_counts()
    single = sorted(counts[counts == 1].index)
    if not single:
        return ""
    return (
        f"{', '.join(single)}: one text only, so that nothing is left to learn from when it is "
        "held out; its slices have no prediction, and the other authors' are measured against it "
        "alone."
    )
