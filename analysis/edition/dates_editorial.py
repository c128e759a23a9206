"""Dates given by an editor, by hand, where the words of a text do not give them by themselves.

``dates.csv`` of a corpus folder has one row a piece of a text: the time that it narrates, and what
in the text says so. `begins` repeats the first characters of the piece, so that a row that no
longer fits its text is found. A row without dates says that the piece narrates no time. Rules for
making rows: a remark of a sentence or two that looks back or forward does not move the time that a
paragraph narrates, a longer one has a row of its own; quoted words narrate as the paragraph does.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.edition.dates_partial import TimeSpan
from analysis.edition.hand_lists import read_rows, read_span
from analysis.errors import CorpusError, InputError

DATES_FILE = "dates.csv"
COLUMNS = ("doc_id", "char_start", "char_end", "begins", "date_earliest", "date_latest", "reason")


@dataclass(frozen=True, kw_only=True, slots=True)
class EditorialDate:
    """The time that ``raw[char_start:char_end]`` narrates, or None, for a `reason`."""

    doc_id: str
    char_start: int
    char_end: int
    begins: str
    span: TimeSpan | None
    reason: str


def read_editorial_dates(folder: Path, raws: Mapping[str, str]) -> tuple[EditorialDate, ...]:
    """Return the dates given by hand for the texts of a corpus, by text and place.

    Parameters
    ----------
    folder : Path
        The corpus folder; no file there means no rows.
    raws : mapping of str to str
        The raw texts by doc_id.

    Raises
    ------
    CorpusError
        If the file has the wrong columns, or a row names an unknown text, a date that is none or
        an empty reason, no longer fits its text, or overlaps another.
    """
    path = folder / DATES_FILE
    rows = sorted(
        (
            _row(row, raws=raws, where=where)
            for row, where in read_rows(path, columns=COLUMNS, what="The list of dates")
        ),
        key=lambda row: (row.doc_id, row.char_start, row.char_end),
    )
    for one, next_one in itertools.pairwise(rows):
        if one.doc_id == next_one.doc_id and next_one.char_start < one.char_end:
            raise CorpusError(
                f"{path}: the dates of {one.doc_id} at {one.char_start} and {next_one.char_start} "
                "overlap; end the first before the second."
            )
    return tuple(rows)


def _row(row: dict[str, str], *, raws: Mapping[str, str], where: str) -> EditorialDate:
    """Return the editorial date of one row."""
    raw = raws.get(row["doc_id"])
    if raw is None:
        raise CorpusError(
            f"{where}: there is no text {row['doc_id']!r}; the corpus has {', '.join(raws)}."
        )
    start, end = read_span(row, where=where)
    begins = row["begins"]
    if not begins or not 0 <= start < end <= len(raw) or not raw.startswith(begins, start):
        at = raw.find(begins) if begins else -1
        hint = f"; that stands at {at} now" if at >= 0 else ""
        raise CorpusError(
            f"{where}: the date no longer applies: {begins!r} does not stand at {start}{hint}; "
            "mend its offsets or take it out."
        )
    if not row["reason"].strip():
        raise CorpusError(f"{where}: the date has no reason; write what in the text gives it.")
    return EditorialDate(
        doc_id=row["doc_id"],
        char_start=start,
        char_end=end,
        begins=begins,
        span=_span(row["date_earliest"], row["date_latest"], where=where),
        reason=row["reason"],
    )


def _span(earliest: str, latest: str, *, where: str) -> TimeSpan | None:
    """Return the span of a row's dates; None where it has neither."""
    if not earliest and not latest:
        return None
    if not earliest or not latest:
        raise CorpusError(f"{where}: give date_earliest and date_latest, or neither.")
    try:
        return TimeSpan(earliest=earliest, latest=latest)
    except InputError as error:
        raise CorpusError(f"{where}: {error}") from None
