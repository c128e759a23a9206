"""Who is spoken of: mentions of persons counted by author and by whose words they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.errors import InputError
from analysis.results import Shown
from analysis.tables import LAYERS, RUNNING_LAYERS, check_table
from analysis.text.persons_index import PersonIndex, read_persons
from analysis.text.words import word_spans

WHOSE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"author": ("author", "author_earlier"), "others": ("other",)}
)
"""Whose words: the author's own, of now and earlier, and those that he quotes."""

COLUMNS = (
    "group",
    "whose",
    "person_id",
    "name",
    "n_mentions",
    "n_words",
    "n_words_group",
    "per_1000_words",
)
_NEEDED = ("doc_id", "person_id", "role", "layer", "voice")


@dataclass(frozen=True, kw_only=True, eq=False)
class SpokenOf(Shown):
    """How often each person is named, by author and by whose words name him.

    Attributes
    ----------
    table : DataFrame
        One row a group, whose words, and person: group, whose (``author``, ``others``), person_id,
        name, n_mentions, n_words (of those words), n_words_group (of the group in all), and
        per_1000_words: the mentions in 1,000 words of the group in all, so that the rates of a
        person's rows add up. Persons stand in the order of the mean of their rates over the
        groups, the highest first.
    n_persons : int
        How many persons are shown.
    n_named : int
        How many are named at all in those words.
    n_open : int
        Mentions of nobody in particular, which are in no row.
    by : str
        What a group is.
    layers : tuple of str
    reason : str
        Why a rate is NaN; empty where none is.
    """

    table: pd.DataFrame
    n_persons: int
    n_named: int
    n_open: int
    by: str
    layers: tuple[str, ...]
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return the table with rates rounded to 6 decimals."""
        return self.table.round({"per_1000_words": 6})


def spoken_of(
    mentions: pd.DataFrame,
    corpus: Corpus,
    *,
    persons: PersonIndex | None = None,
    n_persons: int = 20,
    by: Literal["author", "doc_id"] = "author",
    layers: Collection[str] = RUNNING_LAYERS,
) -> SpokenOf:
    """Return how often persons are named in 1,000 running words, by author and whose words.

    The persons are those whose rate, averaged over the groups so that a long text does not choose
    them alone, is the highest. Names that only say who speaks in minutes (`role` label) are not
    counted. The rates describe these texts as they are and infer nothing: they are counts of all
    mentions, not of a sample, and a person is spoken of far more often than named, by pronouns.

    Parameters
    ----------
    mentions : DataFrame
        What `find_mentions` returns, or some of its rows.
    corpus : Corpus
        The corpus that they are of, for the running words.
    persons : PersonIndex, optional
        That of the corpus folder if not given, for the names.
    n_persons : int
        How many persons, from 1.
    by : {"author", "doc_id"}
        What makes a group.
    layers : collection of str
        Which layers are counted, words and mentions alike; the running text if not given.

    Raises
    ------
    InputError
        If `by`, a layer or `n_persons` makes no sense, or a person is not in the index.
    """
    if by not in ("author", "doc_id"):
        raise InputError(f"There is no grouping by {by!r}; use author or doc_id.")
    if n_persons < 1:
        raise InputError(f"n_persons is {n_persons}; give a number from 1.")
    for layer in layers:
        if layer not in LAYERS:
            raise InputError(f"There is no layer {layer!r}; use some of {', '.join(LAYERS)}.")
    check_table(mentions, "mentions", columns=_NEEDED)
    index = read_persons(corpus.folder) if persons is None else persons
    groups = {
        text.doc_id: text.source.author if by == "author" else text.doc_id for text in corpus.texts
    }
    unknown = sorted(set(mentions["doc_id"].dropna()) - set(groups))
    if unknown:
        raise InputError(f"The mentions are of {unknown[0]!r}, which is no text of this corpus.")
    words = _words(corpus, groups=groups, layers=layers)
    counted = mentions[(mentions["role"] != "label") & mentions["layer"].isin(list(layers))]
    counted = counted.assign(
        group=counted["doc_id"].map(groups), whose=counted["voice"].map(_whose())
    ).dropna(subset=["whose"])
    named = counted.dropna(subset=["person_id"])
    counts = Counter(zip(named["group"], named["whose"], named["person_id"], strict=True))
    ranked = _ranked(counts, words=words)
    table = _table(ranked[:n_persons], counts=counts, words=words, index=index)
    empty = sorted(group for group, n in _sizes(words).items() if not n)
    return SpokenOf(
        table=table,
        n_persons=min(n_persons, len(ranked)),
        n_named=len(ranked),
        n_open=len(counted) - len(named),
        by=by,
        layers=tuple(layers),
        reason=f"There are no words of {', '.join(empty)} in these layers." if empty else "",
    )


def _whose() -> dict[str, str]:
    """Return whose words a voice's are."""
    return {voice: whose for whose, voices in WHOSE.items() for voice in voices}


Words = Mapping[tuple[str, str], int]
Counts = Mapping[tuple[str, str, str], int]


def _words(corpus: Corpus, *, groups: Mapping[str, str], layers: Collection[str]) -> Words:
    """Return the running words of each group and whose they are, by voice."""
    whose = _whose()
    words = {(group, who): 0 for group in groups.values() for who in WHOSE}
    for text in corpus.texts:
        for one in text.paragraphs:
            if one.layer not in layers:
                continue
            for start, _ in word_spans(one.paragraph.placed.text):
                who = whose.get(one.at(start).voice)
                if who is not None:
                    words[groups[text.doc_id], who] += 1
    return words


def _sizes(words: Words) -> dict[str, int]:
    """Return the running words of each group, whosever they are."""
    sizes: dict[str, int] = {}
    for (group, _), n in words.items():
        sizes[group] = sizes.get(group, 0) + n
    return sizes


def _ranked(counts: Counts, *, words: Words) -> list[str]:
    """Return the persons by the mean over the groups of their rate in all words, highest first."""
    sizes = _sizes(words)
    means: dict[str, float] = {}
    for (group, _, person), n in counts.items():
        means[person] = means.get(person, 0.0) + n / sizes[group] / len(sizes)
    return sorted(means, key=lambda person: (-round(means[person], 12), person))


def _table(
    chosen: Collection[str], *, counts: Counts, words: Words, index: PersonIndex
) -> pd.DataFrame:
    """Return a row for each group, whose words, and chosen person."""
    sizes = _sizes(words)
    rows = [
        {
            "group": group,
            "whose": whose,
            "person_id": person,
            "name": index.person(person).name,
            "n_mentions": counts.get((group, whose, person), 0),
            "n_words": n_words,
            "n_words_group": sizes[group],
            "per_1000_words": (
                1000 * counts.get((group, whose, person), 0) / sizes[group]
                if sizes[group]
                else float("nan")
            ),
        }
        for (group, whose), n_words in words.items()
        for person in chosen
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"per_1000_words": "float64"})
