"""What counts as a word: three named rules, their spans in a text, and the term of a token.

The rules carry the names of the R package stylo (Eder, Rybicki and Kestemont 2016, The R Journal
8(1)), so that a study can say which one it used. No rule counts digits: ``1917`` is no word.

- ``English``: every run of letters. *don't* is *don*, *t*; *rank-and-file* is three words.
- ``English.contr``: contractions and possessives whole, compounds split.
- ``English.all``: contractions, possessives and compounds with a hyphen whole. The default.

Where they differ from stylo's functions txt.to.words and txt.to.words.ext, on purpose:

- A curly apostrophe joins as a straight one does (stylo joins at a straight one alone), and
  between any two letters (stylo only before t, s, d, m, ll, ve, em, im, re): *o'clock*,
  *O'Callaghan* and *d'Azur* are whole.
- A hyphen belongs to a word only between letters (stylo's English.all keeps *pre-* of *pre-1917*).
- All letters of Unicode count, with their combining marks (stylo's two longer rules know Latin
  letters to U+02AF only); a soft hyphen inside a word does not cut it.
- Terms hold an apostrophe (stylo writes ^ in its place).
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import regex

from analysis.errors import InputError

_LETTERS = r"\p{L}[\p{L}\p{M}]*"
# A soft hyphen and the joiners of Persian and Indic scripts are invisible: no rule cuts there.
_INVISIBLE = "\u00ad\u200c\u200d"
_APOSTROPHES = "'’"
_HYPHENS = "\\-\u2010\u2011"

WORD_RULES: Mapping[str, str] = MappingProxyType(
    {
        rule: f"{_LETTERS}(?:[{joiners}]{_LETTERS})*"
        for rule, joiners in {
            "English": _INVISIBLE,
            "English.contr": _INVISIBLE + _APOSTROPHES,
            "English.all": _INVISIBLE + _APOSTROPHES + _HYPHENS,
        }.items()
    }
)
"""The pattern of a word by the name of the rule, as nltk's RegexpTokenizer takes it."""

DEFAULT_WORD_RULE = "English.all"
"""The rule used where none is named."""

_TERM_CHARACTERS = {
    ord("’"): "'",
    ord("ʼ"): "'",
    ord("\u2010"): "-",
    ord("\u2011"): "-",
    ord("\u00ad"): None,
}


def word_spans(text: str, *, rule: str = DEFAULT_WORD_RULE) -> list[tuple[int, int]]:
    """Return the half-open spans of the words of a text, in order and without overlap.

    Each span begins and ends with a letter or a combining mark. An apostrophe or hyphen is in a
    span only between two letters, so a quotation mark never is; a dash never joins.

    Parameters
    ----------
    text : str
        Any text.
    rule : str
        A name in `WORD_RULES`.

    Raises
    ------
    InputError
        If there is no such rule.

    Notes
    -----
    The spans are those of ``nltk.tokenize.RegexpTokenizer(WORD_RULES[rule])``, whose engine runs
    here directly: its limit of five seconds a text would refuse a long one.
    """
    return [word.span() for word in _compiled(rule).finditer(text)]


def words_in(text: str, *, rule: str = DEFAULT_WORD_RULE) -> list[str]:
    """Return the words of a text as they stand there, in order, by the spans of `word_spans`."""
    return [word[0] for word in _compiled(rule).finditer(text)]


def normalise(token: str) -> str:
    """Return the term of a token: lower case, composed (NFC), one apostrophe, one hyphen.

    Curly apostrophes become ``'``, the hyphens U+2010 and U+2011 become ``-``, soft hyphens go.
    Lower case is `str.lower`, not case folding: *Straße* is *straße*. A term is its own term.
    """
    if token.isascii():
        return token.lower()
    composed = unicodedata.normalize("NFC", token.translate(_TERM_CHARACTERS))
    return unicodedata.normalize("NFC", composed.lower())


@lru_cache(maxsize=len(WORD_RULES))
def _compiled(rule: str) -> Any:
    """Return the compiled pattern of a rule (`regex` has no types of its own)."""
    if rule not in WORD_RULES:
        raise InputError(f"There is no word rule {rule!r}: use one of {', '.join(WORD_RULES)}.")
    return regex.compile(WORD_RULES[rule])
