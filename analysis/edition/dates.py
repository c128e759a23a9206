"""Dates named in a text, what each is there for, and what it means where the text allows to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.edition.dates_forms import Form
from analysis.edition.dates_partial import TimeSpan
from analysis.edition.dates_relative import resolve
from analysis.edition.dates_roles import NARRATED, Role
from analysis.edition.dates_scan import Candidate, find_candidates
from analysis.edition.dates_words import DATES


@dataclass(frozen=True, kw_only=True, slots=True)
class DateMention:
    """A date named in a text: ``text[start:end]``.

    `earliest` and `latest` are partial ISO dates, both inclusive and of the Gregorian calendar;
    None where the text does not allow to say, with the `reason`. `kind` is the finest unit named:
    day, month, season, year, range (of years), decade, or relative. `role` is narrated, or what
    else the date is there for: aside, heading, name, citation, publication, signature (of a
    letter), life (of a person) or note. `calendar` is ``old`` or ``new`` where the text says so,
    and `old_style` the date as it stood in the Julian calendar.
    """

    start: int
    end: int
    text: str
    earliest: str | None
    latest: str | None
    kind: str
    role: str
    calendar: str = ""
    old_style: str | None = None
    reason: str = ""

    @property
    def span(self) -> TimeSpan | None:
        """Return the time that is meant; None where that is open."""
        if self.earliest is None or self.latest is None:
            return None
        return TimeSpan(earliest=self.earliest, latest=self.latest)

    @property
    def is_explicit(self) -> bool:
        """Return whether a day, month, season or year is named: no relative date, no mere name."""
        return self.kind != "relative" and (self.role != "name" or self.earliest is not None)

    @property
    def is_narrated(self) -> bool:
        """Return whether the date dates what is told, as far as it is known."""
        return self.role == "narrated" and self.earliest is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The time that an editor gives to ``text[start:end]``; None where it narrates none."""

    start: int
    end: int
    span: TimeSpan | None


def find_dates(
    text: str,
    *,
    layer: str = "body",
    language: str = "en",
    in_force: TimeSpan | None = None,
    near: bool = True,
    written: TimeSpan | None = None,
    calendar: str = "",
    frames: Sequence[Frame] = (),
) -> list[DateMention]:
    """Return the dates named in a paragraph, in order, with what each is there for.

    A month or day without a year takes the year of the last date told of; a relative date is
    counted from that date. Dates in the Old Style are kept apart where the text says so, and
    `earliest` and `latest` then give the New Style. Names such as the April Theses are marked as
    names; numbers that count something are left out.

    Parameters
    ----------
    text : str
        A paragraph, its lines joined.
    layer : str
        Its layer: dates in notes and headings are marked as such.
    language : str
        A tag such as en-GB. In other languages than English, only years, ranges of years and ISO
        dates are found.
    in_force : TimeSpan, optional
        The last date told of before the paragraph.
    near : bool
        Whether that date is near enough to count relative dates from.
    written : TimeSpan, optional
        When the text was written, for "ten years ago".
    calendar : str
        ``old`` where days and months are known to be of the Julian calendar.
    frames : sequence of Frame
        The times that an editor gives to parts of the paragraph: a month or day without a year is
        looked for in them first, and relative dates are counted from them.

    Notes
    -----
    Known bias: a month without a year is taken to be of the year in force even where the story has
    gone on into the next year.
    """
    tag = language.split("-")[0].lower()
    candidates = find_candidates(text, layer=layer, language=tag if tag in DATES else "")
    found: list[DateMention] = []
    anchor = in_force
    for candidate in candidates:
        frame = next((one for one in frames if one.start <= candidate.start < one.end), None)
        context = _Context(
            anchor=anchor,
            near=near or anchor is not in_force,
            within=frame.span if frame is not None else None,
            written=written,
            calendar=candidate.calendar or calendar,
        )
        mention = _resolved(text, candidate, context=context)
        found.append(mention)
        if mention.is_narrated and mention.span is not None and _leads_on(candidate):
            anchor = mention.span
    return found


def _leads_on(candidate: Candidate) -> bool:
    """Return whether later dates count from this one; not from a look back ("ten years ago")."""
    if candidate.relative is None:
        return True
    return candidate.relative.groupdict().get("way") not in ("ago", "earlier", "previously")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Context:
    """What an expression is resolved against: see `find_dates`."""

    anchor: TimeSpan | None
    near: bool
    within: TimeSpan | None
    written: TimeSpan | None
    calendar: str

    def last_date(self) -> TimeSpan | None:
        """Return the last date told of, or the editor's time where that leaves it out."""
        if self.within is None or (self.anchor is not None and self.anchor.overlaps(self.within)):
            return self.anchor
        return self.within

    def anchor_of_relatives(self) -> TimeSpan | None:
        """Return what relative dates are counted from; None where the last date is far."""
        last = self.last_date()
        return last if self.near or last is self.within else None

    def span_of(self, form: Form) -> TimeSpan | None:
        """Return what a form means in the year in force."""
        style = "old" if self.calendar == "old" else ""
        if form.year is None and self.within is not None:
            for year in range(self.within.first_day.year, self.within.last_day.year + 1):
                span = form.span(year=year, calendar_in_force=style)
                if span is not None and span.overlaps(self.within):
                    return span
        last = self.last_date()
        in_force = None if last is None else last.last_day.year
        return form.span(year=in_force, calendar_in_force=style)


def _resolved(text: str, one: Candidate, *, context: _Context) -> DateMention:
    """Return the mention that an expression makes."""
    role, reason, old_style = one.role, one.role.reason, None
    if one.form is None:
        assert one.relative is not None
        answer = resolve(
            one.relative, anchor=context.anchor_of_relatives(), written=context.written
        )
        span, reason = answer.span, reason or answer.reason
    elif role.name == "name" and one.form.year is None:
        span = None
    else:
        span = context.span_of(one.form)
        old_style = _as_printed(one, span=span, calendar=context.calendar)
        if span is None and one.form.kind == "month" and role == NARRATED:
            role = Role(name="name", reason="a month without a year in force")
        reason = role.reason or ("" if span else "no year in force, or no such day")
    dated = one.form is not None and one.form.month is not None
    return DateMention(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        earliest=span.earliest if span else None,
        latest=span.latest if span else None,
        kind=one.form.kind if one.form is not None else "relative",
        role=role.name,
        calendar=context.calendar if dated else "",
        old_style=old_style,
        reason=reason,
    )


def _as_printed(one: Candidate, *, span: TimeSpan | None, calendar: str) -> str | None:
    """Return the date as it stands in the Julian calendar, where the text says that it does."""
    form = one.paired or (one.form if calendar == "old" else None)
    if form is None or form.month is None or span is None:
        return None
    # New Year of the two calendars may lie between them.
    for year in (span.first_day.year, span.first_day.year - 1):
        printed = form.span(year=year)
        if printed is not None and 0 <= (span.first_day - printed.first_day).days < 31:
            return printed.edtf
    return None
