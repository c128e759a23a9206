"""Names as sequences of words, and finding them in a text: the longest at each place.

A name is compared word by word, case and all, with what stands between its words; an opening in
capitals (``NOBEL``) is the same word. The time is linear in the text: each word is looked up once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import regex

from analysis.errors import InputError

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_WRITTEN = re.compile(
    r"\s*(?:\[(?P<before>[^\[\]]+)\])?(?P<name>[^\[\]]+)(?:\[(?P<after>[^\[\]]+)\])?\s*"
)
_ONE_SHAPE = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00ad": None})
_SPACE = re.compile(r"\s+")

Label = TypeVar("Label")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A run of letters: ``text[start:end]``, composed (NFC); `gap` is what stands before it."""

    start: int
    end: int
    letters: str
    gap: str

    @property
    def capital(self) -> bool:
        """Return whether the word begins with a capital."""
        return self.letters[0].isupper()


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name: its words, what stands between them, and the words that must stand beside it.

    The name itself is ``words[first:last]``; `gaps` has the one before each word but the first.
    Names are the same whose words and gaps are, however they are written.
    """

    written: str = field(compare=False)
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    first: int
    last: int

    @property
    def own(self) -> tuple[str, ...]:
        """Return the words of the name without its context."""
        return self.words[self.first : self.last]


def words_of(text: str) -> list[Word]:
    """Return the runs of letters of a text with what stands between them, apostrophes alike."""
    words: list[Word] = []
    behind = 0
    for found in _WORD.finditer(text):
        letters = unicodedata.normalize("NFC", found.group())
        gap = _gap(text[behind : found.start()])
        words.append(Word(start=found.start(), end=found.end(), letters=letters, gap=gap))
        behind = found.end()
    return words


def read_name(written: str) -> Name:
    """Return a name as it is written in an index: ``Anna [and Karl Kraft]``.

    Raises
    ------
    InputError
        If it has no letters, or brackets that hold no context before or after the name.
    """
    parts = _WRITTEN.fullmatch(written)
    if parts is None:
        raise InputError(
            f"the name {written!r} has stray brackets; a context in square brackets stands before "
            "or after the name."
        )
    counts = [len(words_of(parts[part] or "")) for part in ("before", "name", "after")]
    if not counts[1]:
        raise InputError(f"the name {written!r} has no letters; write a name or take it out.")
    words = words_of(re.sub(r"[\[\]]", "", written))
    return Name(
        written=_SPACE.sub(" ", parts["name"]).strip(),
        words=tuple(word.letters for word in words),
        gaps=tuple(word.gap for word in words[1:]),
        first=counts[0],
        last=counts[0] + counts[1],
    )


def name_key(written: str) -> tuple[str, ...]:
    """Return the words of a name by which two spellings of it are the same."""
    return read_name(written).own


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit(Generic[Label]):
    """A name found: the words ``words[first:last]`` of a text, and what the name stands for."""

    first: int
    last: int
    name: Name
    label: Label


class NameFinder(Generic[Label]):
    """Finds names in the words of a text: the longest name first, then that with most context."""

    def __init__(self, names: Iterable[tuple[Name, Label]]) -> None:
        """Index the names by their first word, as it is and in capitals."""
        self._by_word: dict[str, list[tuple[Name, Label]]] = {}
        for name, label in names:
            first = name.own[0]
            for word in dict.fromkeys((first, first.upper())):
                self._by_word.setdefault(word, []).append((name, label))
        for entries in self._by_word.values():
            entries.sort(key=lambda entry: (-len(entry[0].own), -len(entry[0].words)))

    def at(self, words: Sequence[Word], place: int) -> Hit[Label] | None:
        """Return the name that begins with the word at a place, or None."""
        for name, label in self._by_word.get(words[place].letters, ()):
            if _stands(name, words, place=place):
                last = place + len(name.own)
                return Hit(first=place, last=last, name=name, label=label)
        return None

    def find(self, words: Sequence[Word]) -> Iterator[Hit[Label]]:
        """Yield the names in order, none inside another."""
        place = 0
        while place < len(words):
            hit = self.at(words, place)
            if hit is not None and not self._in_compound(words, hit):
                yield hit
                place = hit.last
            else:
                place += 1

    def _in_compound(self, words: Sequence[Word], hit: Hit[Label]) -> bool:
        """Return whether a hyphen ties the name to another word with a capital that is no name."""
        before, after = hit.first - 1, hit.last
        if hit.first and words[hit.first].gap == "-" and words[before].capital:
            return self.at(words, before) is None
        if after < len(words) and words[after].gap == "-" and words[after].capital:
            return self.at(words, after) is None
        return False


def _stands(name: Name, words: Sequence[Word], *, place: int) -> bool:
    """Return whether a name, with its context, stands in a text with its first word at a place."""
    start = place - name.first
    if start < 0 or start + len(name.words) > len(words):
        return False
    found = words[start : start + len(name.words)]
    return all(
        _same(word.letters, own) for word, own in zip(found, name.words, strict=True)
    ) and all(word.gap == gap for word, gap in zip(found[1:], name.gaps, strict=True))


def _same(word: str, own: str) -> bool:
    """Return whether a word of a text is that of a name, as it is or in capitals."""
    return word == own or (len(word) > 1 and word.isupper() and word == own.upper())


def _gap(between: str) -> str:
    """Return what stands between two words: a blank, or its marks without blanks."""
    one = between.translate(_ONE_SHAPE)
    return " " if one.isspace() else _SPACE.sub("", one)


def lower_words(texts: Iterable[str]) -> Mapping[str, int]:
    """Return how often each word of some texts stands there with a small initial."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in words_of(text):
            if word.letters[0].islower():
                counts[word.letters] = counts.get(word.letters, 0) + 1
    return counts
