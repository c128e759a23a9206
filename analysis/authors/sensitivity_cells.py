"""The contrast of two groups of texts under one combination of settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.coded import CodedTexts, code_texts, seeds_of, slice_percentages, square_of
from analysis.authors.odd_one import group_contrast, text_distances
from analysis.authors.sensitivity_settings import WITHOUT, GridSettings
from analysis.errors import InputError

Codes = NDArray[np.int32]
Sliced = tuple[NDArray[np.float64], NDArray[np.int64]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Variant:
    """Coded texts with the group of each and the numbers of what may be left out."""

    texts: CodedTexts
    groups: tuple[str, ...]
    dropped: Mapping[str, Codes] = field(repr=False)


def variant_of(
    tokens: pd.DataFrame, *, voices: Sequence[str], groups: Mapping[str, str]
) -> Variant:
    """Return the coded texts of these voices, or raise an InputError for their groups."""
    texts = code_texts(tokens, voices=voices)
    for name in texts.names:
        if name not in groups:
            raise InputError(f"The text {name!r} has no group; add it to groups.")
    named = tuple(groups[name] for name in texts.names)
    if len(set(named)) < 2 or len(set(named)) == len(named):
        raise InputError(
            "The contrast needs two groups, one of them with two texts; "
            f"there are {len(set(named))} groups of {len(named)} texts."
        )
    dropped = {name: texts.numbers_of(terms) for name, terms in WITHOUT.items()}
    return Variant(texts=texts, groups=named, dropped=dropped)


def contrast_in(
    variant: Variant, *, settings: GridSettings, seed: int
) -> Callable[[Mapping[str, Any]], float]:
    """Return the function that gives the contrast of a cell; NaN where a text has one slice.

    Slices are counted once for all numbers of words and measures.
    """

    @cache
    def sliced(noise: str, without: str, *, slice_length: int) -> Sliced | None:
        words = _spoilt(variant, where=noise, share=settings.noise_share, seed=seed)
        if min(map(len, words)) < 2 * slice_length:
            return None
        spoilt = np.int32(len(variant.texts.vocabulary))
        return slice_percentages(
            words,
            n_vocabulary=len(variant.texts.vocabulary) + 1,
            slice_length=slice_length,
            n_terms=max(settings.n_terms),
            without=np.append(variant.dropped[without], spoilt),
        )

    def contrast(cell: Mapping[str, Any]) -> float:
        found = sliced(cell["noise"], cell["without"], slice_length=cell["slice_length"])
        if found is None:
            return float("nan")
        percentages, groups = found
        square = square_of(
            percentages[:, : cell["n_terms"]],
            groups,
            measure=cell["measure"],
            standardize=settings.standardize,
        )
        return group_contrast(text_distances(square, groups, statistic="energy"), variant.groups)

    return contrast


def _spoilt(variant: Variant, *, where: str, share: float, seed: int) -> list[Codes]:
    """Return the words with a share of them turned into a word that is never counted."""
    made = []
    seeds = seeds_of(variant.texts.words)
    for number, words in enumerate(variant.texts.words):
        hit = where == "all texts" or (
            where == "first group" and variant.groups[number] == variant.groups[0]
        )
        if hit:
            rng = np.random.default_rng([seed, *seeds[number]])
            words = np.where(
                rng.random(len(words)) < share, np.int32(len(variant.texts.vocabulary)), words
            ).astype(np.int32)
        made.append(words)
    return made
