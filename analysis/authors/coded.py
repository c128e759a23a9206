"""Texts as arrays of word numbers: what many comparisons of the same texts are computed from."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.measures import MEASURES
from analysis.authors.standard import fit_scale
from analysis.tables import check_table

Codes = NDArray[np.int32]
Matrix = NDArray[np.float64]
Groups = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class CodedTexts:
    """Texts whose words are numbers.

    Attributes
    ----------
    names : tuple of str
        The texts, in order of appearance.
    words : tuple of arrays
        For each text the number of each of its words, in order.
    vocabulary : tuple of str
        The term of each number, in alphabetical order.
    """

    names: tuple[str, ...]
    words: tuple[Codes, ...]
    vocabulary: tuple[str, ...]

    def numbers_of(self, terms: Collection[str]) -> Codes:
        """Return the numbers of those of the terms that occur."""
        wanted = set(terms)
        return np.array(
            [number for number, term in enumerate(self.vocabulary) if term in wanted],
            dtype=np.int32,
        )


def code_texts(
    tokens: pd.DataFrame, *, voices: Collection[str] = ("author",), by: str = "doc_id"
) -> CodedTexts:
    """Return the words of each text in these voices as numbers.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table, in order.
    voices : collection of str
    by : str
        The column that tells texts apart.
    """
    check_table(tokens, "tokens", columns=("doc_id", "term", "voice"))
    kept = tokens[tokens["voice"].isin(list(voices))]
    numbers, terms = pd.factorize(kept["term"].astype(str), sort=True)
    codes = numbers.astype(np.int32)
    labels = kept[by].astype(str).to_numpy()
    names = tuple(dict.fromkeys(labels.tolist()))
    return CodedTexts(
        names=names,
        words=tuple(codes[labels == name] for name in names),
        vocabulary=tuple(str(term) for term in terms),
    )


def seeds_of(texts: Sequence[Codes]) -> list[tuple[int, int]]:
    """Return numbers to seed each text's draws with: of its words, not of its name or place.

    So the order in which texts come changes no result. The second tells texts apart that are word
    for word the same.
    """
    digests = [zlib.crc32(words.astype(np.int32).tobytes()) for words in texts]
    return [(digest, digests[:number].count(digest)) for number, digest in enumerate(digests)]


def slice_percentages(
    words: Sequence[Codes],
    *,
    n_vocabulary: int,
    slice_length: int,
    n_terms: int,
    without: Codes | None = None,
) -> tuple[Matrix, Groups]:
    """Return the percentages of the most frequent words in each slice, and the slice's text.

    Parameters
    ----------
    words : sequence of arrays
        One a text. What is left at the end of a text is too short for a slice and is left out.
    n_vocabulary : int
        Numbers are below this.
    slice_length, n_terms : int
        Words a slice; the most frequent words over all slices, by (-count, number).
    without : array, optional
        Numbers of words that are left out, but counted as running words.
    """
    cut = [text[: len(text) // slice_length * slice_length] for text in words]
    joined = np.concatenate(cut).astype(np.int64)
    groups = np.repeat(np.arange(len(cut)), [len(text) // slice_length for text in cut])
    totals = np.bincount(joined, minlength=n_vocabulary)
    if without is not None and len(without):
        totals[without] = 0
    top = np.lexsort((np.arange(n_vocabulary), -totals))[:n_terms]
    top = top[totals[top] > 0]
    column = np.full(n_vocabulary, len(top), dtype=np.int64)
    column[top] = np.arange(len(top))
    row = np.repeat(np.arange(len(groups)), slice_length)
    width = len(top) + 1
    counts = np.bincount(row * width + column[joined], minlength=len(groups) * width)
    return 100 * counts.reshape(len(groups), width)[:, :-1] / slice_length, groups


def square_of(
    percentages: Matrix, groups: Groups, *, measure: str, standardize: str = "balanced"
) -> Matrix:
    """Return the distance of every two slices; words that do not vary are left out."""
    formula = MEASURES[measure]
    if not formula.z_scores:
        return formula.formula(percentages)
    varying = (percentages != percentages[:1]).any(axis=0)
    rows = percentages[:, varying]
    if not rows.shape[1]:
        return np.zeros((len(rows), len(rows)))
    scale = fit_scale(rows, [str(group) for group in groups], standardize=standardize)
    return formula.formula(scale.z_scores(rows))
