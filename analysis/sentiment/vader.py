"""VADER by sentence, through its own code, which reads each kind of surrounding once.

What a word is worth to VADER depends on its own value, the three words before it, the two after
it, and whether its sentence mixes words in capitals with others; much of that is alike from
sentence to sentence (`analysis.sentiment.vader_words`). So its own code values a word once for
each such surrounding, and its own code makes a compound of the values. Sentences with anything
that it treats as a whole (emoji, exclamation marks) go through it whole.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.sentiment.lexicons import read_lexicon
from analysis.sentiment.vader_words import (
    BEFORE,
    BLIND_WORD,
    NO_WORD,
    Codes,
    Flags,
    WordsAsSeen,
)
from analysis.tables import check_table


@lru_cache(maxsize=1)
def _analyser() -> Any:
    """Return VADER's own analyser, after its lexicon's digest was checked."""
    read_lexicon("vader")
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


@lru_cache(maxsize=1)
def _one_word() -> Any:
    """Return VADER's own analyser that values the word at its ``place`` and gives that value."""
    own = type(_analyser())

    def valence_here(self: Any, *told: Any) -> Any:
        """Return VADER's valence where it is asked for, and no time spent elsewhere."""
        *_, place, valences = told
        return own.sentiment_valence(self, *told) if place == self.place else [*valences, 0.0]

    return type(
        "OneWord",
        (own,),
        {
            "sentiment_valence": valence_here,
            "score_valence": lambda self, valences, text: valences[self.place],
        },
    )()


@lru_cache(maxsize=100_000)
def word_valence(words: tuple[str, ...], place: int) -> float:
    """Return what VADER's own code gives the word at this place.

    The word that is added lies beyond what it looks at. In small letters, it makes a word in
    capitals stand out, as it does in the sentence that it is from.
    """
    analyser = _one_word()
    analyser.place = place
    return float(analyser.polarity_scores(" ".join((*words, BLIND_WORD))))


@lru_cache(maxsize=100_000)
def whole_compound(total: float) -> float:
    """Return VADER's compound of words whose valences add up to this, without marks."""
    return float(_analyser().score_valence([total], "")["compound"])


@lru_cache(maxsize=100_000)
def after_but(valences: tuple[float, ...], before: int) -> tuple[float, ...]:
    """Return valences as VADER's own code weighs them, so many of them before the first *but*.

    Words worth 0 stay so wherever they stand: they need not be told.
    """
    words = [BLIND_WORD] * (len(valences) + 1)
    words[before] = "but"
    return tuple(_analyser()._but_check(words, [*valences[:before], 0.0, *valences[before:]]))


def mean_compounds(
    tokens: pd.DataFrame, *, group: np.ndarray, matched: np.ndarray, blind: np.ndarray
) -> np.ndarray:
    """Return the mean over its sentences of VADER's compound for each group, -1 to 1.

    A sentence is the tokens of one group with one sentence_index, joined by spaces, with straight
    apostrophes (VADER knows *don't* with these alone). A sentence without a word of VADER's
    lexicon has the compound 0, as its own code gives it.

    Parameters
    ----------
    tokens : DataFrame
        With the columns token and sentence_index, in reading order.
    group : array of int
        The group of each token, 0 to n - 1.
    matched, blind : array of bool
        Whether a token is in VADER's lexicon, and whether it is masked.

    Returns
    -------
    array of float
        One value a group.
    """
    check_table(tokens, "tokens", columns=("token", "sentence_index"))
    if not len(tokens):
        return np.zeros(0)
    index = tokens["sentence_index"].to_numpy(dtype=np.int64)
    sentence, keys = pd.factorize(group * (index.max() + 1) + index)
    order = np.argsort(sentence, kind="stable")
    codes, distinct = pd.factorize(tokens["token"])
    spelt = [str(word).replace("’", "'") for word in distinct.tolist()]
    codes = np.where(blind, len(spelt), codes)[order]
    compound = sentence_compounds(
        [*spelt, BLIND_WORD], codes=codes, sentence=sentence[order], matched=matched[order]
    )
    group_of = np.asarray(keys) // (index.max() + 1)
    return np.asarray(np.bincount(group_of, weights=compound) / np.bincount(group_of))


def sentence_compounds(
    spelt: list[str], *, codes: Codes, sentence: Codes, matched: Flags
) -> NDArray[np.float64]:
    """Return VADER's compound of each sentence.

    ``codes`` says which of the words ``spelt`` stands where, ``sentence`` (0 and up, in order) in
    which sentence. A sentence in which no word is ``matched`` has the compound 0.
    """
    words = WordsAsSeen.of(spelt, analyser=_analyser())
    sizes = np.bincount(sentence)
    spoken = np.bincount(sentence[matched], minlength=len(sizes)) > 0
    whole = np.bincount(sentence[words.whole[codes]], minlength=len(sizes)) > 0
    capitals = np.bincount(sentence[words.capital[codes]], minlength=len(sizes))
    mixed = (capitals > 0) & (capitals < sizes)
    starts = np.cumsum(sizes) - sizes
    compound = np.zeros(len(sizes))
    for place in np.flatnonzero(spoken & whole):
        text = " ".join(spelt[code] for code in codes[starts[place] :][: sizes[place]])
        compound[place] = _analyser().polarity_scores(text)["compound"]
    at = np.flatnonzero(words.valued[codes] & (spoken & ~whole)[sentence])
    around = words.around(at, codes=codes, sentence=sentence, mixed=mixed)
    valences = _valences(around, names=words.names)
    buts = np.flatnonzero(words.but[codes])
    but = dict(zip(sentence[buts[::-1]].tolist(), buts[::-1].tolist(), strict=True))
    owner, first = np.unique(sentence[at], return_index=True)
    bounds = [*first.tolist(), len(at)]
    compounds = []
    for number, place in enumerate(owner.tolist()):
        part = slice(bounds[number], bounds[number + 1])
        own = valences[part]
        if place in but:
            before = int(np.searchsorted(at[part], but[place]))
            own = list(after_but(tuple(own), before))
        # The same sum as its own code makes, of the same numbers in the same order.
        compounds.append(whole_compound(float(sum(own))))
    compound[owner] = compounds
    return compound


def _valences(around: Codes, *, names: tuple[str, ...]) -> list[float]:
    """Return the valence of the word at each place, asking once for each distinct surrounding."""
    key = np.zeros(len(around), dtype=np.int64)
    for column in around.T:
        key = pd.factorize(key * (len(names) + 1) + column + 1)[0]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    values = [
        word_valence(
            tuple(names[code] for code in row if code != NO_WORD),
            sum(code != NO_WORD for code in row[:BEFORE]),
        )
        for row in around[first].tolist()
    ]
    return [values[number] for number in which.tolist()]
