"""Decisions by hand where a rule goes wrong: the layer, voice or speaker of a piece of a text.

``overrides/DOC_ID.csv`` has one row a decision. `begins` repeats the first characters of the piece,
so that a decision that no longer fits its text is found.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.edition.hand_lists import read_rows, read_span
from analysis.errors import CorpusError
from analysis.tables import LAYERS, VOICES

OVERRIDES = "overrides"
COLUMNS = ("char_start", "char_end", "begins", "field", "value", "reason")
FIELDS = ("layer", "voice", "speaker", "continues", "section")
_VALUES = {"layer": LAYERS, "voice": VOICES, "continues": ("yes", "no"), "section": ("new",)}


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Override:
    """One decision: `field` is `value` for ``raw[char_start:char_end]``, for a `reason`.

    `layer`, `continues` and `section` are of whole blocks; `voice` and `speaker` of any piece of a
    text. `continues` is "yes" where the paragraph of an earlier block goes on here, `section` is
    "new" where a section begins, and `speaker` may be empty: nobody in particular.
    """

    char_start: int
    char_end: int
    begins: str
    field: str
    value: str
    reason: str
    where: str


def read_overrides(folder: Path, doc_id: str, *, raw: str) -> tuple[Override, ...]:
    """Return the decisions by hand for a text, by place; none where it has no file.

    Raises
    ------
    CorpusError
        If a row has the wrong columns, an unknown field or value, or no longer fits its text.
    """
    path = folder / OVERRIDES / f"{doc_id}.csv"
    rows = read_rows(path, columns=COLUMNS, what="The list of overrides")
    overrides = sorted(_override(row, raw=raw, where=where) for row, where in rows)
    decided: dict[tuple[int, int, str], Override] = {}
    for override in overrides:
        other = decided.setdefault(
            (override.char_start, override.char_end, override.field), override
        )
        if other is not override:
            raise CorpusError(
                f"{override.where}: the {override.field} of {override.char_start}-"
                f"{override.char_end} is decided twice (also in {other.where}); keep one."
            )
    return tuple(overrides)


def stale(override: Override) -> CorpusError:
    """Return the error of a decision that no block or piece of the text fits any more."""
    return CorpusError(
        f"{override.where}: the override of {override.field} no longer applies: "
        f"{override.char_start}-{override.char_end} ({override.begins!r}) is no block now; "
        "mend its offsets or take it out."
    )


def _override(row: dict[str, str], *, raw: str, where: str) -> Override:
    """Return the decision of one row."""
    start, end = read_span(row, where=where)
    if row["field"] not in FIELDS:
        raise CorpusError(f"{where}: unknown field {row['field']!r}; use {', '.join(FIELDS)}.")
    allowed = _VALUES.get(row["field"])
    if allowed and row["value"] not in allowed:
        raise CorpusError(
            f"{where}: unknown {row['field']} {row['value']!r}; use {', '.join(allowed)}."
        )
    if not row["reason"].strip():
        raise CorpusError(f"{where}: the override has no reason; write one.")
    begins = row["begins"]
    if not begins or not 0 <= start < end <= len(raw) or not raw.startswith(begins, start):
        at = raw.find(begins) if begins else -1
        hint = f"; that stands at {at} now" if at >= 0 else ""
        raise CorpusError(
            f"{where}: the override no longer applies: {begins!r} does not stand at {start}{hint}; "
            "mend its offsets or take it out."
        )
    return Override(
        char_start=start,
        char_end=end,
        begins=begins,
        field=row["field"],
        value=row["value"],
        reason=row["reason"],
        where=where,
    )
