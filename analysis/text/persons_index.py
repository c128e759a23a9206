"""The index of persons that a corpus carries: ``persons.toml``, read and checked.

One ``[[person]]`` each, with the names that the texts use. What looks like a name of a person and
is none (places, parties, works, things called after persons) stands under ``[apart]``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import CorpusError, InputError
from analysis.files import decode_utf8, read_bytes
from analysis.text.persons_names import Name, name_key, read_name

PERSONS = "persons.toml"
_REQUIRED = ("id", "name", "description")
_OPTIONAL = ("years", "wikidata", "note")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEARS = re.compile(r"(?:\d{4}/\d{4}|/\d{4}|\d{4}/)")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_TOP = ("shared", "titles", "person", "apart")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person of the index.

    `name` is the one to cite; `variants` are the names that the texts use (a context in square
    brackets must stand beside the name: ``Anna [and Karl Kraft]``); `years` are those of birth
    and death, ``1870/1924``, either left out where it is not certain; `wikidata` is an item's id.
    """

    id: str
    name: str
    variants: tuple[str, ...]
    description: str
    years: str | None = None
    wikidata: str | None = None
    note: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name to cite and the variants, each once."""
        return tuple(dict.fromkeys((self.name, *self.variants)))


@dataclass(frozen=True, kw_only=True)
class PersonIndex:
    """The persons of a corpus, in the order of the file, and what is to be told apart from them.

    Attributes
    ----------
    persons : tuple of Person
    shared : frozenset of str
        Names that two or more persons have: told by their context in the text, or left open.
    titles : frozenset of str
        Words with a capital that stand before a name and are no part of another one (Comrade).
    apart : mapping of str to tuple of str
        Names that are of no person, by kind.
    """

    persons: tuple[Person, ...]
    shared: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return how many persons and names there are."""
        names = sum(len(person.names) for person in self.persons)
        return f"PersonIndex({len(self.persons)} persons, {names} names)"

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        """Return the persons by id."""
        return {person.id: person for person in self.persons}

    def person(self, person_id: str) -> Person:
        """Return the person with an id; raise an InputError where there is none."""
        if person_id not in self._by_id:
            raise InputError(
                f"There is no person {person_id!r} in {PERSONS}; look for the id there."
            )
        return self._by_id[person_id]

    @cached_property
    def names(self) -> Mapping[Name, tuple[str, ...]]:
        """Return the persons' ids by name, in the order of the file."""
        found: dict[Name, list[str]] = {}
        for person in self.persons:
            for name in person.names:
                found.setdefault(read_name(name), []).append(person.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @property
    def table(self) -> pd.DataFrame:
        """Return one row a person: person_id, name, years, description, wikidata, note."""
        columns = ("name", "years", "description", "wikidata", "note")
        rows = [
            {"person_id": person.id, **{name: getattr(person, name) for name in columns}}
            for person in self.persons
        ]
        return pd.DataFrame(rows, columns=["person_id", *columns], dtype="string")


def read_persons(folder: Path | str) -> PersonIndex:
    """Return the index of persons of a corpus folder; empty where it has no ``persons.toml``.

    Raises
    ------
    CorpusError
        If there is no such folder, the file is no TOML, a person lacks a key or has an unknown or
        malformed one, two have the same id or Wikidata item, or two have the same name and
        ``shared`` does not say so.
    """
    path = Path(folder) / PERSONS
    if not path.parent.is_dir():
        raise CorpusError(f"The corpus folder {folder} is not there; mend its path.")
    if not path.exists():
        return PersonIndex(persons=())
    text = decode_utf8(read_bytes(path, what="The index of persons"), path=path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path} is not valid TOML: {error}; mend that line.") from None
    for key in content:
        if key not in _TOP:
            raise CorpusError(f"{path} has the unknown key {key!r}; use {', '.join(_TOP)}.")
    entries = content.get("person", [])
    if not isinstance(entries, list):
        raise CorpusError(f"{path}: person must be a list; write [[person]] above each.")
    index = PersonIndex(
        persons=tuple(_person(entry, path=path, number=n) for n, entry in enumerate(entries, 1)),
        shared=frozenset(_strings(content.get("shared", []), where=f"{path}: shared")),
        titles=frozenset(_strings(content.get("titles", []), where=f"{path}: titles")),
        apart=_apart(content.get("apart", {}), path=path),
    )
    _check(index, path=path)
    return index


def _person(entry: Any, *, path: Path, number: int) -> Person:
    """Return a person from one ``[[person]]`` of the file."""
    if not isinstance(entry, dict):
        raise CorpusError(f"{path}: person {number} is no table; write [[person]] above it.")
    where = f"{path}: person {entry.get('id', number)!r}"
    known = (*_REQUIRED, "variants", *_OPTIONAL)
    for key, value in entry.items():
        if key not in known:
            raise CorpusError(f"{where} has the unknown key {key!r}; keys are {', '.join(known)}.")
        if key != "variants" and not (isinstance(value, str) and value.strip()):
            raise CorpusError(f"{where}: {key} must be a string with something in it.")
    for key in _REQUIRED:
        if key not in entry:
            raise CorpusError(f"{where} has no {key}; add it.")
    for key, shape, example in (
        ("id", _ID, "kraft-anna"),
        ("years", _YEARS, "1870/1924, /1924 or 1870/"),
        ("wikidata", _WIKIDATA, "Q42"),
    ):
        if key in entry and not shape.fullmatch(entry[key]):
            raise CorpusError(f"{where}: the {key} {entry[key]!r} must look like {example}.")
    variants = _strings(entry.get("variants", []), where=f"{where}: variants")
    for name in (entry["name"], *variants):
        _named(name, where=where)
    return Person(**{**entry, "variants": variants})


def _named(name: str, *, where: str) -> Name:
    """Return a name read; raise a CorpusError where it has no letters or stray brackets."""
    try:
        return read_name(name)
    except InputError as error:
        raise CorpusError(f"{where}: {error}") from None


def _strings(value: Any, *, where: str) -> tuple[str, ...]:
    """Return a list of strings of the file, each once."""
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise CorpusError(f"{where} must be a list of strings in quotation marks.")
    for one in value:
        if value.count(one) > 1:
            raise CorpusError(f"{where} has {one!r} twice; take one out.")
    return tuple(value)


def _apart(value: Any, *, path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the names that are of no person, by kind."""
    if not isinstance(value, dict):
        raise CorpusError(f"{path}: apart must be a table of lists, such as places = [...].")
    where = f"{path}: apart"
    apart = {kind: _strings(names, where=f"{where}: {kind}") for kind, names in value.items()}
    for kind, names in apart.items():
        for name in names:
            _named(name, where=f"{where}: {kind}")
    return apart


def _check(index: PersonIndex, *, path: Path) -> None:
    """Raise a CorpusError where two entries of the index contradict one another."""
    for key in ("id", "wikidata"):
        _unique([getattr(person, key) for person in index.persons], path=path, key=key)
    shared = {name_key(name): name for name in sorted(index.shared)}
    holders: dict[tuple[str, ...], list[str]] = {}
    for name, ids in index.names.items():
        holders.setdefault(name.own, []).extend(ids)
        if len(ids) > 1 and name.own not in shared:
            raise CorpusError(
                f"{path}: {name.written!r} is a name of {ids[0]!r} and of {ids[1]!r}; put it "
                "in shared, where the text decides, or give each a context in square brackets."
            )
    for own, written in shared.items():
        if len(set(holders.get(own, ()))) < 2:
            raise CorpusError(
                f"{path}: shared has {written!r}, which is not a name of two persons; take it out."
            )
    for kind, written in ((kind, name) for kind, names in index.apart.items() for name in names):
        if name_key(written) in holders:
            raise CorpusError(
                f"{path}: {written!r} is a name of {holders[name_key(written)][0]!r} and stands "
                f"under apart ({kind}); take it out of one of them."
            )


def _unique(values: Sequence[str | None], *, path: Path, key: str) -> None:
    """Raise a CorpusError where two persons have the same id or item."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise CorpusError(f"{path} has the {key} {value!r} twice; every person has its own.")
        if value is not None:
            seen.add(value)
