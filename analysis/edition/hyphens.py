"""Words cut at a line's end: is the hyphen the printer's, to be taken out, or the word's own.

What decides is a list of words (the dictionary) and what the corpus writes where no line ends.
Where neither knows the word, the hyphen is kept and the cut is doubtful, to be settled by hand: a
guess would put words into the text that nobody has seen.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Literal

from analysis.errors import InputError
from analysis.files import sha256_of

Decision = Literal["joined", "kept", "doubtful"]
Evidence = Literal["corpus", "dictionary", "capital", "no letters", "none"]

_HYPHEN = "[-\u2010]"
_WORD = re.compile(rf"[^\W\d_]+(?:(?:['’]|{_HYPHEN})[^\W\d_]+)*")
# From the beginning of the word before a line-end hyphen to the end of the next line's first word.
_CUT = re.compile(rf"(?<![^\s—–])[^\s—–]*\w{_HYPHEN}[^\S\n]*\n\s*[^\s—–]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class HyphenBreak:
    """A word cut at a line's end: what stands before the hyphen and what begins the next line.

    `left` and `right` are the parts of the word alone, without the hyphen, punctuation or
    quotation marks, and with the corrections that lie in them: "photog" and "rapher".
    """

    left: str
    right: str

    def __post_init__(self) -> None:
        """Refuse what is no word cut in two."""
        if not self.left or not self.right:
            raise InputError(
                f"A cut word has two parts, not {self.left!r} and {self.right!r}: "
                "leave out hyphens without a word on both sides."
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class HyphenDecision:
    """What becomes of a hyphen at a line's end, and what decided it.

    `decision` is "joined" (the hyphen goes), "kept", or "doubtful", which is kept and to be listed
    for the reader. `evidence` is "corpus" (the word stands so elsewhere), "dictionary", "capital"
    (a capital follows a small letter: *anti-Soviet*), "no letters" (*1925-1926*), or "none".
    """

    left: str
    right: str
    decision: Decision
    evidence: Evidence

    @property
    def word(self) -> str:
        """Return the word as it stands after the decision."""
        return self.left + self.right if self.decision == "joined" else f"{self.left}-{self.right}"


@dataclass(frozen=True, kw_only=True, slots=True)
class WordList:
    """The words of a language in lower case, and where they are from; empty where there is none."""

    language: str
    words: frozenset[str] = field(repr=False)
    source: str
    licence: str
    sha256: str


@lru_cache(maxsize=4)
def read_word_list(language: str) -> WordList:
    """Return the words of a language that come with pyspellchecker; none for another language.

    English has 160,000 words, without hyphens, most of them American spellings, with many names.
    The lists come from film subtitles; of the other languages none was tried on a text. Nothing is
    fetched: they are files of the package, and `sha256` is the digest of the one that was read.

    Parameters
    ----------
    language : str
        A code as in the table of documents: ``en``, or ``en-GB`` (the part after the hyphen is not
        looked at).
    """
    code = language.lower().partition("-")[0]
    path = files("spellchecker") / "resources" / f"{code}.json.gz"
    if not re.fullmatch("[a-z]+", code) or not path.is_file():
        return WordList(language=code, words=frozenset(), source="none", licence="", sha256="")
    content = path.read_bytes()
    return WordList(
        language=code,
        words=frozenset(json.loads(gzip.decompress(content))),
        source=f"pyspellchecker {version('pyspellchecker')}, {path.name}",
        licence="MIT",
        sha256=sha256_of(content),
    )


def count_whole_words(text: str) -> Counter[str]:
    """Return how often each word stands whole in a text, compounds with their hyphens.

    Words are in lower case with straight apostrophes. Both parts of a word that is cut at a line's
    end are left out: they say nothing of how the text writes the word. Where a page ends between
    them, what begins the next line (a folio, a note) is taken for the second part.
    """
    return Counter(_term(word) for word in _WORD.findall(_CUT.sub(" ", text)))


def decide_hyphens(
    breaks: Sequence[HyphenBreak], *, vocabulary: Mapping[str, int], dictionary: Collection[str]
) -> list[HyphenDecision]:
    """Return, for each cut word in the given order, whether its hyphen goes, stays or is doubtful.

    The order of evidence: a hyphen that the corpus itself writes more often than the word in one
    (*counter-revolution*, which dictionaries join); a capital after a small letter; the dictionary;
    the word in one elsewhere in the corpus. The dictionary is asked without accents too.

    Parameters
    ----------
    breaks : sequence of HyphenBreak
        The cut words.
    vocabulary : mapping of str to int
        How often each word stands whole in the corpus, as `count_whole_words` counts.
    dictionary : collection of str
        Words in lower case, as `read_word_list` gives; may be empty.

    Notes
    -----
    Known bias: a compound that was cut at its own hyphen is joined where the dictionary has it in
    one word and the corpus does not show its hyphen elsewhere (*hard-working*). Of the 181
    compounds of the three texts that come with the project, the English list would join 42.
    """
    return [_decide(cut, vocabulary=vocabulary, dictionary=dictionary) for cut in breaks]


def _decide(
    cut: HyphenBreak, *, vocabulary: Mapping[str, int], dictionary: Collection[str]
) -> HyphenDecision:
    """Return the decision on one cut word."""

    def decided(decision: Decision, evidence: Evidence) -> HyphenDecision:
        return HyphenDecision(left=cut.left, right=cut.right, decision=decision, evidence=evidence)

    if not (cut.left[-1].isalpha() and cut.right[0].isalpha()):
        return decided("kept", "no letters")
    joined, parted = cut.left + cut.right, f"{cut.left}-{cut.right}"
    n_joined, n_parted = (
        _count(joined, vocabulary=vocabulary),
        _count(parted, vocabulary=vocabulary),
    )
    if n_parted > n_joined:
        return decided("kept", "corpus")
    if cut.left[-1].islower() and cut.right[0].isupper():
        return decided("joined", "corpus") if n_joined > n_parted else decided("kept", "capital")
    if _in_dictionary(joined, dictionary=dictionary):
        return decided("joined", "dictionary")
    if _in_dictionary(parted, dictionary=dictionary):
        return decided("kept", "dictionary")
    if n_joined > n_parted:
        return decided("joined", "corpus")
    return decided(*_by_member(cut, vocabulary=vocabulary, dictionary=dictionary))


def _by_member(
    cut: HyphenBreak, *, vocabulary: Mapping[str, int], dictionary: Collection[str]
) -> tuple[Decision, Evidence]:
    """Return the decision by the member that is cut of a compound: *determination* after *self-*.

    Only where one side of the cut is no word: *day-to-* and *day* are cut between two members.
    """
    left, right = cut.left.rpartition("-")[2], cut.right.partition("-")[0]
    if (left, right) == (cut.left, cut.right):
        return "doubtful", "none"
    if all(
        _in_dictionary(part, dictionary=dictionary) or _count(part, vocabulary=vocabulary)
        for part in (left, right)
    ):
        return "doubtful", "none"
    if _in_dictionary(left + right, dictionary=dictionary):
        return "joined", "dictionary"
    if _count(left + right, vocabulary=vocabulary):
        return "joined", "corpus"
    return "doubtful", "none"


def _term(word: str) -> str:
    """Return a word in lower case, composed, with straight apostrophes and plain hyphens."""
    plain = word.replace("’", "'").replace("\u2010", "-")
    return unicodedata.normalize("NFC", plain).lower()


def _count(word: str, *, vocabulary: Mapping[str, int]) -> int:
    """Return how often a word stands in the corpus, with or without the possessive ending."""
    stem = _term(word).removesuffix("'s")
    return vocabulary.get(stem, 0) + vocabulary.get(f"{stem}'s", 0)


def _in_dictionary(word: str, *, dictionary: Collection[str]) -> bool:
    """Return whether the dictionary has a word, with or without accents and possessive ending."""
    term = _term(word)
    decomposed = unicodedata.normalize("NFD", term)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return any(
        form.removesuffix("'s") in dictionary or form in dictionary for form in (term, plain)
    )
