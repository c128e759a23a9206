"""The sources of a corpus: what ``sources.toml`` says of each text, and the raw text itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analysis.edition.dates_partial import year_span
from analysis.errors import CorpusError
from analysis.files import BYTE_ORDER_MARK, decode_utf8, read_bytes, sha256_of
from analysis.project import SOURCES

PROFILES = ("ocr-book", "web-transcription", "plain-text", "tei")
PUBLISH = ("full", "excerpt", "counts")
QUOTATION_MARKS = ("double", "single")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "profile": PROFILES,
    "publish": PUBLISH,
    "quotation_marks": QUOTATION_MARKS,
}
_DOC_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_YEARS = ("year_written", "year_published")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One text of a corpus, as ``sources.toml`` describes it.

    `id` names it for ever; `path` is relative to the corpus folder; `sha256` is the digest of the
    file; years are ISO 8601, with a slash between the first and the last possible; `publish` says
    how much of the text may be shown; `profile` how the file is laid out; `abbreviations` are those
    of this text after which a stop ends no sentence.
    """

    id: str
    author: str
    title: str
    path: str
    sha256: str
    profile: str
    language: str
    rights: str
    citation: str
    citation_key: str
    publish: str = "full"
    quotation_marks: str = "double"
    container: str | None = None
    translator: str | None = None
    year_written: str | None = None
    year_published: str | None = None
    genre: str | None = None
    edition: str | None = None
    digitised: str | None = None
    abbreviations: tuple[str, ...] = ()


_KNOWN = {field.name for field in fields(Source)}
_REQUIRED = tuple(
    name for name in ("id", "author", "title", "path", "sha256", "profile", "language", "rights")
) + ("citation", "citation_key")


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Return the sources that a corpus folder's ``sources.toml`` names, in its order.

    Raises
    ------
    CorpusError
        If the file is no TOML, names no source, or a source lacks a key, has an unknown one, an
        unknown profile, a language that is no tag, a year that is none, an id that another has too,
        or a path that leads out of the folder.
    """
    path = folder / SOURCES
    text = decode_utf8(read_bytes(path, what="The list of sources"), path=path)
    try:
        entries = tomllib.loads(text).get("source", [])
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(f"{path} is not valid TOML: {error}; mend that line.") from None
    if not isinstance(entries, list) or not entries:
        raise CorpusError(f"{path} names no source; write one [[source]] for each text.")
    sources = tuple(_source(entry, path=path, number=n) for n, entry in enumerate(entries, 1))
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise CorpusError(f"{path} has the id {source.id!r} twice; every text has its own.")
        seen.add(source.id)
        _inside(folder, source.path, listed_in=path)
    return sources


def read_raw(folder: Path, source: Source) -> str:
    """Return the raw text of a source, line ends as they are, after checking its digest.

    Raises
    ------
    CorpusError
        If the file is missing, empty, not UTF-8, or its digest is not that of ``sources.toml``.
    """
    path = _inside(folder, source.path, listed_in=folder / SOURCES)
    content = read_bytes(path, what=f"The text of {source.id!r},")
    raw = decode_utf8(content, path=path, keep_mark=True)
    if not raw.replace(BYTE_ORDER_MARK, "").strip():
        raise CorpusError(f"{path} is empty; put the text of {source.id!r} there.")
    digest = sha256_of(content)
    if not source.sha256.strip():
        raise CorpusError(
            f'{path} has no digest in {SOURCES} yet; write sha256 = "{digest}" under {source.id!r}.'
        )
    if digest != source.sha256.strip().lower():
        raise CorpusError(
            f"{path} is not the file that {SOURCES} describes: its sha256 is {digest}, not "
            f"{source.sha256}; restore the file, or write the new digest under {source.id!r}."
        )
    return raw


def _source(entry: Any, *, path: Path, number: int) -> Source:
    """Return a source from one ``[[source]]`` of the file."""
    if not isinstance(entry, dict):
        raise CorpusError(f"{path}: source {number} is no table; write [[source]] above it.")
    name = f"source {entry.get('id', number)!r}"
    unknown = [key for key in entry if key not in _KNOWN]
    for key in _REQUIRED:
        if key not in entry or (key != "sha256" and not entry[key]):
            misspelt = f" (its key {unknown[0]!r} is unknown)" if unknown else ""
            raise CorpusError(f"{path}: {name} has no {key}; add it{misspelt}.")
    if unknown:
        raise CorpusError(
            f"{path}: {name} has the unknown key {unknown[0]!r}; keys are "
            f"{', '.join(sorted(_KNOWN))}."
        )
    for key, value in entry.items():
        if key == "abbreviations":
            if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
                raise CorpusError(f"{path}: {name}: abbreviations must be a list of strings.")
        elif not isinstance(value, str):
            raise CorpusError(f"{path}: {name}: {key} must be a string in quotation marks.")
    _check_values(entry, path=path, name=name)
    return Source(**{**entry, "abbreviations": tuple(entry.get("abbreviations", ()))})


def _check_values(entry: Mapping[str, Any], *, path: Path, name: str) -> None:
    """Raise a CorpusError for a value that none of its kind is."""
    for key, choices in _CHOICES.items():
        if entry.get(key, choices[0]) not in choices:
            raise CorpusError(
                f"{path}: {name} has the unknown {key} {entry[key]!r}; use {', '.join(choices)}."
            )
    if not _DOC_ID.fullmatch(entry["id"]):
        raise CorpusError(
            f"{path}: the id {entry['id']!r} may hold lower-case letters, digits and single "
            "hyphens only; rename it."
        )
    if not _LANGUAGE.fullmatch(entry["language"]):
        raise CorpusError(
            f"{path}: {name} has the language {entry['language']!r}; write its tag, such as en, de "
            "or fr-CA."
        )
    for key in _YEARS:
        if entry.get(key) and year_span(entry[key]) is None:
            raise CorpusError(
                f"{path}: {name} has the {key} {entry[key]!r}; write 1920, 1920-09 or, where it is "
                "not certain, the first and the last year that it may be, 1920/1923."
            )


def _inside(folder: Path, relative: str, *, listed_in: Path) -> Path:
    """Return the path of a file of the corpus; one that leads out of its folder is refused."""
    path = folder / relative
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CorpusError(
            f"{listed_in}: the path {relative!r} leads out of the corpus folder; "
            "copy the file into it."
        )
    return path
