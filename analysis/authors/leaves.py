"""The leaves of a tree: texts, or the halves of long ones; sets of leaves are bits of a number."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.authors.coded import CodedTexts, Codes
from analysis.errors import InputError


def leaves_of(
    texts: CodedTexts, *, half_words: int | None
) -> tuple[tuple[str, ...], list[Codes], list[int]]:
    """Return the names, the words and the text of each leaf."""
    names: list[str] = []
    leaves: list[Codes] = []
    owners: list[int] = []
    for owner, (name, words) in enumerate(zip(texts.names, texts.words, strict=True)):
        if half_words is not None and len(words) >= 2 * half_words:
            middle = len(words) // 2
            names += [f"{name} a", f"{name} b"]
            leaves += [words[:middle], words[middle:]]
            owners += [owner, owner]
        else:
            names.append(name)
            leaves.append(words)
            owners.append(owner)
    return tuple(names), leaves, owners


def bits(mask: int) -> list[int]:
    """Return the leaves of a set."""
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def check_leaves(names: Sequence[str], *, leaves: Sequence[Codes], passage_words: int) -> None:
    """Raise an InputError for too few leaves, or one that is too short."""
    if len(names) < 3:
        raise InputError(
            f"A tree needs three leaves, and there are {len(names)}; add a text, or take halves "
            "of long texts with half_words."
        )
    for name, words in zip(names, leaves, strict=True):
        if len(words) < 2 * passage_words:
            raise InputError(
                f"{name} has {len(words)} running words, fewer than two passages of "
                f"{passage_words}; leave it out or take shorter passages."
            )
