"""The settings under which one contrast is asked again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.authors.checks import check_names, check_one_of, check_share, check_whole
from analysis.authors.function_words import AUXILIARIES, PRONOUNS
from analysis.authors.measures import MEASURES

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

    def factors(self) -> dict[str, tuple[Any, ...]]:
        """Return the levels of each factor."""
        names = ("voice", "noise", "without", "slice_length", "n_terms", "measure")
        return {name: getattr(self, name) for name in names}
