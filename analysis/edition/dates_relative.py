"""Times told by their distance from another: the next day, three years later, that summer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.edition.dates_partial import TimeSpan, Unit, hull, partial_of, shifted
from analysis.edition.dates_words import CARDINALS, SEASONS, VAGUE, any_of
from analysis.errors import InputError

_UNIT_WORDS: Mapping[str, Unit] = MappingProxyType(
    {
        "day": "day",
        "night": "day",
        "morning": "day",
        "evening": "day",
        "afternoon": "day",
        "week": "week",
        "month": "month",
        "year": "year",
    }
)
_COUNT = rf"(?:{any_of(VAGUE)}|{any_of(CARDINALS)}|\d{{1,3}})"
_ABOUT = (
    r"(?:less than|not quite|almost|nearly|close to|about|around|some|barely|scarcely|hardly"
    r"|more than|over|at least)"
)
_UNIT = any_of(_UNIT_WORDS)
RELATIVE = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?:(?P<about>{_ABOUT})\s)?(?P<count>{_COUNT})\s(?P<unit>{_UNIT})s?\s"
    r"(?P<way>later|afterwards?|earlier|previously|ago)"
    rf"|after\s(?:(?P<after_about>{_ABOUT})\s)?(?P<after>{_COUNT})\s(?P<after_unit>{_UNIT})s?(?=[,.;])"
    rf"|(?P<bare>days|weeks|months|years)\s(?:later|afterwards?)"
    rf"|(?P<step>the next|the following|the previous)\s(?P<step_unit>{_UNIT})"
    rf"|(?<!\bof\s)the\s(?P<step_back>{_UNIT})\sbefore(?=[,.;])"
    rf"|(?P<same>that|the same|that same|that very)\s(?P<same_unit>day|night|morning|evening|week"
    rf"|month|year|{any_of(SEASONS)})"
    rf"|(?P<season_step>the next|the following|this)\s(?P<season>{any_of(SEASONS)})"
    r")(?![\w-])",
    re.IGNORECASE,
)
_DURATION = re.compile(rf"\bfor\s(?:(?:the|many|{_ABOUT}|{_COUNT})\s){{0,2}}$", re.IGNORECASE)
_BARE: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"days": (2, 6), "weeks": (2, 8), "months": (2, 11), "years": (2, 9)}
)
"""What a plural without a number may mean, as `VAGUE`."""

_LESS = frozenset({"less than", "not quite", "almost", "nearly", "close to", "barely", "scarcely"})
_MORE = frozenset({"more than", "over", "at least"})
_BACKWARD = frozenset({"earlier", "previously", "ago"})
AGO_REASON = "counted from the time of writing or from the time told of: left open"
NO_ANCHOR = "no date before it to count from"
OUT_OF_CALENDAR = "before the year 1 or after 9999"
NO_WRITING = "counted from the time of writing, which is not known"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolved:
    """What a relative expression means; None with the reason where it is left open."""

    span: TimeSpan | None
    reason: str = ""


def find_relative(text: str) -> Iterator[re.Match[str]]:
    """Yield the relative expressions of a text in order, without durations ("for years after")."""
    for found in RELATIVE.finditer(text):
        if not _DURATION.search(text[max(0, found.start() - 30) : found.start()]):
            yield found


def resolve(found: re.Match[str], *, anchor: TimeSpan | None, written: TimeSpan | None) -> Resolved:
    """Return the time that a relative expression means, counted from the last date told of.

    "Ago" is counted from the time of writing, unless that gives a time after the last date told
    of: then the text counts from the time that it tells of, or not, and it is left open.

    Parameters
    ----------
    found : Match
        A match of `RELATIVE`.
    anchor : TimeSpan or None
        The last date told of.
    written : TimeSpan or None
        When the text was written.
    """
    said = {name: value.lower() for name, value in found.groupdict().items() if value}
    try:
        return _resolved(said, anchor=anchor, written=written)
    except InputError:
        return Resolved(span=None, reason=OUT_OF_CALENDAR)


def _resolved(
    said: Mapping[str, str], *, anchor: TimeSpan | None, written: TimeSpan | None
) -> Resolved:
    """Return what `resolve` does, for what the expression says."""
    if said.get("way") == "ago":
        if written is None:
            return Resolved(span=None, reason=NO_WRITING)
        told = _counted(written, said=said)
        if anchor is not None and told is not None and told.first_day > anchor.last_day:
            return Resolved(span=None, reason=AGO_REASON)
        return Resolved(span=told)
    if anchor is None:
        return Resolved(span=None, reason=NO_ANCHOR)
    return Resolved(span=_from_anchor(anchor, said=said))


def _from_anchor(anchor: TimeSpan, *, said: Mapping[str, str]) -> TimeSpan | None:
    """Return the time that is meant, counted from the last date told of."""
    if "count" in said or "after" in said:
        return _counted(anchor, said=said)
    if "bare" in said:
        low, high = _BARE[said["bare"]]
        return shifted(anchor, low=low, high=high, unit=_UNIT_WORDS[said["bare"][:-1]])
    if "step" in said:
        unit = _UNIT_WORDS[said["step_unit"]]
        by = -1 if said["step"] == "the previous" else 1
        return shifted(_end_of(anchor, unit=unit, by=by), low=by, high=by, unit=unit)
    if "step_back" in said:
        unit = _UNIT_WORDS[said["step_back"]]
        return shifted(_end_of(anchor, unit=unit, by=-1), low=-1, high=-1, unit=unit)
    if "season" in said:
        return _season(anchor, season=said["season"], onward=said["season_step"] != "this")
    if said["same_unit"] in SEASONS:
        return _season(anchor, season=said["same_unit"], onward=False)
    if said["same_unit"] == "year":
        year = partial_of(anchor.last_day, precision="year")
        return TimeSpan(earliest=year, latest=year)
    return anchor


def _end_of(anchor: TimeSpan, *, unit: Unit, by: int) -> TimeSpan:
    """Return the end of the anchor that a step starts from, where it is longer than the unit."""
    if unit == "year":
        year = partial_of(anchor.last_day if by > 0 else anchor.first_day, precision="year")
        return TimeSpan(earliest=year, latest=year)
    return anchor


def _counted(anchor: TimeSpan, *, said: Mapping[str, str]) -> TimeSpan | None:
    """Return the anchor moved by the number of units that is said."""
    word = said.get("count") or said["after"]
    unit = _UNIT_WORDS[said.get("unit") or said["after_unit"]]
    number = VAGUE.get(word) or (CARDINALS.get(word) or int(word),) * 2
    low, high = number
    about = said.get("about") or said.get("after_about", "")
    if about in _LESS:
        low = 0 if about == "less than" else max(0, low - 1 - low // 10)
    elif about in _MORE:
        high = high + 1 + high // 10
    elif about:
        low, high = low - low // 10, high + high // 10
    if said.get("way") in _BACKWARD:
        low, high = -high, -low
    return shifted(anchor, low=low, high=high, unit=unit)


def _season(anchor: TimeSpan, *, season: str, onward: bool) -> TimeSpan:
    """Return the season in the last year told of, or the first one that begins after it."""
    first, last = SEASONS[season]
    year = anchor.last_day.year
    if onward and first <= anchor.last_day.month:
        year += 1
    start = f"{year:04d}-{first:02d}"
    begun = TimeSpan(earliest=start, latest=start)
    return hull([begun, shifted(begun, low=last - first, high=last - first, unit="month")])
