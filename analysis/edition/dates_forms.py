"""What a date expression says: year, month, day, season or a part of one, as far as it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.edition.dates_partial import TimeSpan, new_style, partial_of, precision_of, shifted
from analysis.edition.dates_words import DECADES, MONTHS, ORDINALS, SEASONS
from analysis.errors import InputError

_EARLY = frozenset({"early", "beginning", "start", "outset", "first", "opening"})
_MIDDLE = frozenset({"mid", "middle"})
YEAR_MONTHS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What an expression says; None where it does not say. `kind` is its finest unit."""

    kind: str
    year: int | None = None
    year_to: int | None = None
    month: int | None = None
    month_to: int | None = None
    day: int | None = None
    day_to: int | None = None
    part: str | None = None

    def span(self, *, year: int | None, calendar_in_force: str = "") -> TimeSpan | None:
        """Return the time that is meant; None without a year, or where there is no such day.

        Parameters
        ----------
        year : int or None
            The year in force, for an expression without one.
        calendar_in_force : str
            ``old``: days and months are of the Julian calendar, and are given in the Gregorian.
        """
        year = self.year if self.year is not None else year
        if year is None:
            return None
        try:
            whole = self._in_year(year)
            if calendar_in_force == "old" and self.month is not None:
                first, last = new_style(whole.earliest), new_style(whole.latest)
                whole = TimeSpan(earliest=first.earliest, latest=last.latest)
            return part_of(whole, part=self.part) if self.part else whole
        except InputError:
            return None  # 31 April, or 1925 to 1915

    def _in_year(self, year: int) -> TimeSpan:
        """Return the whole time that is meant, a part of it not yet chosen."""
        last_year = self.year_to or year
        if self.month is None:
            return TimeSpan(earliest=f"{year:04d}", latest=f"{last_year:04d}")
        last_month = self.month_to or self.month
        if self.year_to is None and (last_month < self.month or last_month > YEAR_MONTHS):
            last_year += 1  # November to February, a winter
        last_month = (last_month - 1) % YEAR_MONTHS + 1
        first, last = f"{year:04d}-{self.month:02d}", f"{last_year:04d}-{last_month:02d}"
        if self.day is None:
            return TimeSpan(earliest=first, latest=last)
        return TimeSpan(
            earliest=f"{first}-{self.day:02d}", latest=f"{last}-{self.day_to or self.day:02d}"
        )


def part_of(span: TimeSpan, *, part: str) -> TimeSpan:
    """Return the part of a span that a word names: early, middle, late, or a half.

    Early is the first third, late the last: four months of a year, one of a season, ten days of a
    month. A span of two months, or of days, is kept whole.
    """
    words = part.lower().split()
    if "half" in words:
        low, high = (0, 6) if words[0] in _EARLY else (6, 12)
    elif words[0] in _EARLY:
        low, high = 0, 4
    else:
        low, high = (4, 8) if words[0] in _MIDDLE else (8, 12)
    first, last = span.first_day, span.last_day
    months = (last.year - first.year) * YEAR_MONTHS + last.month - first.month + 1
    month = partial_of(first, precision="month")
    if months > 2:
        return shifted(
            TimeSpan(earliest=month, latest=month),
            low=months * low // 12,
            high=months * high // 12 - 1,
            unit="month",
        )
    if precision_of(span.earliest) == "month" and months == 1:
        days = last.day
        return TimeSpan(
            earliest=f"{month}-{days * low // 12 + 1:02d}",
            latest=f"{month}-{days * high // 12:02d}",
        )
    return span


def form_of(found: re.Match[str]) -> Form:
    """Return what a match of one of the patterns of dates says."""
    said = {name: value for name, value in found.groupdict().items() if value}
    part = said.pop("part", None)
    for name, read in _READERS.items():
        if name in said:
            form = read(said)
            return Form(**{**form, "part": part}) if part else Form(**form)
    raise AssertionError(f"no reader for {sorted(said)}")


def _year_to(first: str, last: str | None) -> int | None:
    """Return the last year of a range, given in full or by two figures: 1914-18."""
    if last is None:
        return None
    return int(last) if len(last) > 2 else int(first[:2] + last)


def _day(text: str | None) -> int | None:
    """Return the day that figures or a word name."""
    if text is None:
        return None
    return ORDINALS.get(text) or int(re.sub(r"\D", "", text))


def _month(text: str | None) -> int | None:
    """Return the month that a name or its abbreviation names."""
    return None if text is None else MONTHS[text.lower().rstrip(".")]


def _year(text: str | None) -> int | None:
    return None if text is None else int(text)


Said = Mapping[str, str]


def _iso(said: Said) -> dict[str, Any]:
    year, *rest = (int(part) for part in said["iso"].split("-"))
    month, day = (*rest, None, None)[:2]
    return {"kind": "day" if day else "month", "year": year, "month": month, "day": day}


def _day_month(said: Said) -> dict[str, Any]:
    return {
        "kind": "day",
        "day": _day(said["day"]),
        "day_to": _day(said.get("day_to")),
        "month": _month(said["day_month"]),
        "year": _year(said.get("day_year")),
    }


def _month_day(said: Said) -> dict[str, Any]:
    return {
        "kind": "day",
        "day": _day(said["month_day"]),
        "day_to": _day(said.get("month_day_to")),
        "month": _month(said["month_of_day"]),
        "year": _year(said.get("month_day_year")),
    }


def _months(said: Said) -> dict[str, Any]:
    return {
        "kind": "month",
        "month": _month(said["month"]),
        "month_to": _month(said["month_to"]),
        "year": _year(said.get("months_year")),
    }


def _month_year(said: Said) -> dict[str, Any]:
    return {
        "kind": "month",
        "month": _month(said["month_in_year"]),
        "year": int(said["month_year"]),
    }


def _season(said: Said) -> dict[str, Any]:
    first, last = SEASONS[said["season"].lower()]
    year = int(said["season_year"])
    return {"kind": "season", "month": first, "month_to": last, "year": year}


def _decade(said: Said) -> dict[str, Any]:
    text = said["decade"].lower()
    if text.isdigit():
        year = int(text)
    else:
        century, word = re.split(r"[\s-]", text)
        year = (1800 if century == "eighteen" else 1900) + 10 * DECADES[word]
    return {"kind": "decade", "year": year, "year_to": year + (99 if year % 100 == 0 else 9)}


def _years(said: Said) -> dict[str, Any]:
    first = said.get("year") or said["between"]
    last = said.get("year_to") or said.get("year_until") or said.get("between_to")
    return {
        "kind": "range" if last else "year",
        "year": int(first),
        "year_to": _year_to(first, last),
    }


def _lone_month(said: Said) -> dict[str, Any]:
    return {"kind": "month", "month": _month(said["lone_month"])}


_READERS: Mapping[str, Callable[[Said], dict[str, Any]]] = {
    "iso": _iso,
    "day": _day_month,
    "month_of_day": _month_day,
    "month": _months,
    "month_in_year": _month_year,
    "season": _season,
    "decade": _decade,
    "year": _years,
    "between": _years,
    "lone_month": _lone_month,
}
