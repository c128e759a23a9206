"""Words as VADER sees them: which of them are alike to it before, at and after the word it values.

Of a word before another, its rules ask whether it is in its lexicon, in its list of boosters (and
what it boosts by), a negation, or named in its functions and phrases; of a word after, whether it
is in the lexicon (after *no* alone) or named. Words that answer alike stand for each other. No
value is made here: each comes from VADER's own code (`analysis.sentiment.vader`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

BLIND_WORD = "thing"
"""A word in none of VADER's lists: what a masked word is for it."""

UNSEEN = (BLIND_WORD, BLIND_WORD, BLIND_WORD)
"""What stands for a word in none of its lists before, at and after a word that is valued."""

BEFORE, AFTER = 3, 2
"""How many words before and after a word VADER looks at."""

NO_WORD = -1
"""The code of a place beyond the sentence."""

SPELT_OUT = "no or nor least at very never so this without doubt kind of"
"""Words that VADER's functions name."""


@dataclass(frozen=True, kw_only=True, eq=False)
class WordsAsSeen:
    """Distinct words as VADER sees them, one row a word.

    ``whole``: its sentence goes through VADER whole. ``but``: it is this word. ``valued``: it is
    in the lexicon. ``capital``: it is in capitals. ``stands_in``: places in ``names`` of the word
    that stands for it before, at and after a word that is valued (second axis), in small letters
    and as its capitals are written (third axis).
    """

    whole: Flags
    but: Flags
    valued: Flags
    capital: Flags
    stands_in: Codes
    names: tuple[str, ...]

    @classmethod
    def of(cls, spelt: list[str], *, analyser: Any) -> WordsAsSeen:
        """Return what VADER sees of each word, stripped by its own code."""
        from vaderSentiment.vaderSentiment import SentiText

        rules = _rules()
        emoji = frozenset(analyser.emojis)
        names, kinds = {BLIND_WORD: 0}, {(UNSEEN, False): 0}
        whole, low, capital, kind = [], [], [], []
        for word in spelt:
            bare = SentiText._strip_punc_if_word(word)
            low.append(bare.lower())
            capital.append(bare.isupper())
            # None of its emoji is ASCII, and most words are.
            strange = not word.isascii() and not emoji.isdisjoint(word)
            whole.append(strange or "!" in word or "?" in word or len(word.split()) != 1)
            roles = rules.roles(low[-1])
            seen = (roles, capital[-1] and roles is not UNSEEN)
            kind.append(kinds.setdefault(seen, len(kinds)))
        shown = [
            [[names.setdefault(name, len(names)) for name in _as_written(role, loud)]
             for role in roles]
            for roles, loud in kinds
        ]  # fmt: skip
        return cls(
            whole=np.array(whole, dtype=bool),
            but=np.array([word == "but" for word in low], dtype=bool),
            valued=np.array([word in rules.lexicon for word in low], dtype=bool),
            capital=np.array(capital, dtype=bool),
            stands_in=np.array(shown)[kind],
            names=tuple(names),
        )

    def around(self, at: Codes, *, codes: Codes, sentence: Codes, mixed: Flags) -> Codes:
        """Return what stands for the words around each place, NO_WORD beyond its sentence.

        ``mixed`` says of each sentence whether it mixes words in capitals with others.
        """
        found = np.full((len(at), BEFORE + 1 + AFTER), NO_WORD, dtype=np.int64)
        written = mixed[sentence[at]].astype(np.int64)
        for column, step in enumerate(range(-BEFORE, AFTER + 1)):
            there = np.clip(at + step, 0, len(codes) - 1)
            inside = (there == at + step) & (sentence[there] == sentence[at])
            role = 1 + int(np.sign(step))
            found[inside, column] = self.stands_in[codes[there[inside]], role, written[inside]]
        return self._bare(self._without_loose(found))

    def _bare(self, found: Codes) -> Codes:
        """Return the surroundings with words blind that make no difference there.

        Whether a word stands after it, and is in the lexicon, matters to "no" alone; whether one
        that is in the lexicon or none at all stands before it, beside named words alone.
        """
        rules = _rules()
        low = [name.lower() for name in self.names]
        # One entry more stands for NO_WORD, which is -1.
        empty = np.array([*(name == rules.lexical for name in low), True])
        named = np.array([*(name in rules.named for name in low), False])
        no = np.array([*(name == "no" for name in low), False])
        bare = found.copy()
        before, after = bare[:, :BEFORE], bare[:, BEFORE + 1 :]
        after[empty[after] & ~no[found[:, [BEFORE]]]] = 0
        before[empty[before] & ~named[found].any(axis=1, keepdims=True)] = 0
        return bare

    def _without_loose(self, found: Codes) -> Codes:
        """Return the surroundings with words of phrases (*the*, *to*) blind where no phrase is."""
        rules = _rules()
        low = [name.lower() for name in self.names]
        # One entry more stands for NO_WORD, which is -1.
        loose = np.array([*(name in rules.loose for name in low), False])
        spots = sorted({word for pair in rules.pairs for word in pair})
        spot = np.array([*(spots.index(n) if n in spots else len(spots) for n in low), len(spots)])
        paired = np.zeros((len(spots) + 1, len(spots) + 1), dtype=bool)
        for one, other in rules.pairs:
            paired[spots.index(one), spots.index(other)] = True
        beside = paired[spot[found[:, :-1]], spot[found[:, 1:]]]
        kept = np.zeros(found.shape, dtype=bool)
        kept[:, :-1] |= beside
        kept[:, 1:] |= beside
        return np.where(loose[found] & ~kept, 0, found)


def _as_written(name: str, loud: bool) -> tuple[str, str]:
    """Return what stands for a word, in small letters and as a word in capitals is written."""
    return name, name.upper() if loud and name != BLIND_WORD else name


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rules:
    """VADER's lists, and the word that stands for each kind of words."""

    lexicon: dict[str, float]
    boosters: dict[str, float]
    negations: frozenset[str]
    named: frozenset[str]
    loose: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    of_value: dict[float, str]
    of_boost: dict[float, str]
    lexical: str

    def roles(self, low: str) -> tuple[str, str, str]:
        """Return what stands for a word (small letters) before, at and after a word valued."""
        if low in self.named:
            return low, low, low
        if low in self.lexicon:
            at = low if low in self.boosters else self.of_value.get(self.lexicon[low], low)
            return self.lexical, at, self.lexical
        if low in self.boosters:
            return self.of_boost[self.boosters[low]], low, BLIND_WORD
        negates = low in self.negations or "n't" in low
        return ("not", BLIND_WORD, BLIND_WORD) if negates else UNSEEN


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    """Return VADER's lists as they are in its package."""
    from vaderSentiment import vaderSentiment as own

    lexicon = own.SentimentIntensityAnalyzer().lexicon
    phrases = [*own.SPECIAL_CASES, *(phrase for phrase in own.BOOSTER_DICT if " " in phrase)]
    named = frozenset(word for phrase in (*phrases, SPELT_OUT) for word in phrase.split())
    pairs = {two for phrase in (*phrases, "at least") for two in pairwise(phrase.split())}
    listed = {*lexicon, *own.BOOSTER_DICT, *own.NEGATE, *SPELT_OUT.split()} - {"at", "of"}
    plain = [
        word for word in lexicon
        if word.isalpha() and word.isascii() and len(word) > 2
        and word not in named and word not in own.BOOSTER_DICT and word not in own.NEGATE
    ]  # fmt: skip
    return _Rules(
        lexicon=lexicon,
        boosters=own.BOOSTER_DICT,
        negations=frozenset(own.NEGATE),
        named=named,
        loose=named - listed,
        pairs=frozenset(pairs),
        of_value={lexicon[word]: word for word in reversed(plain)},
        of_boost={
            boost: word
            for word, boost in own.BOOSTER_DICT.items()
            if " " not in word and word not in named and word not in lexicon
        },
        lexical=plain[0],
    )
