"""Whether a full stop ends a sentence, or belongs to a number, an abbreviation or an initial.

Most are plain. Behind a number, an abbreviation or an initial, a punkt that knows the abbreviations
and the words that begin sentences decides, after what is known of numbers and lists.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

# _ORTHO_LC marks a word known in lower case: with a capital, such a word begins a sentence.
from nltk.tokenize.punkt import _ORTHO_LC, PunktParameters, PunktSentenceTokenizer

from analysis.errors import InputError
from analysis.text.languages import LANGUAGES, Language

_INITIALISM = re.compile(r"[^\W\d_]{1,3}(?:\.[-‐‑]?[^\W\d_]{1,3})+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_LIST_NUMBER = re.compile(r"\d{1,3}|[IVXLC]+")


class _Abbreviations(set[str]):
    """The known abbreviations, and everything of the shape of an initialism: u.s.s.r, l.-o."""

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or bool(_INITIALISM.fullmatch(str(word)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What tells the stops of a language: words known, those that leave a stop in doubt, punkt."""

    language: Language
    doubtful: frozenset[str]
    punkt: PunktSentenceTokenizer


@lru_cache(maxsize=32)
def rules_of(abbreviations: frozenset[str], language: str) -> Rules:
    """Return the rules of a language with a punkt that knows its abbreviations."""
    known = LANGUAGES.get(language, Language())
    given = {part.rstrip(".").lower() for entry in abbreviations for part in entry.split() or [""]}
    if "" in given:
        raise InputError("abbreviations holds an empty string: remove it from the list.")
    seldom_end = _Abbreviations((known.seldom_end | given) - known.never_end)
    parameters = PunktParameters()
    parameters.abbrev_types = seldom_end
    for word in known.begin:
        parameters.add_ortho_context(word, _ORTHO_LC)
    return Rules(
        language=known,
        doubtful=frozenset(known.never_end | known.numbered | seldom_end),
        punkt=PunktSentenceTokenizer(parameters),
    )


def full_stop_ends(
    text: str, stop: re.Match[str], *, after: re.Match[str], rules: Rules, start: int
) -> bool:
    """Return whether the sentence that began at `start` ends at a full stop before `after`."""
    behind = text[max(start, stop.start() - 40) : stop.start()].split()
    token = behind[-1].lstrip("“‘„«\"'([{*—–―-").rpartition("—")[2] if behind else ""
    doubtful = len(token) < 2 or token.isdecimal() or "." in token
    if not doubtful and _last_part(token) not in rules.doubtful:
        return True
    begins = _begins(text, place=stop.start() - len(token), start=start)
    return _doubtful_stop_ends(stop, token=token, begins=begins, after=after, rules=rules)


def _doubtful_stop_ends(
    stop: re.Match[str], *, token: str, begins: str, after: re.Match[str], rules: Rules
) -> bool:
    """Return whether a stop behind a number, an abbreviation or an initial ends the sentence.

    `begins` says what the token begins: "sentence", "list item" or nothing.
    """
    word, known, language = after["word"], _last_part(token), rules.language
    if stop["tail"][-1:].isdecimal():
        return token.isdecimal()  # “No.3”, not a footnote mark
    if begins and (len(token) == 1 or _LIST_NUMBER.fullmatch(token)):
        return False
    if token.isdecimal():
        return True
    if known in language.never_end:
        return False
    next_character = after.string[after.end() : after.end() + 1]
    if known in language.numbered:
        pronoun = known == "no" and word == "I" and next_character not in ",.);:"
        if word[0].isdecimal() or (_ROMAN.fullmatch(word) and not pronoun):
            return known == "no" and begins == "sentence"
        if known not in language.seldom_end:
            return True
    if next_character == "." or (len(word) > 1 and word.isupper()):
        return False  # another initial (V. I. Lenin), or a word of a heading in capitals
    return bool(rules.punkt.text_contains_sentbreak(f"{token}. {word}"))


def _begins(text: str, *, place: int, start: int) -> str:
    """Return what a token at a place begins: the "sentence", a "list item" or nothing."""
    before = text[max(start, place - 12) : place].rstrip("“‘„«\"'([{* \n\t")
    if not before:
        return "sentence"
    return "list item" if before[-1] in ":;" else ""


def _last_part(token: str) -> str:
    """Return what may be an abbreviation in a compound: gen of Lieut.-Gen, yat-sen of Yat-sen."""
    last = token.rpartition("-")[2]
    return (last if last[:1].isupper() else token).lower()
