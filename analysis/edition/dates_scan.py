"""Finding the expressions that name dates in a paragraph, before the year in force is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.edition.dates_forms import Form, form_of
from analysis.edition.dates_relative import find_relative
from analysis.edition.dates_roles import Role, is_count, names_event, role_of
from analysis.edition.dates_words import AMBIGUOUS_MONTHS, DATES

_TIME_BEFORE = re.compile(
    r"\b(?:in|of|since|until|till|by|during|through|from|to|before|after|early|late|mid|last|next"
    r"|this|that|and)[\s-]$",
    re.IGNORECASE,
)
_NAME_BEHIND = re.compile(r"\s[A-Z][a-z]")
_YEAR_BEHIND = re.compile(
    r"(?:,?\sof\s(?:the|that|this)\s(?:(?:previous|same|following)\s)?year)?\s?\((1\d{3}|20\d{2})\)"
)
_SAYS_OLD = re.compile(r"\b(?:old|Julian)\s(?:\w+\s)?(?:calendar|style)|\bO\.\s?S\.", re.IGNORECASE)
_SAYS_NEW = re.compile(
    r"\b(?:new|western|Gregorian)\s(?:calendar|style)|\bN\.\s?S\.", re.IGNORECASE
)
_CALENDAR_REACH = 45
_PAIR_BETWEEN = re.compile(r"\s?[(\[/,]\s?(?:(?:or|i\.e\.|that is),?\s)?")
_A_YEAR_OF_EACH_DISTANCE = [1917, 1850, 1750, 1650]
"""In these centuries the calendars are 13, 12, 11 and 10 days apart."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An expression before the year in force is known; a relative one has no form."""

    start: int
    end: int
    form: Form | None
    role: Role
    calendar: str = ""
    paired: Form | None = None
    relative: re.Match[str] | None = None


def find_candidates(text: str, *, layer: str, language: str) -> list[Candidate]:
    """Return the expressions of a paragraph in order, none over another."""
    found: list[Candidate] = []
    for match in DATES[language].finditer(text):
        form = form_of(match)
        start, end = match.span()
        if match.groupdict().get("lone_month") and not _is_month(text, start=start, end=end):
            continue
        if is_count(text, start=start, end=end, form=form):
            continue
        role = role_of(text, start=start, end=end, form=form, layer=layer)
        found.append(Candidate(start=start, end=end, form=form, role=role))
    found = _paired(text, _with_years(text, found))
    found = [replace(one, calendar=one.calendar or _calendar(text, one)) for one in found]
    if language == "en":
        found += [one for one in _relatives(text, layer=layer) if not _covered(one, by=found)]
    return sorted(found, key=lambda one: one.start)


def _is_month(text: str, *, start: int, end: int) -> bool:
    """Return whether a month's name alone is the month, not a verb, a march or a person."""
    behind = text[end : end + _CALENDAR_REACH]
    if _TIME_BEFORE.search(text[max(0, start - 12) : start]) or names_event(behind):
        return True
    if text[start:end].lower() in AMBIGUOUS_MONTHS:
        return bool(_SAYS_OLD.search(behind) or _SAYS_NEW.search(behind))
    return not _NAME_BEHIND.match(behind)


def _covered(one: Candidate, *, by: Iterable[Candidate]) -> bool:
    """Return whether an expression shares letters with another."""
    return any(one.start < other.end and other.start < one.end for other in by)


def _relatives(text: str, *, layer: str) -> list[Candidate]:
    """Return the relative expressions of a text."""
    year = Form(kind="relative")
    return [
        Candidate(
            start=match.start(),
            end=match.end(),
            form=None,
            role=role_of(text, start=match.start(), end=match.end(), form=year, layer=layer),
            relative=match,
        )
        for match in find_relative(text)
    ]


def _with_years(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the expressions, a year in brackets behind a day or month made one with it."""
    joined: list[Candidate] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and last.form is not None and one.form is not None:
            behind = _YEAR_BEHIND.match(text, last.end)
            lacks = last.form.year is None and last.form.month is not None
            if behind and lacks and behind.start(1) == one.start:
                form = replace(last.form, year=one.form.year)
                joined[-1] = replace(last, end=behind.end(), form=form)
                continue
        joined.append(one)
    return joined


def _paired(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the expressions, one day in both calendars made one: October 26th (November 8th)."""
    joined: list[Candidate] = []
    for one in found:
        last = joined[-1] if joined else None
        made = None if last is None else _joined(text, last, one=one)
        if made is None:
            joined.append(one)
        else:
            joined[-1] = made
    return joined


def _joined(text: str, last: Candidate, *, one: Candidate) -> Candidate | None:
    """Return two expressions as one day in both calendars, or such a day with its year behind."""
    if last.form is None or one.form is None:
        return None
    between = text[last.end : one.start]
    if last.paired is not None:
        if last.form.year is not None or one.form.kind != "year" or between not in (" ", ", "):
            return None
        pair = _one_day(replace(last.paired, year=one.form.year), last.form)
        end = one.end
    else:
        pair = _one_day(last.form, one.form) if _PAIR_BETWEEN.fullmatch(between) else None
        end = one.end + (text[one.end : one.end + 1] in (")", "]"))
    if pair is None:
        return None
    new, old = pair
    return replace(last, end=end, form=new, paired=old, calendar="both")


def _one_day(first: Form, second: Form) -> tuple[Form, Form] | None:
    """Return the forms of one day in the new and the old calendar; None where they are two days."""
    if first.kind != "day" or second.kind != "day":
        return None
    for old, new in ((first, second), (second, first)):
        given = [year for year in (old.year, new.year) if year is not None]
        # The year before is that of an old December whose new January is given with its year.
        years = [given[0], given[0] - 1] if given else _A_YEAR_OF_EACH_DISTANCE
        for year in years[:1] if old.year is not None else years:
            day = old.span(year=year, calendar_in_force="old")
            if day is None or (day.first_day.month, day.first_day.day) != (new.month, new.day):
                continue
            if new.year in (None, day.first_day.year):
                known = day.first_day.year if given else None
                return replace(new, year=known), replace(old, year=year if given else None)
    return None


def _calendar(text: str, one: Candidate) -> str:
    """Return which calendar the words behind a date name, if any: old, new, or neither."""
    behind = text[one.end : one.end + _CALENDAR_REACH]
    behind = re.split(r"[;.](?=\s)", behind)[0]
    if _SAYS_OLD.search(behind):
        return "old"
    return "new" if _SAYS_NEW.search(behind) else ""


def says_old_style(text: str) -> bool:
    """Return whether a paragraph says that its dates are of the old calendar."""
    return bool(_SAYS_OLD.search(text))
