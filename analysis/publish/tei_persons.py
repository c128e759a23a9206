"""Writes the persons of a TEI document: who speaks, who is named; and why corrections were made."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.edition.corpus import Text
from analysis.publish.tei_annotations import Annotations
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_units import MARKED
from analysis.text.persons import PersonIndex


def write_speakers(builder: Builder, annotations: Annotations, *, persons: PersonIndex) -> None:
    """Write who speaks in quotations; corresp points to the person of that name."""
    if not annotations.speakers:
        return
    named: dict[str, list[str]] = {}
    for person in persons.persons:
        for name in person.names:
            named.setdefault(name, []).append(person.id)
    listed = annotations.persons()
    builder.start("particDesc")
    builder.start("listPerson", type_="speakers")
    builder.newline()
    for name, speaker in annotations.speakers.items():
        same = [person for person in named.get(name, []) if person in listed]
        corresp = f"#person.{same[0]}" if len(same) == 1 else None
        builder.start("person", id=speaker, corresp=corresp)
        builder.element("persName", name)
        builder.end("person")
        builder.newline()
    builder.end("listPerson")
    builder.end("particDesc")
    builder.newline()


def write_stand_off(
    builder: Builder, text: Text, *, annotations: Annotations, persons: PersonIndex
) -> None:
    """Write the persons who are named, and the reasons of the corrections."""
    listed = annotations.persons()
    corrections = [edit for edit in text.edits if edit.rule in MARKED]
    if not listed and not corrections:
        return
    builder.start("standOff")
    builder.newline()
    _persons(builder, listed, persons=persons)
    if corrections:
        builder.start("spanGrp", type_="reasons", resp="#corrections")
        builder.newline()
        for edit in corrections:
            target = f"#corr.{edit.char_start}-{edit.char_end}"
            builder.element("span", edit.reason, target=target)
        builder.end("spanGrp")
        builder.newline()
    builder.end("standOff")
    builder.newline()


def _persons(builder: Builder, listed: Sequence[str], *, persons: PersonIndex) -> None:
    """Write the persons of the index who are named in the text."""
    if not listed:
        return
    builder.start("listPerson", type_="named")
    builder.newline()
    for name in listed:
        person = persons.person(name)
        builder.start("person", id=f"person.{person.id}")
        builder.element("persName", person.name)
        born, _, died = (person.years or "/").partition("/")
        if born:
            builder.empty("birth", when=born)
        if died:
            builder.empty("death", when=died)
        builder.element("note", person.description)
        if person.wikidata:
            builder.element("idno", person.wikidata, type_="Wikidata")
        builder.end("person")
        builder.newline()
    builder.end("listPerson")
    builder.newline()
