"""Does the answer hang on a setting? One contrast under every combination of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.authors.checks import check_whole
from analysis.authors.coded import CodedTexts
from analysis.authors.draws import ALL_DIFFERENT, ALL_SAME, Drawer
from analysis.authors.reference import KnownAuthors, presidential_messages
from analysis.authors.sensitivity_cells import Variant, contrast_in, variant_of
from analysis.authors.sensitivity_settings import VOICES, WITHOUT, GridSettings
from analysis.kept import kept, key_of
from analysis.uncertainty.grid import GridResult, run_grid, with_draws

__all__ = ["GridSettings", "calibrate_sensitivity", "sensitivity"]


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
    contrasts = {
        (cleaning, voice): contrast_in(
            variant_of(table, voices=VOICES[voice], groups=groups), settings=chosen, seed=seed
        )
        for cleaning, table in tables.items()
        for voice in chosen.voice
    }
    factors = chosen.factors() | ({"cleaning": tuple(tables)} if len(tables) > 1 else {})

    def evaluate(cell: Mapping[str, Any]) -> float:
        key = (cell.get("cleaning", next(iter(tables))), cell["voice"])
        return contrasts[key](cell)

    return run_grid(factors, evaluate)


def calibrate_sensitivity(
    result: GridResult,
    reference: KnownAuthors | None = None,
    *,
    lengths: Sequence[int],
    groups: Sequence[str],
    settings: GridSettings | None = None,
    seed: int = 1,
    n_draws: int = 100,
    max_years: int | None = 35,
    keep: Path | str | None = None,
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
    keep : Path or str, optional
        A folder in which the shares of the draws are kept (`analysis.kept`).
    """
    check_whole(n_draws, name="n_draws")
    chosen = settings or GridSettings()
    known = reference if reference is not None else presidential_messages()
    drawn: dict[str, Any] = {
        "lengths": [int(length) for length in lengths],
        "groups": list(groups),
        "settings": chosen,
        "seed": seed,
        "n_draws": n_draws,
        "max_years": max_years,
    }
    shares = kept(
        partial(_shares_of_draws, known, **drawn),
        key=key_of("grid-draws", inputs={**drawn, "made_with": known.made_with}),
        folder=keep,
        classes={},
    )
    only = {"voice": "author"} if "author" in chosen.voice else {}
    if "cleaning" in result.factors:
        only["cleaning"] = result.cells["cleaning"].iloc[0]
    # Kept, an undefined share is nothing.
    defined = {kind: np.array(found, dtype=float).tolist() for kind, found in shares.items()}
    return with_draws(result, defined, only=only)


def _shares_of_draws(
    known: KnownAuthors,
    *,
    lengths: Sequence[int],
    groups: Sequence[str],
    settings: GridSettings,
    seed: int,
    n_draws: int,
    max_years: int | None,
) -> dict[str, list[float]]:
    """Return the share of positive cells of each draw, by kind of draw."""
    drawer = Drawer(known, lengths=lengths, max_years=max_years)
    coded = CodedTexts(names=(), words=(), vocabulary=known.vocabulary)
    dropped = {name: coded.numbers_of(terms) for name, terms in WITHOUT.items()}
    factors = {name: levels for name, levels in settings.factors().items() if name != "voice"}
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
            variant = Variant(texts=texts, groups=tuple(groups), dropped=dropped)
            grid = run_grid(factors, contrast_in(variant, settings=settings, seed=seed))
            found.append(grid.share_positive)
    return shares
