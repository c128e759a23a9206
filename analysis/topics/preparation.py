"""What is counted before topics are fitted: stop words, names, rare and common terms, bigrams."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import CorpusError, InputError
from analysis.files import decode_utf8, read_bytes, sha256_of
from analysis.project import corpus_folder
from analysis.tables import check_table
from analysis.text.counts import TermCounts

STOPWORDS = "stopwords"
_REGISTER = "stopwords.toml"


@dataclass(frozen=True, kw_only=True)
class Stopwords:
    """A list of stop words, and what has to be said to cite it."""

    name: str
    language: str
    licence: str
    source: str
    sha256: str
    terms: frozenset[str] = field(repr=False)


def read_stopwords(name: str, *, corpus: Path | str | None = None) -> Stopwords:
    """Return a list of stop words of the corpus folder, its digest checked.

    Parameters
    ----------
    name : str
        A list in ``stopwords/stopwords.toml`` of the corpus folder, such as ``english``.
    corpus : Path or str, optional
        The corpus folder; that of the project found upward from here by default.

    Raises
    ------
    InputError
        If there is no such list.
    CorpusError
        If a file is missing, damaged or not the one that the digest is of.
    """
    folder = corpus_folder(corpus) / STOPWORDS
    register = folder / _REGISTER
    if not register.exists():
        raise CorpusError(
            f"{register} is not there; copy the folder {STOPWORDS} of the corpus that comes with "
            "Witness, or give the words themselves."
        )
    try:
        entries = tomllib.loads(
            decode_utf8(read_bytes(register, what="The list of stop word lists"), path=register)
        )
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{register} is no TOML ({error}); mend it.") from None
    if name not in entries:
        raise InputError(f"There is no stop word list {name!r}; {register} has {_names(entries)}.")
    entry = entries[name]
    for key in ("file", "language", "licence", "source", "sha256"):
        if key not in entry:
            raise CorpusError(f"The list {name!r} in {register} lacks {key!r}; add it.")
    path = folder / entry["file"]
    content = read_bytes(path, what="The stop word list")
    if sha256_of(content) != entry["sha256"]:
        raise CorpusError(
            f"{path} is not the file whose sha256 is in {register}; restore it, or write its "
            f"digest {sha256_of(content)} there."
        )
    lines = (
        line.partition("#")[0].strip() for line in decode_utf8(content, path=path).splitlines()
    )
    return Stopwords(
        name=name,
        language=entry["language"],
        licence=entry["licence"],
        source=entry["source"],
        sha256=entry["sha256"],
        terms=frozenset(line for line in lines if line),
    )


def keep_terms(
    counts: TermCounts,
    *,
    stopwords: Stopwords | Collection[str] = (),
    names: Collection[str] = (),
    min_passages: int = 1,
    max_share: float = 1.0,
    min_letters: int = 1,
) -> TermCounts:
    """Return the counts of the terms that are left; passages stay, even empty ones.

    Parameters
    ----------
    counts : TermCounts
    stopwords : Stopwords or collection of str
        Terms to leave out. A joined bigram goes only if all its words are in it.
    names : collection of str
        Further terms to leave out, such as names of persons; kept apart so that a study can say
        which it left out and why.
    min_passages : int
        A term is kept if at least so many passages have it.
    max_share : float
        A term is kept if at most this share of the passages that have words have it.
    min_letters : int
        A term is kept if it is at least so long.

    Raises
    ------
    InputError
        If a number is out of range, or no term is left.
    """
    if not 0 < max_share <= 1:
        raise InputError(f"max_share is {max_share!r}; give a share above 0, at most 1.")
    for what, value in (("min_passages", min_passages), ("min_letters", min_letters)):
        if value < 1:
            raise InputError(f"{what} is {value!r}; give a whole number from 1.")
    left_out = {*_listed(stopwords, what="stopwords"), *_listed(names, what="names")}
    in_passages = np.asarray((counts.matrix > 0).sum(axis=0)).ravel()
    with_words = int((np.asarray(counts.matrix.sum(axis=1)).ravel() > 0).sum())
    kept = [
        term
        for term, number in zip(counts.terms, in_passages.tolist(), strict=True)
        if min_passages <= number <= max_share * with_words
        and len(term) >= min_letters
        and not all(word in left_out for word in term.split(" "))
    ]
    if not kept:
        raise InputError(
            f"No term of {len(counts.terms)} is left with min_passages={min_passages} and "
            f"max_share={max_share}; ask for less."
        )
    return counts.select_terms(kept)


def replace_terms(tokens: pd.DataFrame, lemmas: Mapping[str, str]) -> pd.DataFrame:
    """Return the tokens with the terms of a table of lemmas replaced; others stay.

    Parameters
    ----------
    tokens : DataFrame
        With a column term.
    lemmas : mapping of str to str
        Term to lemma, from a table of one's own, so that every reduction can be read.
    """
    check_table(tokens, "tokens", columns=("term",))
    return tokens.assign(term=[lemmas.get(term, term) for term in tokens["term"]])


def join_bigrams(
    tokens: pd.DataFrame,
    *,
    min_count: int = 5,
    min_npmi: float = 0.4,
    stopwords: Stopwords | Collection[str] = (),
) -> pd.DataFrame:
    """Return the tokens with fixed pairs of words joined to one term, as ``central committee``.

    A pair is fixed if it occurs at least `min_count` times and its normalised pointwise mutual
    information (Bouma 2009; -1 never together, 0 by chance, 1 never apart) is at least `min_npmi`.
    Pairs are neighbours in one sentence and one voice; a pair with a stop word is never joined. Of
    overlapping pairs the first is joined. The joined token keeps the place of its first word and
    the second is left out, so these tokens are for counting, not for quoting.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    min_count : int
    min_npmi : float
        From -1 to 1.
    stopwords : Stopwords or collection of str
    """
    needed = ("passage_id", "token_index", "sentence_index", "term", "voice")
    check_table(tokens, "tokens", columns=needed)
    stop = _listed(stopwords, what="stopwords")
    terms = tokens["term"].tolist()
    units = list(zip(tokens["passage_id"], tokens["sentence_index"], tokens["voice"], strict=True))
    pairs = Counter(
        (terms[place], terms[place + 1])
        for place in range(len(terms) - 1)
        if units[place] == units[place + 1]
    )
    single = Counter(terms)
    fixed = {
        pair
        for pair, count in pairs.items()
        if count >= min_count
        and not stop & set(pair)
        and _npmi(count, alone=(single[pair[0]], single[pair[1]]), total=len(terms)) >= min_npmi
    }
    kept, place = [], 0
    while place < len(terms):
        kept.append(place)
        together = place + 1 < len(terms) and units[place] == units[place + 1]
        if together and (terms[place], terms[place + 1]) in fixed:
            terms[place] = f"{terms[place]} {terms[place + 1]}"
            place += 1
        place += 1
    return tokens.assign(term=terms).iloc[kept].reset_index(drop=True)


def _npmi(together: int, *, alone: tuple[int, int], total: int) -> float:
    """Return the normalised pointwise mutual information of two neighbours."""
    shared = together / total
    return (
        float(np.log(together * total / (alone[0] * alone[1])) / -np.log(shared))
        if shared < 1
        else 1.0
    )


def _listed(terms: Stopwords | Collection[str], *, what: str) -> frozenset[str]:
    """Return the terms as a set."""
    if isinstance(terms, Stopwords):
        return terms.terms
    if isinstance(terms, str):
        raise InputError(f"{what} must be a list of terms: write [{terms!r}].")
    return frozenset(terms)


def _names(entries: Mapping[str, object]) -> str:
    """Return the names of the lists in prose."""
    return ", ".join(entries) or "none"
