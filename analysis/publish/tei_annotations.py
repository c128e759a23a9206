"""What TEI says of the characters of a paragraph: whose words, which dates, which persons."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus, Text
from analysis.edition.dates import DateMention
from analysis.edition.dates_narrated import date_corpus
from analysis.edition.speakers import Voice
from analysis.edition.tei_people import SPEAKER_POINTER, VOICE_POINTER
from analysis.edition.voices import Voiced

PERSON_POINTER = "#person."
JULIAN = "#julian"
_NO_QUOTATIONS = frozenset({"fw", "docAuthor"})
"""Elements that may hold no ``q``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotation:
    """An element around some characters: its tag, its attributes, and what sets it apart."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    key: str = ""


State = tuple[Annotation, ...]
"""The annotations of a character, the outermost first."""


def common(one: State, other: State) -> State:
    """Return the annotations that two characters share, from the outermost on."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return one[:shared]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Annotations:
    """The annotations of a text.

    `speakers` is the id of each speaker by name; `dates` those named in each paragraph; `mentions`
    the mentions of persons by place, and `starts` where they begin.
    """

    speakers: Mapping[str, str]
    dates: Sequence[Sequence[DateMention]]
    mentions: Sequence[Mapping[str, Any]]
    starts: Sequence[int]

    @classmethod
    def of(cls, corpus: Corpus, text: Text, *, mentions: pd.DataFrame) -> Annotations:
        """Return the annotations of a text of a corpus, with its mentions of persons."""
        own = mentions[mentions["doc_id"] == text.doc_id].sort_values("char_start", kind="stable")
        rows: list[dict[str, Any]] = own.to_dict(orient="records")  # type: ignore[assignment]
        return cls(
            speakers=_speaker_ids(text.paragraphs),
            dates=date_corpus(corpus)[text.doc_id].mentions,
            mentions=rows,
            starts=[int(row["char_start"]) for row in rows],
        )

    def persons(self) -> list[str]:
        """Return the ids of all persons that the text may name, each once, in lexical order."""
        found = set()
        for row in self.mentions:
            found |= set(_persons_of(row))
        return sorted(found)

    def has_old_style(self) -> bool:
        """Return whether a date is given in the Julian calendar too."""
        return any(mention.old_style for found in self.dates for mention in found)

    def states(self, number: int, voiced: Voiced, *, base: Voice, within: str) -> list[State]:
        """Return the annotations of each character of a paragraph.

        Parameters
        ----------
        number : int
            The paragraph's, in the text.
        voiced : Voiced
            The paragraph.
        base : Voice
            The voice of its element: other ones are marked.
        within : str
            The tag of its element.
        """
        length = len(voiced.codes)
        tags = [None if kind == base else self.voice(kind, within=within) for kind in voiced.kinds]
        voices: list[Annotation | None] = [tags[code] for code in voiced.codes.tolist()]
        dates: list[Annotation | None] = [None] * length
        for order, mention in enumerate(self.dates[number]):
            if mention.earliest is not None and mention.latest is not None:
                tag = _date(mention, key=f"date.{number}.{order}")
                dates[mention.start : mention.end] = [tag] * (mention.end - mention.start)
        persons: list[Annotation | None] = [None] * length
        for first, stop, tag in self._named_in(voiced):
            persons[first:stop] = [tag] * (stop - first)
        return [
            tuple(tag for tag in one if tag is not None)
            for one in zip(voices, dates, persons, strict=True)
        ]

    def voice(self, voice: Voice, *, within: str) -> Annotation:
        """Return the element that marks a voice: ``q``, or ``seg`` where nobody is quoted."""
        category = f"{VOICE_POINTER}{voice.voice}"
        who = f"#{self.speakers[voice.speaker]}" if voice.speaker else ""
        quoting = voice.voice in ("other", "author_earlier") and within not in _NO_QUOTATIONS
        if not quoting:
            pointers = f"{category} {who}".rstrip()
            return Annotation(tag="seg", attributes=(("ana", pointers),))
        attributes = [("who", who)] if who else []
        if voice.voice != "other":
            attributes.append(("ana", category))
        return Annotation(tag="q", attributes=tuple(attributes))

    def _named_in(self, voiced: Voiced) -> Iterable[tuple[int, int, Annotation]]:
        """Yield the mentions in a paragraph: first character, stop, element."""
        starts, ends = voiced.paragraph.placed.starts, voiced.paragraph.placed.ends
        if not len(starts):
            return
        first = bisect_left(self.starts, int(starts[0]))
        last = bisect_right(self.starts, int(starts[-1]))
        for row in self.mentions[first:last]:
            begin = int(np.searchsorted(starts, int(row["char_start"])))
            stop = int(np.searchsorted(ends, int(row["char_end"]), side="right"))
            if begin < stop:
                yield begin, stop, _person(row)


def _person(row: Mapping[str, Any]) -> Annotation:
    """Return the element of a mention; one that is left open has no ``ref`` but candidates."""
    pointers = " ".join(f"{PERSON_POINTER}{person}" for person in _persons_of(row))
    known = isinstance(row["person_id"], str)
    attributes = [("ref" if known else "corresp", pointers)]
    if not known:
        attributes.append(("cert", "unknown"))
    if row["role"] != "named":
        attributes.append(("type", row["role"]))
    return Annotation(
        tag="persName", attributes=tuple(attributes), key=f"name.{row['place'].replace('@', '_')}"
    )


def _persons_of(row: Mapping[str, Any]) -> list[str]:
    """Return whom a mention means, or may mean."""
    if isinstance(row["person_id"], str):
        return [row["person_id"]]
    return row["candidates"].split() if isinstance(row["candidates"], str) else []


def _date(mention: DateMention, *, key: str) -> Annotation:
    """Return the element of a date: one day, month or year, or the two between which it lies."""
    assert mention.earliest is not None
    assert mention.latest is not None
    if mention.earliest == mention.latest:
        attributes = [("when", mention.earliest)]
    else:
        attributes = [("not_before", mention.earliest), ("not_after", mention.latest)]
    if mention.old_style:
        attributes += [("when-custom", mention.old_style), ("datingMethod", JULIAN)]
    attributes.append(("type", mention.role))
    return Annotation(tag="date", attributes=tuple(attributes), key=key)


def _speaker_ids(paragraphs: Sequence[Voiced]) -> dict[str, str]:
    """Return an id for each speaker, made of the name: speaker.leon-trotsky."""
    names = sorted(
        {kind.speaker for one in paragraphs for kind in one.kinds if kind.speaker is not None}
    )
    ids: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
        slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "unnamed"
        whole = f"{SPEAKER_POINTER[1:]}{slug}"
        taken = sum(1 for other in ids.values() if other == whole or other.startswith(f"{whole}."))
        ids[name] = whole if not taken else f"{whole}.{taken + 1}"
    return ids


def in_parts(states: Iterable[State]) -> frozenset[str]:
    """Return the keys of the dates and mentions that other elements cut into parts."""
    counts: Counter[str] = Counter()
    last: State = ()
    for state, _ in groupby(states):
        opened = state[len(common(last, state)) :]
        counts.update(annotation.key for annotation in opened if annotation.key)
        last = state
    return frozenset(key for key, count in counts.items() if count > 1)
