"""Published distances between texts or slices, exactly as published."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_one_of, check_whole
from analysis.authors.measures import MEASURES, Measure
from analysis.authors.standard import STANDARDS, UnevenTexts, fit_scale, unevenness
from analysis.errors import InputError
from analysis.results import Shown
from analysis.tables import as_table

TWO_ROWS = (
    "Of two rows every z-score is 0.71 or -0.71, so this distance is the same for any two texts "
    "and says nothing; add texts, or cut them into slices and use compare_slices."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class DistanceResult(Shown):
    """Distances between rows of frequencies; lower is more alike.

    Attributes
    ----------
    matrix : DataFrame
        Square and symmetric, labelled like the rows of the frequencies, in their order.
    measure, n_terms, standardize : str, int, str
        What was computed, on how many of the first columns.
    warning : str
        What a reader must know before citing a distance; empty where nothing is.
    reason : str
        Why the distances are NaN; empty where they are numbers.
    """

    matrix: pd.DataFrame
    measure: str
    n_terms: int
    standardize: str
    warning: str = ""
    reason: str = ""

    @property
    def table(self) -> pd.DataFrame:
        """Return the distances table: each pair once, intervals null (see `compare_slices`)."""
        first, second = np.triu_indices(len(self.matrix), k=1)
        labels = self.matrix.index.to_numpy()
        frame = pd.DataFrame(
            {
                "text_a": labels[first],
                "text_b": labels[second],
                "measure": self.measure,
                "n_terms": self.n_terms,
                "distance": self.matrix.to_numpy()[first, second],
                "low": np.nan,
                "high": np.nan,
            }
        )
        return as_table(frame, "distances") if not self.reason else frame

    def plot_table(self) -> pd.DataFrame:
        """Return the distances table, rounded to 6 decimals."""
        return self.table.round(6)


def distances(
    frequencies: pd.DataFrame,
    *,
    measure: str = "burrows",
    n_terms: int = 100,
    standardize: str = "plain",
    texts: Sequence[str] | pd.Series | None = None,
) -> DistanceResult:
    """Return a published distance for every pair of rows; lower is more alike.

    Parameters
    ----------
    frequencies : DataFrame
        Percentages of running words: one row a text or slice (index: its id), columns in order
        of frequency over all rows, most frequent first.
    measure : str
        burrows, argamon, eder, eder_simple, cosine_delta, cosine, minmax, entropy, manhattan,
        euclidean or canberra.
    n_terms : int
        The first so many columns are used (MFW).
    standardize : {"plain", "balanced"}
        How z-scores are made, for the measures that take them. ``"plain"`` is what stylo does:
        every row weighs the same. ``"balanced"`` lets every text weigh the same.
    texts : sequence of str, optional
        The text of each row, where rows are slices. Each row is a text of its own by default.

    Warns
    -----
    UnevenTexts
        Where plain z-scores are taken and a text has half as many rows again as another, or more;
        the result's ``warning`` says the same.

    Returns
    -------
    DistanceResult
        NaN with a reason where all rows are identical and the measure takes z-scores.

    Raises
    ------
    InputError
        For fewer than two rows, an unknown measure, more terms than columns, a percentage that
        is negative, missing or above 100, an id that occurs twice, or a column that does not
        vary where z-scores are asked for.

    Notes
    -----
    Every such distance is biased upward by sampling noise, the more so the shorter the texts;
    compare it with the distances between pieces of one text (`baselines`). z-scores use the
    sample standard deviation (ddof=1) over the rows given, so a distance changes when a row is
    added. Sources of the formulas: `analysis.authors.measures.MEASURES`.
    """
    result = published_distances(
        frequencies, measure=measure, n_terms=n_terms, standardize=standardize, texts=texts
    )
    if result.warning and result.warning != TWO_ROWS:
        warnings.warn(result.warning, UnevenTexts, stacklevel=2)
    return result


def published_distances(
    frequencies: pd.DataFrame,
    *,
    measure: str,
    n_terms: int,
    standardize: str,
    texts: Sequence[str] | pd.Series | None,
) -> DistanceResult:
    """Return what `distances` returns; its warning is in the result alone."""
    formula = measure_named(measure)
    check_one_of(standardize, name="standardisation", known=STANDARDS)
    rows = checked_percentages(frequencies, n_terms=n_terms)
    labels = text_labels(frequencies, texts=texts)
    reason = ""
    if not formula.z_scores:
        square = formula.formula(rows)
    elif (rows == rows[0]).all():
        square = np.full((len(rows), len(rows)), np.nan)
        reason = "All rows are identical, so no word has a z-score."
    else:
        _check_variation(rows, terms=frequencies.columns)
        scale = fit_scale(rows, labels, standardize=standardize)
        square = formula.formula(scale.z_scores(rows))
    if not reason and np.isnan(square).any():
        reason = "A row has none of these words, so its distances are undefined."
    return DistanceResult(
        matrix=pd.DataFrame(square, index=frequencies.index, columns=frequencies.index),
        measure=measure,
        n_terms=n_terms,
        standardize=standardize,
        warning=_warning(labels, of_slices=texts is not None, standardize=standardize)
        if formula.z_scores
        else "",
        reason=reason,
    )


def _warning(labels: Sequence[str], *, of_slices: bool, standardize: str) -> str:
    """Return what a reader must know of these z-scores; empty where nothing is."""
    if len(labels) == 2:
        return TWO_ROWS
    return unevenness(labels) if of_slices and standardize == "plain" else ""


def measure_named(measure: str) -> Measure:
    """Return the measure, or raise an InputError that lists those there are."""
    check_one_of(measure, name="measure", known=MEASURES)
    return MEASURES[measure]


def checked_percentages(frequencies: pd.DataFrame, *, n_terms: int) -> NDArray[np.float64]:
    """Return the first columns as an array, or raise an InputError that says what is wrong."""
    if not isinstance(frequencies, pd.DataFrame):
        raise InputError(
            f"frequencies is a {type(frequencies).__name__}; give a DataFrame of percentages, such "
            "as slice_frequencies(tokens).frequencies."
        )
    if len(frequencies) < 2:
        raise InputError(
            f"A distance needs two texts, and there are {len(frequencies)} in frequencies; add a "
            "text or cut it into slices."
        )
    if frequencies.index.has_duplicates:
        twice = frequencies.index[frequencies.index.duplicated()][0]
        raise InputError(f"The row {twice!r} of frequencies occurs twice; give each text its id.")
    if frequencies.columns.has_duplicates:
        twice = frequencies.columns[frequencies.columns.duplicated()][0]
        raise InputError(f"The column {twice!r} of frequencies occurs twice; add the two up.")
    check_whole(n_terms, name="n_terms")
    if n_terms > frequencies.shape[1]:
        raise InputError(
            f"n_terms is {n_terms}, but frequencies has {frequencies.shape[1]} columns; ask for "
            "fewer words."
        )
    return _numbers(frequencies.iloc[:, :n_terms])


def _numbers(frequencies: pd.DataFrame) -> NDArray[np.float64]:
    """Return the values as floats, or raise an InputError that names the first strange one."""
    try:
        values = frequencies.to_numpy(dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(
            "frequencies has values that are no numbers; keep ids in the index and percentages "
            "in the columns."
        ) from None
    strange = ~(np.isfinite(values) & (values >= 0) & (values <= 100 + 1e-9))
    if strange.any():
        row, column = np.argwhere(strange)[0]
        raise InputError(
            f"The frequency of {frequencies.columns[column]!r} in {frequencies.index[row]!r} is "
            f"{values[row, column]}; give percentages of running words, 0 to 100."
        )
    return values


def text_labels(
    frequencies: pd.DataFrame, *, texts: Sequence[str] | pd.Series | None
) -> tuple[str, ...]:
    """Return the text of each row; a Series is matched by its index, a sequence by its order."""
    if texts is None:
        return tuple(map(str, frequencies.index))
    if isinstance(texts, pd.Series):
        missing = [row for row in frequencies.index if row not in texts.index]
        if missing:
            raise InputError(f"texts does not say which text the row {missing[0]!r} is of; add it.")
        texts = texts.loc[frequencies.index].tolist()
    if len(texts) != len(frequencies):
        raise InputError(
            f"texts has {len(texts)} entries for {len(frequencies)} rows; give one for each row."
        )
    return tuple(map(str, texts))


def _check_variation(rows: NDArray[np.float64], *, terms: pd.Index) -> None:
    """Raise an InputError for a column in which all rows are equal."""
    constant = np.flatnonzero((rows == rows[0]).all(axis=0))
    if len(constant):
        raise InputError(
            f"The column {terms[constant[0]]!r} is {rows[0, constant[0]]:g} in every row, so it "
            "has no z-score; drop it from frequencies or use fewer n_terms."
        )
