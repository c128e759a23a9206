"""Does the answer hang on a setting? One contrast under every combination of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.checks import check_names, check_one_of, check_share, check_whole
from analysis.authors.coded import CodedTexts, code_texts, slice_percentages, square_of
from analysis.authors.draws import ALL_DIFFERENT, ALL_SAME, Drawer
from analysis.authors.function_words import AUXILIARIES, PRONOUNS
from analysis.authors.measures import MEASURES
from analysis.authors.odd_one import group_contrast, text_distances
from analysis.authors.reference import KnownAuthors, presidential_messages
from analysis.errors import InputError
from analysis.uncertainty.grid import GridResult, run_grid, with_draws

Codes = NDArray[np.int32]

WITHOUT: Mapping[str, frozenset[str]] = {
    "nothing": frozenset(),
    "pronouns": PRONOUNS,
    "pronouns and auxiliaries": PRONOUNS | AUXILIARIES,
}
"""What is left out, by the name of the level."""

VOICES: Mapping[str, tuple[str, ...]] = {
    "author": ("author",),
    "all": ("author", "author_earlier", "other"),
}
"""Whose words count, by the name of the level."""

NOISE = ("none", "all texts", "first group")
"""Where words are spoilt as by OCR."""


@dataclass(frozen=True, kw_only=True)
class GridSettings:
    """The levels of each setting.

    Attributes
    ----------
    n_terms, slice_length : tuple of int
    measure : tuple of str
    voice : tuple of str
        "author", "all" (with what is quoted).
    without : tuple of str
        "nothing", "pronouns", "pronouns and auxiliaries" (English).
    noise : tuple of str
        "none", "all texts", "first group": where `noise_share` of the words become words that no
        text has, as a bad scan makes them.
    noise_share : float
    standardize : str
    """

    n_terms: tuple[int, ...] = (100, 200, 300, 500)
    slice_length: tuple[int, ...] = (500, 1000)
    measure: tuple[str, ...] = ("burrows", "cosine_delta", "minmax")
    voice: tuple[str, ...] = ("author", "all")
    without: tuple[str, ...] = ("nothing", "pronouns and auxiliaries")
    noise: tuple[str, ...] = ("none", "first group")
    noise_share: float = 0.03
    standardize: str = "balanced"

    def __post_init__(self) -> None:
        """Check the levels."""
        for value in (*self.n_terms, *self.slice_length):
            check_whole(value, name="a level of the grid")
        for name, known in (("voice", VOICES), ("without", WITHOUT), ("noise", NOISE)):
            check_names(getattr(self, name), name=name, known=known)
        for name in self.measure:
            check_one_of(name, name="measure", known=MEASURES)
        check_share(self.noise_share, name="noise_share")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Variant:
    """Coded texts with the group of each and the numbers of what may be left out."""

    texts: CodedTexts
    groups: tuple[str, ...]
    dropped: Mapping[str, Codes] = field(repr=False)


def sensitivity(
    tokens: pd.DataFrame | Mapping[str, pd.DataFrame],
    *,
    groups: Mapping[str, str],
    settings: GridSettings | None = None,
    seed: int = 1,
) -> GridResult:
    """Return the contrast of two groups of texts under every combination of settings.

    The contrast is the mean energy distance between texts of different groups less that between
    texts of one group: above 0 where the groups stand apart more than their texts do.

    Parameters
    ----------
    tokens : DataFrame or mapping of str to DataFrame
        The tokens table; or several by name (such as "corrected" and "as scanned"), which makes
        cleaning one more factor.
    groups : mapping of str to str
        The group of each text, by doc_id, such as its author. The group of the first text in the
        tokens is the "first group" of the noise.
    settings : GridSettings, optional
    seed : int
        Of the noise.

    Raises
    ------
    InputError
        If a text has no group, or no group has two texts: then nothing says how far the texts
        of one group lie apart.
    """
    chosen = settings or GridSettings()
    tables = dict(tokens) if isinstance(tokens, Mapping) else {"as given": tokens}
    variants = {
        (cleaning, voice): _variant(table, voices=VOICES[voice], groups=groups)
        for cleaning, table in tables.items()
        for voice in chosen.voice
    }
    factors = _factors(chosen) | ({"cleaning": tuple(tables)} if len(tables) > 1 else {})

    def evaluate(cell: Mapping[str, Any]) -> float:
        key = (cell.get("cleaning", next(iter(tables))), cell["voice"])
        return _contrast(variants[key], cell=cell, settings=chosen, seed=seed)

    return run_grid(factors, evaluate)


def calibrate_sensitivity(
    result: GridResult,
    reference: KnownAuthors | None = None,
    *,
    lengths: Sequence[int],
    groups: Sequence[str],
    settings: GridSettings | None = None,
    seed: int = 1,
    n_draws: int = 20,
    max_years: int | None = 35,
) -> GridResult:
    """Return the result with the percentile of its share among draws of known authors.

    Parameters
    ----------
    result : GridResult
        From `sensitivity`, with the same settings.
    reference : KnownAuthors, optional
        `presidential_messages` by default.
    lengths, groups : sequence
        Running words and group of each text, in order, as in the comparison.
    n_draws : int
        Draws of all different authors, and as many of one author throughout, each through the
        whole grid but for the voices and the cleaning, which the reference does not have: the
        observed share is then that of the author's own words, with the first cleaning.
    """
    check_whole(n_draws, name="n_draws")
    chosen = settings or GridSettings()
    known = reference if reference is not None else presidential_messages()
    drawer = Drawer(known, lengths=lengths, max_years=max_years)
    coded = CodedTexts(names=(), words=(), vocabulary=known.vocabulary)
    dropped = {name: coded.numbers_of(terms) for name, terms in WITHOUT.items()}
    factors = {name: levels for name, levels in _factors(chosen).items() if name != "voice"}
    shares: dict[str, list[float]] = {ALL_DIFFERENT: [], ALL_SAME: []}
    for kind, found in shares.items():
        rng = np.random.default_rng([seed, len(kind)])
        for _ in range(n_draws):
            draw = drawer.draw(kind, rng=rng)
            if draw is None:
                break
            texts = CodedTexts(
                names=tuple(map(str, range(len(draw.words)))),
                words=draw.words,
                vocabulary=known.vocabulary,
            )
            variant = _Variant(texts=texts, groups=tuple(groups), dropped=dropped)
            grid = run_grid(factors, _contrast_in(variant, settings=chosen, seed=seed))
            found.append(grid.share_positive)
    only = {"voice": "author"} if "author" in chosen.voice else {}
    if "cleaning" in result.factors:
        only["cleaning"] = result.cells["cleaning"].iloc[0]
    return with_draws(result, shares, only=only)


def _factors(settings: GridSettings) -> dict[str, tuple[Any, ...]]:
    """Return the levels of each factor."""
    names = ("voice", "noise", "without", "slice_length", "n_terms", "measure")
    return {name: getattr(settings, name) for name in names}


def _variant(tokens: pd.DataFrame, *, voices: Sequence[str], groups: Mapping[str, str]) -> _Variant:
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
    return _Variant(texts=texts, groups=named, dropped=dropped)


def _contrast_in(
    variant: _Variant, *, settings: GridSettings, seed: int
) -> Callable[[Mapping[str, Any]], float]:
    """Return the function that gives the contrast of a cell in these texts."""
    return lambda cell: _contrast(variant, cell=cell, settings=settings, seed=seed)


def _contrast(
    variant: _Variant, *, cell: Mapping[str, Any], settings: GridSettings, seed: int
) -> float:
    """Return the contrast of one cell; NaN where a text has fewer than two slices."""
    words = _spoilt(variant, where=cell["noise"], share=settings.noise_share, seed=seed)
    if min(map(len, words)) < 2 * cell["slice_length"]:
        return float("nan")
    percentages, groups = slice_percentages(
        words,
        n_vocabulary=len(variant.texts.vocabulary) + 1,
        slice_length=cell["slice_length"],
        n_terms=cell["n_terms"],
        without=np.append(
            variant.dropped[cell["without"]], np.int32(len(variant.texts.vocabulary))
        ),
    )
    square = square_of(
        percentages, groups, measure=cell["measure"], standardize=settings.standardize
    )
    return group_contrast(text_distances(square, groups, statistic="energy"), variant.groups)


def _spoilt(variant: _Variant, *, where: str, share: float, seed: int) -> list[Codes]:
    """Return the words with a share of them turned into a word that is never counted."""
    made = []
    for number, words in enumerate(variant.texts.words):
        hit = where == "all texts" or (
            where == "first group" and variant.groups[number] == variant.groups[0]
        )
        if hit:
            rng = np.random.default_rng([seed, number])
            words = np.where(
                rng.random(len(words)) < share, np.int32(len(variant.texts.vocabulary)), words
            ).astype(np.int32)
        made.append(words)
    return made
