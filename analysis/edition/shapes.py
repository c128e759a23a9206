"""What a piece of text looks like: capitals, a heading, an opening or a closing line."""

from __future__ import annotations

import re
import unicodedata

HEADING_WORDS = 14
_WORD = re.compile(r"[^\W\d_]+")
_CHAPTER = re.compile(
    r"(?i:chapter|part|book|section)\s+(?:(?i:[ivxlc]+)|\d+)\b(?!\s+[a-zà-öø-ÿ])[^\r\n]{0,80}"
)
_CLOSED = re.compile(r"[.?!…:;](?:[\s”’\"'»)\]*†‡]|\[\d+\]|[™%]|\d(?=\W*\Z))*\Z")


def same_words(text: str, other: str) -> bool:
    """Return whether two texts have the same words in the same order, case and marks aside."""
    return [_folded(word) for word in _WORD.findall(text)] == [
        _folded(word) for word in _WORD.findall(other)
    ]


def has_words_of(text: str, other: str) -> bool:
    """Return whether every word of a text, at least one, is a word of the other text."""
    words = {_folded(word) for word in _WORD.findall(text)}
    return bool(words) and words <= {_folded(word) for word in _WORD.findall(other)}


def is_in_capitals(text: str) -> bool:
    """Return whether a short text is set in capitals: a heading, as a rule."""
    words = _WORD.findall(text)
    letters = "".join(words)
    return (
        bool(letters)
        and len(words) <= HEADING_WORDS
        and letters == letters.upper() != letters.lower()
    )


def is_chapter_heading(text: str) -> bool:
    """Return whether a text is "Chapter IV" or the like, with or without a title behind it.

    The title may stand in a second line, without a stop; "Part 2 was lost" is none.
    """
    first, *others = text.strip().splitlines() or [""]
    titled = not others or (len(others) == 1 and not is_closed(others[0]))
    return titled and bool(_CHAPTER.fullmatch(first.strip()))


def opens_in_capitals(text: str) -> bool:
    """Return whether a paragraph begins with three or more words in capitals, as a section may."""
    words = [word for word in text[:80].split() if _WORD.search(word)][:3]
    return len(words) == 3 and all(word == word.upper() != word.lower() for word in words)


def is_closed(text: str) -> bool:
    """Return whether a text ends with a stop, apart from closing marks and a note's mark."""
    return bool(_CLOSED.search(text[-40:].rstrip()))


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKD", word).casefold()
