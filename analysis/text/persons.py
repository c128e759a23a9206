"""Mentions of persons: every place where a text names somebody of the corpus's index.

The index is the authority: no recogniser guesses here, and a name that more than one person has is
told by its context or left open. What the index does not know is listed by `missing_candidates`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.edition.hyphens import read_word_list
from analysis.tables import SCHEMAS, as_table
from analysis.text.persons_counts import SpokenOf, spoken_of
from analysis.text.persons_index import Person, PersonIndex, read_persons
from analysis.text.persons_missing import missing_candidates
from analysis.text.persons_names import Hit
from analysis.text.persons_scan import MENTION_LAYERS, Entry, Scanned, scan, small_words

__all__ = [
    "MENTION_LAYERS",
    "Person",
    "PersonIndex",
    "SpokenOf",
    "find_mentions",
    "missing_candidates",
    "read_persons",
    "spoken_of",
]


def find_mentions(corpus: Corpus, *, persons: PersonIndex | None = None) -> pd.DataFrame:
    """Return the mentions of persons: one row a name at its place, in the order of the raw text.

    Names are looked for in all layers but titles and folios, and in all voices; the longest name of
    the index that stands at a place is taken. Pronouns, titles alone ("the king") and descriptions
    ("his widow") are no mentions. ``raw[char_start:char_end]`` holds the name, cut by a line's end
    or not; `surface` is the name after the edits.

    Parameters
    ----------
    corpus : Corpus
        What `read_corpus` returns.
    persons : PersonIndex, optional
        That of the corpus folder's ``persons.toml`` if not given.

    Returns
    -------
    DataFrame
        The mentions table. `person_id` is null where it is left open, and then `candidates` has the
        persons (ids with blanks between) that it may be. `basis` says why it is this person:
        ``name`` (nobody else of the index has it), ``paragraph`` or ``section`` (the only one of
        those who share the name that is named more fully there), ``open`` (more than one of them
        is, or none), ``longer name`` (a word of an unknown name stands beside it, as in *Nobel
        Institute*; left open). `role` is ``label`` where the name says who speaks in minutes.

    Notes
    -----
    A name in capitals is found too (*NOBEL*). Somebody who bears the name of a person of the index,
    and is not in it himself, is taken for that person: the index says whom the corpus means. His
    given name keeps them apart (``longer name``), but not at the head of a sentence where the
    language's list of words has it.
    """
    index = read_persons(corpus.folder) if persons is None else persons
    common = small_words(corpus) | index.titles
    listed = {text.doc_id: read_word_list(text.source.language).words for text in corpus.texts}
    rows: list[dict[str, Any]] = []
    paragraphs = scan(corpus, index=index)
    for (doc_id, _), group in groupby(paragraphs, key=lambda one: (one.doc_id, one.section)):
        section = list(group)
        told = _FullNames.of(section)
        for number, one in enumerate(section):
            for place, hit in enumerate(one.hits):
                if not hit.label.person_ids:
                    continue
                longer = _in_longer_name(one, place, common=common, openers=listed[doc_id])
                person, basis = (None, "longer name") if longer else told.person(hit, number)
                rows.append(_row(one, hit, doc_id=doc_id, person=person, basis=basis))
    frame = pd.DataFrame(rows, columns=list(SCHEMAS["mentions"].names))
    order = {text.doc_id: number for number, text in enumerate(corpus.texts)}
    frame["text"] = frame["doc_id"].map(order)
    return as_table(frame.sort_values(["text", "char_start"], kind="stable"), "mentions")


def _row(
    one: Scanned, hit: Hit[Entry], *, doc_id: str, person: str | None, basis: str
) -> dict[str, Any]:
    """Return the row of one mention."""
    char_start, char_end = one.span(hit)
    voice = one.voiced.at(one.words[hit.first].start)
    behind = one.text[one.words[hit.last - 1].end :]
    label = one.voiced.layer == "blockquote" and hit.first == 0 and behind.startswith(":")
    return {
        "doc_id": doc_id,
        "place": f"{doc_id}@{char_start}-{char_end}",
        "char_start": char_start,
        "char_end": char_end,
        "surface": one.surface(hit),
        "person_id": person,
        "candidates": None if basis == "name" else " ".join(hit.label.person_ids),
        "basis": basis,
        "role": "label" if label else "named",
        "layer": one.voiced.layer,
        "voice": voice.voice,
        "speaker": voice.speaker,
    }


def _in_longer_name(
    one: Scanned, place: int, *, common: frozenset[str], openers: frozenset[str]
) -> bool:
    """Return whether an unknown word with a capital stands beside a name, as part of another name.

    Only a blank may stand between. A word before the name that is common (the corpus writes it
    small elsewhere, or it is a title) is no part of it, nor one of the `openers` where a sentence
    may begin with it; headings have capitals anyway.
    """
    if one.voiced.layer == "heading":
        return False
    hit = one.hits[place]
    if hit.first:
        word = one.words[hit.first - 1]
        known = place > 0 and one.hits[place - 1].last == hit.first
        plain = bool({word.letters, word.letters.lower()} & common) or (
            word.letters.lower() in openers and (hit.first == 1 or not word.gap.isspace())
        )
        if one.words[hit.first].gap == " " and word.capital and not known and not plain:
            return True
    if hit.last < len(one.words):
        word = one.words[hit.last]
        known = place + 1 < len(one.hits) and one.hits[place + 1].first == hit.last
        shouted = word.letters.isupper()  # I, an acronym, or an opening in capitals
        return word.gap == " " and word.capital and not known and not shouted
    return False


@dataclass(frozen=True, kw_only=True, slots=True)
class _FullNames:
    """Who is named without doubt in each paragraph of a section, and with which words."""

    by_paragraph: tuple[Mapping[str, frozenset[tuple[str, ...]]], ...]

    @classmethod
    def of(cls, section: Sequence[Scanned]) -> _FullNames:
        """Return the full names of a section's paragraphs."""
        named = []
        for one in section:
            words: dict[str, set[tuple[str, ...]]] = {}
            for hit in one.hits:
                if len(hit.label.person_ids) == 1:
                    words.setdefault(hit.label.person_ids[0], set()).add(hit.name.own)
            named.append({person: frozenset(names) for person, names in words.items()})
        return cls(by_paragraph=tuple(named))

    def person(self, hit: Hit[Entry], paragraph: int) -> tuple[str | None, str]:
        """Return whom a name means, if that can be told, and on which basis."""
        candidates = hit.label.person_ids
        if len(candidates) == 1:
            return candidates[0], "name"
        for basis, near in (
            ("paragraph", self.by_paragraph[paragraph : paragraph + 1]),
            ("section", self.by_paragraph),
        ):
            fully = [
                person
                for person in candidates
                if any(
                    _holds(full, hit.name.own) for named in near for full in named.get(person, ())
                )
            ]
            if fully:
                return (fully[0], basis) if len(fully) == 1 else (None, "open")
        return None, "open"


def _holds(full: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Return whether a name holds another one and more."""
    return len(full) > len(part) and any(
        full[start : start + len(part)] == part for start in range(len(full) - len(part) + 1)
    )
