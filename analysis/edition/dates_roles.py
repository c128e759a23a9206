"""What a date is there for: most date the narrative; others a note, a letter, a life or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.edition.dates_forms import Form

NOTE_LAYERS = frozenset({"footnote", "editor_note", "paratext", "page_furniture"})
HEAD_LAYERS = frozenset({"title", "heading"})
FEWEST_YEARS_OF_A_LIFE = 20
_MOST_OF_TEXT = 0.6
"""Brackets that hold more of a paragraph than this are no aside: they are the paragraph."""

_EVENTS = (
    r"(?:[Rr]evolutions?|[Rr]evolts?|[Uu]prisings?|[Ii]nsurrections?|[Cc]ommune|[Cc]oup|[Pp]utsch"
    r"|[Tt]heses|[Dd]ays|[Ee]pisode|[Mm]anifesto|[Oo]ffensive|[Ee]vents|[Mm]assacres?|[Cc]onstitution)"
)
_NAME_AFTER = re.compile(rf"\s{_EVENTS}\b")
_STANDS_FOR = re.compile(
    r"\b(?:men|women|people|militants|leaders|heroes|victors|veterans|fighters|comrades|children"
    r"|generation|party|spirit|ideals?|ideas|lessons|legacy|conquests|revolution)\sof\s$"
)
"""What belongs to an event that its month stands for: the lessons of October."""

_COUNTED_AFTER = re.compile(
    r"[*†]?\s(?:(?!(?:was|is|has|does|as|its|his|this|thus|plus|perhaps|always|besides)\b)[a-z]+s\b"
    r"|(?:more|men|women|people|percent|per\s?cent|children|francs|rubles|million)\b)"
)
_COUNTED_BEFORE = re.compile(
    r"(?:\b(?:more|less|fewer|rather)\sthan|\b(?:over|some|nearly|almost|exactly|actually|only"
    r"|approximately|altogether|totalling)|\b(?:pp?|vol|nos?|art|articles?|page|pages|law|decree)\.?)\s$",
    re.IGNORECASE,
)
_IN_TIME = re.compile(
    r"\b(?:in|of|since|until|till|by|from|to|before|after|during|between|year|about|ca?\.?"
    r"|circa|early|late|mid|for)[\s-](?:the\s)?$",
    re.IGNORECASE,
)
_SENTENCE_BEFORE = re.compile(r"[.!?:][\"”’)]*\s+[\"“‘]*$")
_PUBLISHED = re.compile(
    r"(?:\b(?:was|were|been|being|is|are|which|that|it|material)\s(?:\w+ly\s)?|\bhad\s(?:\w+\s)?|[,(]\s)"
    r"(?:written|wrote|published|printed|issued|reprinted|translated|appeared|drawn)"
    r"(?:\sin\s[A-Z][\w’'-]+)?\s(?:in|on)\s(?:the\s)?$"
)
_IN_PAPER = re.compile(
    r"\b(?:wrote|writes|reported|printed|said)\s(?:\w+\s)?in\s[A-Z][^.;:]{0,40}\sof\s$"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SMALL = re.compile(
    r"\b(?:in|on|at|of|from|to|until|till|about|around|since|after|before|by|early|the|and|or|circa"
    r"|ca?|between|both|again)\b|[^\w]",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\b(?:letter|written|dated|telegram|note)\b", re.IGNORECASE)
_INITIALS = re.compile(r"\s*(?:[A-Z]\.[\s,]*)+\.?\s*")
_CALENDAR = re.compile(r"\bcalendar\b|\b[Oo]ld [Ss]tyle\b|\b[Nn]ew [Ss]tyle\b|\b[ON]\.\s?S\.")
_LOWER_CASE = re.compile(r"\b[a-zà-ÿ]{2,}")
_TITLE_WORDS = frozenset(
    "of the and in on for a an to de la le du des et der die und no vol".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """What a date is there for, and the reason where it does not date the narrative."""

    name: str
    reason: str = ""


NARRATED = Role(name="narrated")


def names_event(behind: str) -> bool:
    """Return whether the words behind a month or year make it the name of an event."""
    return bool(_NAME_AFTER.match(behind))


def is_count(text: str, *, start: int, end: int, form: Form) -> bool:
    """Return whether a bare number in the range of years counts something else.

    A number that opens a sentence is a year: counts are written in words there.
    """
    if form.kind != "year":
        return False
    if _COUNTED_BEFORE.search(text[max(0, start - 30) : start]):
        return True
    before = text[max(0, start - 20) : start]
    if not before.strip() or _SENTENCE_BEFORE.search(before) or _IN_TIME.search(before):
        return False
    counted = _COUNTED_AFTER.match(text[end : end + 30])
    return bool(counted) and not names_event(text[end : end + 30])


def role_of(text: str, *, start: int, end: int, form: Form, layer: str) -> Role:
    """Return what a date at a place of a paragraph is there for."""
    if form.kind in ("month", "year") and (form.year is None or form.month is None):
        stands_for = form.month is not None and _STANDS_FOR.search(text[max(0, start - 30) : start])
        if stands_for or names_event(text[end : end + 20]):
            return Role(name="name", reason="it is part of the name of an event")
    if layer in NOTE_LAYERS:
        return Role(name="note", reason=f"it stands in a {layer.replace('_', ' ')}")
    if layer in HEAD_LAYERS:
        return Role(name="heading", reason="it stands in a heading")
    brackets = _around(text, start=start, end=end)
    if brackets is not None:
        return _in_brackets(text, brackets=brackets, start=start, end=end, form=form)
    before = text[max(0, start - 80) : start]
    if _PUBLISHED.search(before) or _IN_PAPER.search(before):
        return Role(name="publication", reason="it dates a text, not what is told")
    return NARRATED


def _around(text: str, *, start: int, end: int) -> tuple[int, int] | None:
    """Return where the innermost brackets around a date begin and end."""
    for brackets in _BRACKETS.finditer(text):
        if brackets.start() < start and end < brackets.end():
            return brackets.span()
    return None


def _in_brackets(text: str, *, brackets: tuple[int, int], start: int, end: int, form: Form) -> Role:
    """Return what a date in brackets is there for."""
    opening, closing = brackets
    rest = text[opening + 1 : start] + " " + text[end : closing - 1]
    if not _SMALL.sub("", rest):
        last = form.year_to or form.year or 0
        named = re.search(r"[A-Z][\w’'-]+\s$", text[:opening])
        if named and form.kind == "range" and last - (form.year or 0) >= FEWEST_YEARS_OF_A_LIFE:
            return Role(name="life", reason="it is when a person lived")
        return NARRATED
    if _CALENDAR.search(rest):
        return NARRATED
    if _LETTER.search(rest) and len(rest.split()) < 10:
        return Role(name="signature", reason="it dates a letter")
    lower = {word for word in _LOWER_CASE.findall(rest) if word not in _TITLE_WORDS}
    if not lower:
        if _INITIALS.fullmatch(rest):
            return Role(name="signature", reason="it dates a letter")
        return Role(name="citation", reason="it dates a publication that is cited")
    if closing - opening > _MOST_OF_TEXT * len(text):
        return NARRATED
    return Role(name="aside", reason="it stands in a remark in brackets")
