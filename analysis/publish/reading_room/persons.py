"""The index of persons: who is named, and in which passages of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.edition.sources import Source
from analysis.publish.reading_room.html import Html, escaped, joined, tag
from analysis.publish.reading_room.places import Locator
from analysis.publish.reading_room.said import said_count, said_years
from analysis.publish.reading_room.shell import PERSONS
from analysis.publish.reading_room.text import part_id
from analysis.publish.reading_room.words import Named
from analysis.text.persons_index import Person

_LABELS = {"editor_note": "editor’s note", "footnote": "note", "paratext": "around the text"}
_WIKIDATA = "https://www.wikidata.org/wiki/"


@dataclass(frozen=True, kw_only=True)
class Mentioned:
    """Where a text names persons: by part, and by person where to look (link, label, how often)."""

    by_part: Mapping[int, Sequence[Named]] = field(default_factory=dict)
    by_person: Mapping[str, Sequence[tuple[str, str, int]]] = field(default_factory=dict)


def find_mentioned(
    mentions: pd.DataFrame, locator: Locator, *, source: Source, passages: pd.DataFrame
) -> Mentioned:
    """Return where the shown parts of a text name persons.

    Parameters
    ----------
    mentions : DataFrame
        The mentions table of this text alone; those that are left open get no link.
    locator : Locator
        Of the parts that are shown.
    source : Source
        The text.
    passages : DataFrame
        The passages table of this text alone.
    """
    by_part: dict[int, list[Named]] = {}
    counts: dict[str, dict[tuple[str, str], int]] = {}
    ids, places = passages["passage_id"].tolist(), passages["place"].tolist()
    known = mentions[mentions["person_id"].notna()]
    columns = ("person_id", "char_start", "char_end")
    for person, start, end in zip(*(known[name] for name in columns), strict=True):
        pieces = locator.pieces(int(start), int(end))
        if len(pieces) != 1:
            continue
        number, begin, stop = pieces[0]
        part = locator.parts[number]
        by_part.setdefault(number, []).append(
            Named(begin=begin, end=stop, link=f"{PERSONS}#{person}")
        )
        if part.passage is None:
            target = (part_id(number), _LABELS.get(part.layer, part.layer))
        else:
            target = (places[part.passage], ids[part.passage].partition(":")[2])
        link = (f"{source.id}.html#{target[0]}", target[1])
        found = counts.setdefault(str(person), {})
        found[link] = found.get(link, 0) + 1
    return Mentioned(
        by_part=by_part,
        by_person={
            person: [(link, label, count) for (link, label), count in found.items()]
            for person, found in counts.items()
        },
    )


def persons_html(
    persons: Iterable[Person], *, mentioned: Mapping[str, Mentioned], sources: Sequence[Source]
) -> Html:
    """Return the index of the persons that the pages name, by the name that sorts them."""
    entries = []
    for person in sorted(persons, key=lambda one: (_sorted_by(one), one.id)):
        found = {
            source: mentioned[source.id].by_person[person.id]
            for source in sources
            if person.id in mentioned[source.id].by_person
        }
        if found:
            entries.append(_entry(person, found=found))
    return tag("dl", joined(entries, between=Html("\n")), class_="persons")


def _sorted_by(person: Person) -> str:
    """Return the name of a person, the last word first."""
    words = person.name.split()
    return " ".join([words[-1], *words[:-1]]).casefold()


def _entry(person: Person, *, found: Mapping[Source, Sequence[tuple[str, str, int]]]) -> Html:
    """Return a person with the passages that name him or her."""
    years = said_years(person.years)
    item = (
        tag("a", "Wikidata", href=f"{_WIKIDATA}{person.wikidata}", rel="noreferrer")
        if person.wikidata
        else None
    )
    about = joined([escaped(person.description), *([Html(". "), item] if item else [])])
    texts = []
    for source, places in found.items():
        total = sum(count for _, _, count in places)
        links = [
            joined([tag("a", label, href=link), f" ({count})" if count > 1 else ""])
            for link, label, count in places
        ]
        title = tag("span", source.title, lang=source.language)
        said = f", {said_count(total, 'mention')}: "
        texts.append(tag("dd", title, said, joined(links, between=", "), class_="where"))
    term = tag("dt", person.name, " ", tag("small", years) if years else "", id=person.id)
    return joined([term, tag("dd", about), *texts])
