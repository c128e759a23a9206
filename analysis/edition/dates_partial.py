"""Partial dates and the spans between them: a year, a month or a day, as far as it is known.

A date is written in ISO 8601 as far as it goes: 1920, 1920-09 or 1920-09-05. What a partial date
covers, and in what order two of them stand, is left to `undate`, made for historical uncertainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from undate import Undate

from analysis.errors import InputError

Unit = Literal["day", "week", "month", "year"]
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_LENGTHS = {"year": 4, "month": 7, "day": 10}


@lru_cache(maxsize=4096)
def days_of(partial: str) -> tuple[date, date]:
    """Return the first and the last day that a partial date may mean.

    Raises
    ------
    InputError
        If it is not of the form 1920, 1920-09 or 1920-09-05, or there is no such day.
    """
    found = _PARTIAL.match(partial)
    try:
        if not found:
            raise ValueError
        known = Undate(*(int(part) for part in found.groups() if part))
        first, last = (date(day.year, day.month, day.day) for day in (known.earliest, known.latest))
    except ValueError:
        raise InputError(f"{partial!r} is no date; write 1920, 1920-09 or 1920-09-05.") from None
    return first, last


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeSpan:
    """The time between two partial dates, both inclusive; the same date twice where it is one.

    Raises
    ------
    InputError
        If a date is none, or the span runs backward.
    """

    earliest: str
    latest: str

    def __post_init__(self) -> None:
        """Check that both are dates and in order."""
        if self.last_day < self.first_day:
            raise InputError(f"The dates {self.earliest} to {self.latest} run backward; mend them.")

    @property
    def first_day(self) -> date:
        """Return the first day of the span."""
        return days_of(self.earliest)[0]

    @property
    def last_day(self) -> date:
        """Return the last day of the span."""
        return days_of(self.latest)[1]

    @property
    def n_days(self) -> int:
        """Return how many days the span has, both ends counted: its width."""
        return (self.last_day - self.first_day).days + 1

    @property
    def edtf(self) -> str:
        """Return the span in EDTF: one date, or two with a slash between them."""
        if self.earliest == self.latest:
            return self.earliest
        return f"{self.earliest}/{self.latest}"

    def overlaps(self, other: TimeSpan) -> bool:
        """Return whether the two spans share a day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


def to_the_month(span: TimeSpan) -> TimeSpan:
    """Return a span whose days are given by their months; years and months as they are."""
    return TimeSpan(
        earliest=span.earliest[: _LENGTHS["month"]], latest=span.latest[: _LENGTHS["month"]]
    )


def year_span(text: str | None) -> TimeSpan | None:
    """Return the span of a source's year, such as 1936 or 1936/1937; None where it is unknown."""
    if not text:
        return None
    first, _, last = text.partition("/")
    try:
        return TimeSpan(earliest=first, latest=last or first)
    except InputError:
        return None


def one_date(partial: str) -> TimeSpan:
    """Return the span of a single partial date."""
    return TimeSpan(earliest=partial, latest=partial)


def hull(spans: Iterable[TimeSpan]) -> TimeSpan:
    """Return the smallest span that covers all given; at least one.

    Of two dates that begin, or end, on the same day the less precise one is kept.
    """
    every = list(spans)
    first = min(every, key=lambda span: (span.first_day, len(span.earliest)))
    last = max(every, key=lambda span: (span.last_day, -len(span.latest)))
    return TimeSpan(earliest=first.earliest, latest=last.latest)


def partial_of(day: date, *, precision: str) -> str:
    """Return a day as a partial date of a precision: year, month or day."""
    return day.isoformat()[: _LENGTHS[precision]]


def precision_of(partial: str) -> str:
    """Return how far a partial date goes: year, month or day."""
    return {length: name for name, length in _LENGTHS.items()}[len(partial)]


def shifted(span: TimeSpan, *, low: int, high: int, unit: Unit) -> TimeSpan:
    """Return the span moved by `low` to `high` units, later where positive.

    The result is as precise as the coarser of the unit and the span: three years after a day is a
    year, the day after a month is that month.

    Raises
    ------
    InputError
        If that is before the year 1 or after 9999.
    """
    first = _moved(span.first_day, by=low, unit=unit)
    last = _moved(span.last_day, by=high, unit=unit)
    coarse = {"day": "day", "week": "day"}.get(unit, unit)
    ranks = list(_LENGTHS)
    known = [coarse, precision_of(span.earliest), precision_of(span.latest)]
    precision = min(known, key=ranks.index)
    return TimeSpan(
        earliest=partial_of(first, precision=precision),
        latest=partial_of(last, precision=precision),
    )


def _moved(day: date, *, by: int, unit: Unit) -> date:
    """Return a day moved by so many units; the last day of a month stays within its month."""
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=by * (7 if unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + by * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        first = date(year, month + 1, 1)
    except (OverflowError, ValueError):
        raise InputError(
            f"{by} {unit}s from {day} there is no date; the years run from 1 to 9999."
        ) from None
    last = days_of(partial_of(first, precision="month"))[1]
    return min(first + timedelta(days=day.day - 1), last)


def new_style(partial: str) -> TimeSpan:
    """Return what a date of the Julian calendar (Old Style) is in the Gregorian (New Style).

    A month or year becomes the days that it lasted. The difference is that of the century: 13 days
    from March 1900 to February 2100.
    """
    days_of(partial)  # the form is checked before the calendar
    year, *rest = (int(part) for part in partial.split("-"))
    month, day = (*rest, 0, 0)[:2]
    start = _julian_day(year, month or 1, day=day or 1)
    if day:
        return one_date(start.isoformat())
    after = (year + month // 12, month % 12 + 1) if month else (year + 1, 1)
    last = _julian_day(*after, day=1) - timedelta(days=1)
    return TimeSpan(earliest=start.isoformat(), latest=last.isoformat())


def _julian_day(year: int, month: int, *, day: int) -> date:
    """Return the Gregorian day of a Julian one, by the count of days since 1 March of year 0."""
    years, months = (year, month - 3) if month > 2 else (year - 1, month + 9)
    count = 365 * years + years // 4 + (153 * months + 2) // 5 + day - 1
    # 1 March of the year 1 in the Julian calendar was 27 February in the Gregorian one.
    epoch = date(1, 3, 1).toordinal() - 2 - 365
    return date.fromordinal(epoch + count)
