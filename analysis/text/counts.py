"""Terms counted by passage: where voices and layers are filtered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.errors import InputError
from analysis.tables import LAYERS, VOICES, check_table

_NEEDED = ("passage_id", "doc_id", "term", "layer", "voice")


@dataclass(frozen=True, kw_only=True, eq=False)
class TermCounts:
    """Counts of terms: one row a passage, one column a term.

    Attributes
    ----------
    matrix : scipy.sparse.csr_array
        Counts, passages by terms, integers.
    passage_ids, doc_ids : tuple of str
        The passage of each row, and the text that it comes from.
    terms : tuple of str
        The term of each column.
    """

    matrix: sparse.csr_array
    passage_ids: tuple[str, ...]
    doc_ids: tuple[str, ...]
    terms: tuple[str, ...]

    def __post_init__(self) -> None:
        """Check that the parts fit one another."""
        matrix = sparse.csr_array(self.matrix)
        object.__setattr__(self, "matrix", matrix)
        for name in ("passage_ids", "doc_ids", "terms"):
            object.__setattr__(self, name, tuple(map(str, getattr(self, name))))
        rows, columns = matrix.shape
        if rows != len(self.passage_ids) or rows != len(self.doc_ids):
            raise InputError(
                f"The matrix has {rows} rows, but there are {len(self.passage_ids)} passage_ids "
                f"and {len(self.doc_ids)} doc_ids; give one of each for every row."
            )
        if columns != len(self.terms):
            raise InputError(
                f"The matrix has {columns} columns, but there are {len(self.terms)} terms; "
                "give one term for every column."
            )
        if len(set(self.terms)) != columns:
            raise InputError("The terms are not unique; add up the columns of the same term.")
        values = matrix.data
        if not np.isfinite(values).all() or (values < 0).any() or (values % 1 != 0).any():
            raise InputError("The matrix holds values that are no counts; give whole numbers >= 0.")

    def __repr__(self) -> str:
        """Return the numbers of passages, texts, terms and running words."""
        return (
            f"TermCounts({len(self.passage_ids)} passages of {len(set(self.doc_ids))} texts, "
            f"{len(self.terms)} terms, {int(self.matrix.sum())} running words)"
        )

    def totals(self) -> pd.Series:
        """Return how often each term occurs: a Series by term, ordered by (-count, term)."""
        totals = pd.Series(
            np.asarray(self.matrix.sum(axis=0)).ravel(), index=list(self.terms), name="count"
        )
        order = sorted(
            range(len(self.terms)), key=lambda column: (-totals.iloc[column], self.terms[column])
        )
        return totals.iloc[order]

    def select_terms(self, terms: Sequence[str]) -> TermCounts:
        """Return the counts of these terms alone, in this order; passages stay, even empty ones."""
        place = {term: column for column, term in enumerate(self.terms)}
        missing = [term for term in terms if term not in place]
        if missing:
            raise InputError(f"The term {missing[0]!r} is not among the {len(self.terms)} terms.")
        return TermCounts(
            matrix=self.matrix[:, [place[term] for term in terms]],
            passage_ids=self.passage_ids,
            doc_ids=self.doc_ids,
            terms=tuple(terms),
        )


def count_terms(
    tokens: pd.DataFrame,
    *,
    voices: Collection[str] = ("author",),
    layers: Collection[str] | None = None,
) -> TermCounts:
    """Return how often each term occurs in each passage, in these voices and layers.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table, or any frame with its columns passage_id, doc_id, term, layer and voice.
    voices : collection of str
        Whose words count. The author's alone by default; quotations are voice ``other``.
    layers : collection of str, optional
        Which layers count; all that the tokens have by default.

    Returns
    -------
    TermCounts
        One row for every passage of the tokens, in their order, also for one in which no word is
        left; one column a term that is left, in alphabetical order.

    Raises
    ------
    InputError
        If a voice or layer is unknown, or voices is one string.
    SchemaError
        If the tokens lack a column.
    """
    _check_names(voices, what="voices", known=VOICES)
    _check_names(layers or (), what="layers", known=LAYERS)
    check_table(tokens, "tokens", columns=_NEEDED)
    passages = tokens.drop_duplicates("passage_id")[["passage_id", "doc_id"]]
    kept = tokens[tokens["voice"].isin(list(voices))]
    if layers is not None:
        kept = kept[kept["layer"].isin(list(layers))]
    terms = sorted(set(kept["term"]))
    row = {passage: number for number, passage in enumerate(passages["passage_id"])}
    column = {term: number for number, term in enumerate(terms)}
    places = (kept["passage_id"].map(row).to_numpy(), kept["term"].map(column).to_numpy())
    matrix = sparse.coo_array(
        (
            np.ones(len(kept), dtype=np.int64),
            (places[0].astype(np.int64), places[1].astype(np.int64)),
        ),
        shape=(len(row), len(column)),
    ).tocsr()
    return TermCounts(
        matrix=matrix,
        passage_ids=tuple(passages["passage_id"]),
        doc_ids=tuple(passages["doc_id"]),
        terms=tuple(terms),
    )


def _check_names(names: Collection[str], *, what: str, known: tuple[str, ...]) -> None:
    """Raise an InputError for a name that is not known."""
    if isinstance(names, str):
        raise InputError(f"{what} must be a list of names: write [{names!r}].")
    for name in names:
        if name not in known:
            raise InputError(f"There is no {what[:-1]} {name!r}; use some of {', '.join(known)}.")
