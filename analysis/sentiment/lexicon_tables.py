"""The forms in which lexicons are written: tables, tabs, NRC's and SO-CAL's own."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.text.words import normalise

Row = tuple[int, str, str]


def valences_of(rows: Iterator[Row], *, path: Path, keep_last: bool) -> dict[str, float]:
    """Return the valence of each term; a term that is there twice is a mistake."""
    valences: dict[str, float] = {}
    for line, word, number in rows:
        try:
            value = float(number)
        except ValueError:
            value = float("nan")
        if not abs(value) < float("inf"):
            raise InputError(
                f"The valence of {word!r} in {path}, line {line}, is {number!r}, not a number; "
                "mend it or leave the line out."
            )
        term = normalise(word.strip())
        if " " in term or not term:
            continue
        if term in valences and not keep_last:
            raise InputError(
                f"The term {term!r} is twice in {path} (again in line {line}); keep one of them."
            )
        valences[term] = value
    return valences


def _read_table(text: str, *, path: Path, entry: Mapping[str, Any]) -> Iterator[Row]:
    """Yield line, term and valence of a table with a header."""
    names = (entry.get("term_column", "term"), entry.get("valence_column", "valence"))
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in names if name not in header]
    if missing:
        raise InputError(
            f"The lexicon {path} has no column {missing[0]!r} (it has {', '.join(header)}); "
            "rename it, or say term_column= and valence_column=."
        )
    places = [header.index(name) for name in names]
    for fields in reader:
        if any(field.strip() for field in fields):
            if any(field.strip() for field in fields[len(header) :]):
                raise InputError(
                    f"Line {reader.line_num} of the lexicon {path} has {len(fields)} fields, the "
                    f"header {len(header)}; write decimals with a point, or put quotes around "
                    "what holds the delimiter."
                )
            padded = fields + [""] * len(header)
            yield reader.line_num, padded[places[0]], padded[places[1]]


def _read_tab(text: str, *, path: Path, entry: Mapping[str, Any]) -> Iterator[Row]:
    """Yield line, term and valence of lines ``term TAB valence``; further fields are ignored."""
    for line, fields in _tab_fields(text, path=path, count=2):
        yield line, fields[0], fields[1]


def _read_nrc(text: str, *, path: Path, entry: Mapping[str, Any]) -> Iterator[Row]:
    """Yield term and positive less negative from lines ``term TAB category TAB 0 or 1``."""
    signs = {"positive": 1, "negative": -1}
    totals: dict[str, int] = {}
    places: dict[str, int] = {}
    for line, (term, category, mark, *_) in _tab_fields(text, path=path, count=3):
        if category in signs:
            places.setdefault(term, line)
            totals[term] = totals.get(term, 0) + signs[category] * (mark.strip() == "1")
    for term, total in totals.items():
        yield places[term], term, str(total)


def _read_socal(text: str, *, path: Path, entry: Mapping[str, Any]) -> Iterator[Row]:
    """Yield term and mean orientation over its parts of speech; phrases are left out."""
    found: dict[str, list[tuple[int, float]]] = {}
    for line, fields in _tab_fields(text, path=path, count=2):
        word, number = normalise(fields[0].strip()), fields[-1]
        try:
            found.setdefault(word, []).append((line, float(number)))
        except ValueError:
            yield line, word, number
    for word, values in found.items():
        if "_" not in word and "(" not in word:
            yield values[0][0], word, str(sum(value for _, value in values) / len(values))


def _tab_fields(text: str, *, path: Path, count: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the fields of every line that is not empty."""
    for line, row in enumerate(text.splitlines(), start=1):
        if row.strip():
            fields = row.split("\t")
            if len(fields) < count:
                raise InputError(
                    f"{path}, line {line}, has {len(fields)} fields and needs {count} with tabs "
                    "between; mend the line, or give a .csv file."
                )
            yield line, fields


READERS = {"csv": _read_table, "tab": _read_tab, "nrc": _read_nrc, "socal": _read_socal}
"""How to read a file by the name of its form in lexicons.toml; each yields rows."""
