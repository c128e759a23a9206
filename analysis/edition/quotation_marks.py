"""Where quotations begin and end: marks told from apostrophes, specks and ditto marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from analysis.edition.report_clauses import report_behind

Marks = Literal["double", "single"]
"""Which marks a source sets around quotations; the other ones quote inside a quotation."""
Span = tuple[int, int, bool]
"""Start and end of the words inside the marks, and whether a mark closes them."""

MARKS: dict[str, str] = {"double": '“”„«»"', "single": "‘’‚‹›'"}
EVERY_MARK = "".join(MARKS.values())
_FACES_RIGHT, _FACES_LEFT = "“„«‘‚‹", "”»’›"
_SET_APART = "«»‹›"
"""Marks that stand apart from the words by a blank."""
_FIND_MARK = {name: re.compile(f"[{characters}]") for name, characters in MARKS.items()}
_BEFORE_OPENING = "([{—–-*/" + EVERY_MARK
_ELIDED = re.compile(r"(?:\d\ds?|tis|twas|twere|twill|em|til|till|cause|bout|n)\b", re.IGNORECASE)
_ELIDED_AND_TURNED = re.compile(r"(?:\d\ds|tis|twas|em|n)\b")
_SHORTENED = re.compile(r"(?:[sSzZxX]|\win|\bo)\Z")
"""Behind what an apostrophe may end a word: workers’ state, goin’ home, o’ mine."""
_GOES_ON = re.compile(r",?\s[^\W\d_]|[.,;:?!…]++[’']")
_SENTENCE_END = re.compile(r"[.?!…](?=\s+[\W_]*[A-ZÀ-ÞĀ-Ž])")
_CLAUSE_END = re.compile(r"[.?!…,](?=\s)")
_WORD = re.compile(r"[^\W_]")
REPORT_LENGTH = 90
"""How many characters behind a quotation are searched for a clause of report."""


def spans_of_quotations(paragraph: str, *, marks: Marks, carried: bool) -> list[Span]:
    """Return the spans of the quotations of a paragraph that hold a word, without nested ones."""
    spans: list[Span] = []
    start = -1
    for place, role in _roles(paragraph, marks=marks):
        if role == "opens":
            if start >= 0 and paragraph[start:place].strip(EVERY_MARK + " "):
                spans.append(_cut_short(paragraph, start=start, limit=place))
            start = place + 1
        elif start >= 0:
            spans.append((start, place, True))
            start = -1
        elif carried and not spans:
            spans.append((0, place, True))
    if start >= 0:
        spans.append(_unclosed(paragraph, start=start))
    trimmed = (_trimmed(paragraph, span=span) for span in spans)
    return [span for span in trimmed if _WORD.search(paragraph, span[0], span[1])]


def opens_with_mark(paragraph: str, *, marks: Marks) -> bool:
    """Return whether a paragraph begins with an opening mark, as one that goes on quoting does.

    After a quotation that is not closed, the next paragraph carries it on if this holds; if it
    does not hold, a closing mark was lost and the text wants a correction.
    """
    first = paragraph.lstrip(" *")[:1]
    return bool(first) and first in MARKS[marks] and first not in _FACES_LEFT


def _unclosed(paragraph: str, *, start: int) -> Span:
    """Return the span of a quotation that nothing closes: to the paragraph's end if it may be."""
    before = paragraph[max(0, start - 20) : start].rstrip(EVERY_MARK + "* ")
    capital = _begins_with_capital(paragraph, start=start)
    limit = len(paragraph)
    if not before or before[-1] in ":.?!…)]" or (before[-1] in ",;—–" and capital):
        return start, limit, False
    if before[-1] in ",;—–" or capital:
        stop = _SENTENCE_END.search(paragraph, start)
        return start, stop.end() if stop else limit, False
    return start, start, False


def _cut_short(paragraph: str, *, start: int, limit: int) -> Span:
    """Return the span of a quotation whose closing mark was lost before the next one opens."""
    before = paragraph[max(0, start - 20) : start].rstrip(EVERY_MARK + "* ")
    if (
        before
        and before[-1] not in ".,:;?!…)]—–"
        and not _begins_with_capital(paragraph, start=start)
    ):
        return start, start, False
    first_stop = -1
    for stop in _CLAUSE_END.finditer(paragraph, start, limit):
        if report_behind(paragraph[stop.end() : min(stop.end() + REPORT_LENGTH, limit)]):
            return start, stop.end(), False
        if first_stop < 0 and stop[0] != ",":
            first_stop = stop.end()
    return start, max(first_stop, start), False


def _begins_with_capital(paragraph: str, *, start: int) -> bool:
    first = _WORD.search(paragraph, start, start + 20)
    return first is not None and first[0].isupper()


def _trimmed(paragraph: str, *, span: Span) -> Span:
    """Return a span without white space at its ends and without marks that OCR set twice."""
    start, end, closed = span
    while start < end and paragraph[start].isspace():
        start += 1
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    if start < end and paragraph[start] in EVERY_MARK and not _has_partner(paragraph[start:end]):
        start += 1
    return start, end, closed


def _has_partner(quoted: str) -> bool:
    """Return whether something closes the mark with which a quotation begins."""
    closing = next(marks for marks in MARKS.values() if quoted[0] in marks)
    return any(
        mark in closing and mark not in _FACES_RIGHT and not quoted[place + 1 : place + 2].isalpha()
        for place, mark in enumerate(quoted)
        if place
    )


def _roles(paragraph: str, *, marks: Marks) -> Iterator[tuple[int, str]]:
    """Yield the place of each mark that is one, and whether it opens or closes a quotation."""
    rule = _role_of_single if marks == "single" else _role_of_double
    places = [found.start() for found in _FIND_MARK[marks].finditer(paragraph)]
    roles = _without_apostrophes([rule(paragraph, place=place) for place in places])
    is_open = False
    for place, role in zip(places, roles, strict=True):
        if role in {"either", "turned"}:
            role = "closes" if is_open else "opens"
        if role:
            is_open = role == "opens"
            yield place, role


def _without_apostrophes(roles: Sequence[str]) -> list[str]:
    """Return the roles with each "apostrophe?" decided by the marks behind it.

    It is one if a mark that can only close comes before the next one that opens: then the
    quotation is still to be closed.
    """
    decided: list[str] = []
    closed_later = False
    for role in reversed(roles):
        if role == "apostrophe?":
            role = "" if closed_later else "closes"
        elif role:
            closed_later = role in {"closes", "either"}
        decided.append(role)
    return decided[::-1]


def _role_of_double(paragraph: str, *, place: int) -> str:
    """Return what a double mark does: by its place where that is clear, else by its shape.

    "turned" is a closing mark at the head of a word: it closes what is open, else it opens.
    """
    mark, before, behind = _around(paragraph, place=place)
    can_open, can_close = _can_open(before, behind=behind), _can_close(before, behind=behind)
    if can_open and not can_close:
        return "turned" if mark in _FACES_LEFT else "opens"
    if can_close and not can_open:
        return "closes"
    if not can_open and not before.strip() and not behind.strip():
        return _role_of_lone(paragraph, place=place)
    return _role_by_shape(mark)


def _role_of_single(paragraph: str, *, place: int) -> str:
    """Return what a single mark does; "apostrophe?" may be an apostrophe or close."""
    mark, before, behind = _around(paragraph, place=place)
    if before.isalnum() and behind.isalnum():
        return ""
    can_open, can_close = _can_open(before, behind=behind), _can_close(before, behind=behind)
    if can_open and not can_close:
        elided = _ELIDED_AND_TURNED if mark in _FACES_RIGHT else _ELIDED
        if elided.match(paragraph, place + 1):
            return ""
        if mark not in "’›":
            return "opens"
        after_stop = paragraph[max(0, place - 3) : place].rstrip()[-1:] in (*".,:;?!", "")
        return "turned" if after_stop and behind.isupper() else ""
    if can_close and not can_open:
        shortened = _SHORTENED.search(paragraph, max(0, place - 3), place)
        goes_on = _GOES_ON.match(paragraph, place + 1)
        return "apostrophe?" if shortened and goes_on and mark in "’'" else "closes"
    if not can_open and not before.strip() and not behind.strip():
        return "" if mark in "’'" else _role_of_lone(paragraph, place=place)
    return _role_by_shape(mark)


def _around(paragraph: str, *, place: int) -> tuple[str, str, str]:
    """Return a mark and the characters before and behind it, empty at the paragraph's ends."""
    return paragraph[place], paragraph[max(0, place - 1) : place], paragraph[place + 1 : place + 2]


def _can_open(before: str, *, behind: str) -> bool:
    return bool(behind.strip()) and (not before.strip() or before in _BEFORE_OPENING)


def _can_close(before: str, *, behind: str) -> bool:
    return bool(before.strip()) and not behind.isalpha()


def _role_of_lone(paragraph: str, *, place: int) -> str:
    """Return the role of a mark between blanks: a ditto mark does nothing."""
    mark = paragraph[place]
    introduced = paragraph[max(0, place - 3) : place].rstrip()[-1:] in (",", ":")
    if mark in _FACES_RIGHT and (introduced or mark in _SET_APART):
        return "opens"
    return "closes" if mark in _FACES_LEFT else ""


def _role_by_shape(mark: str) -> str:
    if mark in _FACES_RIGHT:
        return "opens"
    return "closes" if mark in _FACES_LEFT else "either"
