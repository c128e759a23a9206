"""Comparisons drawn from texts of known authors, in the shape of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.authors.reference import KnownAuthors, KnownText

Codes = NDArray[np.int32]

ALL_DIFFERENT = "all different"
ALL_SAME = "all same"
_TRIES = 30


@dataclass(frozen=True, kw_only=True, eq=False)
class Draw:
    """One comparison: its texts as word numbers, their authors, and what is true of it."""

    truth: str
    authors: tuple[str, ...]
    words: tuple[Codes, ...] = field(repr=False)


def odd(position: int) -> str:
    """Return the name of the truth that the text at this position alone is by another author."""
    return f"odd {position}"


class Drawer:
    """Draws comparisons of texts of given lengths; no source text is in two of them.

    Parameters
    ----------
    reference : KnownAuthors
    lengths : sequence of int
        Running words of each text.
    max_years : int or None
        All source texts of the authors of a draw lie within so many years; None for no limit, and
        authors without years are never limited.
    """

    def __init__(
        self, reference: KnownAuthors, *, lengths: Sequence[int], max_years: int | None
    ) -> None:
        self.lengths = tuple(lengths)
        self.max_years = max_years
        self._of: dict[str, list[KnownText]] = {}
        for text in reference.texts:
            self._of.setdefault(text.author, []).append(text)
        self._authors = sorted(self._of)
        self._eligible: dict[tuple[int, ...], list[str]] = {}

    def eligible(self, positions: Sequence[int]) -> list[str]:
        """Return the authors whose source texts fill these positions in one of a few random orders.

        Whole texts are dealt out, so that words enough are not always texts enough. Who could fill
        the positions in one order of hundreds alone is left out: his draws would all be the same.
        """
        key = tuple(positions)
        if key not in self._eligible:
            self._eligible[key] = [
                author
                for author in self._authors
                if self._assemble(author, key, rng=np.random.default_rng(0))
            ]
        return self._eligible[key]

    def roles(self, truth: str) -> list[tuple[int, ...]]:
        """Return the positions that one author fills, one entry an author of the draw."""
        every = range(len(self.lengths))
        if truth == ALL_DIFFERENT:
            return [(position,) for position in every]
        if truth == ALL_SAME:
            return [tuple(every)]
        alone = int(truth.removeprefix("odd "))
        return [(alone,), tuple(position for position in every if position != alone)]

    def draw(self, truth: str, *, rng: np.random.Generator) -> Draw | None:
        """Return one comparison of which this is true; None if the reference has none."""
        roles = self.roles(truth)
        pools = [self.eligible(positions) for positions in roles]
        for _ in range(50 * _TRIES):
            chosen = [pool[rng.integers(len(pool))] for pool in pools if pool]
            if len(chosen) < len(roles):
                return None
            if len(set(chosen)) < len(chosen) or not self._near(chosen):
                continue
            texts: dict[int, tuple[str, Codes]] = {}
            for author, positions in zip(chosen, roles, strict=True):
                made = self._assemble(author, positions, rng=rng)
                for position, words in zip(positions, made, strict=False):
                    texts[position] = (author, words)
            if len(texts) == len(self.lengths):
                ordered = [texts[position] for position in range(len(self.lengths))]
                return Draw(
                    truth=truth,
                    authors=tuple(author for author, _ in ordered),
                    words=tuple(words for _, words in ordered),
                )
        return None

    def _near(self, authors: Sequence[str]) -> bool:
        """Return whether all source texts of the authors lie within the years allowed."""
        years = [text.year for author in authors for text in self._of[author] if text.year]
        return not years or self.max_years is None or max(years) - min(years) <= self.max_years

    def _assemble(
        self, author: str, positions: Sequence[int], *, rng: np.random.Generator
    ) -> list[Codes]:
        """Return texts of the wanted lengths from source texts in random order; [] if too few."""
        longest_first = sorted(positions, key=lambda position: -self.lengths[position])
        sources = self._of[author]
        if sum(len(text.words) for text in sources) < sum(self.lengths[p] for p in positions):
            return []
        for _ in range(_TRIES):
            order = iter(rng.permutation(len(sources)).tolist())
            made: dict[int, Codes] = {}
            for position in longest_first:
                parts: list[Codes] = []
                while sum(map(len, parts)) < self.lengths[position]:
                    number = next(order, None)
                    if number is None:
                        break
                    parts.append(sources[number].words)
                else:
                    made[position] = np.concatenate(parts)[: self.lengths[position]]
            if len(made) == len(positions):
                return [made[position] for position in positions]
        return []
