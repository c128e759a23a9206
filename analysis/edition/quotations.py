"""Quotations inside a paragraph: where they are, and whose words they are.

A quoted word in an author's paragraph is someone else's, with three exceptions: the author's own
remembered speech, titles of works, and scare quotes or a word or two quoted in passing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from analysis.edition.quotation_marks import (
    EVERY_MARK,
    MARKS,
    REPORT_LENGTH,
    Marks,
    Span,
    spans_of_quotations,
)
from analysis.edition.report_clauses import Report, report_before, report_behind
from analysis.errors import InputError

Kind = Literal["speech", "own", "title", "scare"]

LEAD_LENGTH = 300
"""How many characters before a quotation are searched for its clause of report."""
PASSING_WORDS, NAMED_WORDS = 3, 6
"""Up to how many words are quoted in passing; behind a word for naming."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """A quotation of a paragraph: the half-open span of the words inside its marks, and its kind.

    `kind` is "speech" (someone else's words, said or written), "own" (the author's remembered
    words), "title" or "scare"; `speaker` is the name that the clause of report gives, else None;
    `closed` is False where the closing mark is missing.
    """

    start: int
    end: int
    kind: Kind
    speaker: str | None = None
    closed: bool = True

    @property
    def by_author(self) -> bool:
        """Return whether the words stay the author's: all kinds but speech do."""
        return self.kind != "speech"


def find_quotations(paragraph: str, *, marks: Marks, carried: bool = False) -> list[Quotation]:
    """Return the quotations of one paragraph of English prose, in order and without overlap.

    Quotations inside a quotation are not listed. One that a clause of report interrupts (“A,” said
    X, “b.”) is two, of one kind and speaker.

    Parameters
    ----------
    paragraph : str
        Running text after corrections, its lines joined by blanks.
    marks : {"double", "single"}
        The marks that the source sets around quotations. With "single", an apostrophe is told from
        a closing mark by its place; behind an s it closes nothing as long as a mark that can only
        close comes before the next one that opens (‘the workers’ state is lost’).
    carried : bool
        Whether the paragraph before ends in a quotation that is not closed and this one goes on
        with it (`opens_with_mark`). What is carried on is speech without a speaker here: give it
        the kind and speaker of what it carries on.

    Raises
    ------
    InputError
        If `marks` is neither "double" nor "single".

    Notes
    -----
    The kind is decided by the first of these rules that applies.

    1. "title": whatever stands behind "entitled".
    2. A clause of report with a verb of saying stands behind the quotation (“A,” said X; ‘A!’ as X
       called him), between its parts, or leads to it with a comma or colon (X answered: “A”):
       "own" if its subject is I or we, or it says "my answer" and the like; else "speech". Any
       colon that leads to a quotation counts as such a clause.
    3. "title": set like a title, with capitals, behind a noun for a work (book, poem, article) or
       behind another title; or two words and more that are set so, with no article before them and
       no verb of saying but write and read (he wrote “The Twelve”).
    4. A verb of saying leads to it without comma or colon (X thought that “a”, X said “a”): as
       under 2.
    5. "speech": it is the whole paragraph, carried on or not closed; or it holds the end of a
       sentence, an exclamation, a question or an ellipsis; or it begins behind the end of a
       sentence, with a capital, and ends with a full stop.
    6. "scare": at most three words that are no infinitive (“to help us”); at most six behind a
       word for naming (called, called it, so-called, the word, a policy of) or behind these and
       those; a name with its article.
    7. "speech": everything else.

    Marks that OCR doubled count once, marks that face the wrong way are turned by their place, a
    closing mark with nothing to close is passed over. Where the next quotation opens before one is
    closed, the first ends at its clause of report, else with its sentence. One that is never closed
    runs to the end of the paragraph if it begins like speech (behind a stop or colon, or behind a
    comma with a capital), to the end of its sentence if only comma or capital are there, and is
    else taken to be a speck.

    Known errors: dialogue without a clause of report is "speech", whoever speaks, and so is the
    author's quotation of an older text of his own. Labels of four words and more are "speech",
    and up to three words of someone else are "scare". The second half of “A?” asked X. “B.” is
    taken to be by X. A speaker who is not the subject of the verb of saying is not found. In other
    languages the spans hold, the kinds do not.
    """
    if marks not in MARKS:
        raise InputError(f'marks must be "double" or "single", not {marks!r}: name one of the two.')
    spans = spans_of_quotations(paragraph, marks=marks, carried=carried)
    found: list[Quotation] = []
    before = _Judged()
    for number, (start, end, closed) in enumerate(spans):
        context = _context(paragraph, spans=spans, number=number)
        if carried and number == 0 and context.begins_paragraph:
            before = _Judged(kind="speech")
        else:
            before = _judge(context, before=before)
        found.append(
            Quotation(start=start, end=end, kind=before.kind, speaker=before.speaker, closed=closed)
        )
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Context:
    """A quotation and what stands around it.

    `lead` is the text before it since its sentence began, `tail` the text behind it, `between` the
    text that parts it from the quotation before; none of them reaches into another quotation.
    """

    quoted: str
    closed: bool
    lead: str
    tail: str
    between: str
    begins_paragraph: bool
    ends_paragraph: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Judged:
    """The kind of a quotation, its speaker, and where a clause of report behind it ends."""

    kind: Kind = "scare"
    speaker: str | None = None
    report_end: int = 0


def _context(paragraph: str, *, spans: Sequence[Span], number: int) -> _Context:
    """Return what stands around a quotation, as far as its sentence and its neighbours."""
    start, end, closed = spans[number]
    first = spans[number - 1][1] if number else 0
    last = spans[number + 1][0] if number + 1 < len(spans) else len(paragraph)
    between = _bare(paragraph[max(first, start - LEAD_LENGTH) : start])
    cut = max((stop.end() for stop in _SENTENCE_END.finditer(between)), default=0)
    return _Context(
        quoted=paragraph[start:end],
        closed=closed,
        lead=between[cut:],
        tail=_bare(paragraph[end : min(last, end + REPORT_LENGTH)]),
        between=between if number and start - first <= LEAD_LENGTH else "",
        begins_paragraph=not number and not between.strip(" *"),
        ends_paragraph=bool(_NOTHING_MORE.match(paragraph, end)),
    )


def _bare(text: str) -> str:
    """Return a text without the quotation marks at its ends."""
    return text.strip(EVERY_MARK) if text[:1] in EVERY_MARK or text[-1:] in EVERY_MARK else text


def _judge(context: _Context, *, before: _Judged) -> _Judged:
    """Return the kind of a quotation, by the first rule that applies."""
    if _ENTITLED.search(context.lead.rstrip()):
        return _Judged(kind="title")
    leading = report_before(context.lead, quoted=context.quoted)
    led = bool(leading) and context.lead.rstrip()[-1:] in (":", ",")
    behind = None if led or not _may_be_followed(context) else report_behind(context.tail)
    if behind:
        return _reported(behind)
    if before.report_end and _goes_on(context, report_end=before.report_end):
        rest = report_before(context.between[before.report_end :], quoted=context.quoted)
        return _reported(rest) if rest else _Judged(kind=before.kind, speaker=before.speaker)
    if _is_title(context, before=before, reported=leading is not None):
        return _Judged(kind="title")
    if leading:
        return _reported(leading)
    return _Judged(kind="speech" if _is_utterance(context) or not _is_label(context) else "scare")


def _reported(report: Report) -> _Judged:
    """Return the kind of what a clause of report reports."""
    if report.by_author:
        return _Judged(kind="own", report_end=report.end)
    return _Judged(kind="speech", speaker=report.speaker, report_end=report.end)


def _may_be_followed(context: _Context) -> bool:
    """Return whether a clause of report may follow: behind a full stop a new sentence does."""
    return bool(_OPEN_END.search(context.quoted[-8:])) or context.tail.startswith(",")


def _goes_on(context: _Context, *, report_end: int) -> bool:
    """Return whether one clause of report is all that parts a quotation from the one before."""
    between = context.between.rstrip(EVERY_MARK + " ")
    return len(between) >= report_end > 0 and not _SENTENCE_END.search(between)


def _is_title(context: _Context, *, before: _Judged, reported: bool) -> bool:
    """Return whether a quotation is the title of a work."""
    lead = context.lead.rstrip()
    if not _is_set_like_title(context.quoted):
        return False
    listed = before.kind == "title" and _LISTED.fullmatch(context.between)
    if listed or _WORK.search(lead):
        return True
    if len(context.quoted.split()) == 1 or lead[-1:] in (",", ":", "") or _ARTICLE.search(lead):
        return False
    return not _is_utterance(context) and (not reported or bool(_WRITES.search(lead)))


def _is_set_like_title(quoted: str) -> bool:
    """Return whether the first and every longer word begin with a capital."""
    words = _WORDS.findall(quoted)
    longer = [word for word in words if len(word) >= LONGER_WORD]
    return bool(words) and words[0][0].isupper() and all(word[0].isupper() for word in longer)


def _is_utterance(context: _Context) -> bool:
    """Return whether a quotation is set like something said: a sentence, a cry, a question."""
    quoted = context.quoted
    whole = context.begins_paragraph and context.ends_paragraph
    if whole or not context.closed or _SENTENCE_INSIDE.search(quoted):
        return True
    begins = not context.lead.strip() and quoted[:1].isupper()
    return begins and quoted.endswith(".")


def _is_label(context: _Context) -> bool:
    """Return whether a quotation is a word or two in passing, or a name."""
    words = len(_WORDS.findall(context.quoted))
    if words <= PASSING_WORDS:
        return words == 1 or not _INFINITIVE.match(context.quoted)
    if words > NAMED_WORDS:
        return False
    article, _, name = context.quoted.partition(" ")
    named = article.lower() in {"the", "a", "an"} and _is_set_like_title(name)
    return named or bool(_NAMING.search(context.lead.rstrip()))


LONGER_WORD = 4
"""From how many letters a word of a title has a capital: the Man of the World."""
_WORDS = regex.compile(r"[\p{L}\p{N}]+(?:[’'.-][\p{L}\p{N}]+)*")
_SENTENCE_END = regex.compile(
    r"(?<!\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|No|Vol|\p{Lu}))"
    r"[.?!…][”’\"')\]*†]*\s+(?=[“‘\"'(\[—]*(?:\p{Lu}|\Z))"
)
_SENTENCE_INSIDE = regex.compile(
    r"[?!…](?=[\s*”’\"')]|\Z)|\.\s?\.|(?<=[\p{Ll}\d]{2})\.\s+[“‘\"'(]?\p{Lu}"
)
_OPEN_END = regex.compile(r"(?:[,?!…—–-]|\.\s?\.)[”’\"')]*\Z")
_NOTHING_MORE = regex.compile(
    rf"[{regex.escape(EVERY_MARK)}*†‡\d\s]*(?:[(\[][^()\[\]]{{0,200}}[)\]][.*\s]*)?\Z"
)
_ENTITLED = regex.compile(r"\b(?:entitled|titled|under\sthe\s(?:title|heading)(?:\sof)?),?\Z")
_WORK = regex.compile(
    r"\b(?:articles?|ballads?|books?|brochures?|chapters?|essays?|films?|journals?|magazines?"
    r"|newspapers?|novels?|operas?|pamphlets?|plays?|poems?|reviews?|songs?|stor(?:y|ies)|verses?"
    r"|works?)(?:\s(?:by|of)\s\p{Lu}[\p{L}.\s]{0,30})?(?:,?\s(?:called|named))?[,:]?\Z"
)
_WRITES = regex.compile(r"\b(?:read|reads|reading|write|writes|writing|wrote|written)\Z")
_LISTED = regex.compile(r"[,;]?\s?(?:and\s|or\s)?")
_INFINITIVE = regex.compile(r"(?:not\s)?to\s\p{Ll}")
_ARTICLE = regex.compile(r"\b(?:the|a|an|this|that|his|her|its|their|our|my)(?:\s\p{Ll}+)?\Z")
_NAMING = regex.compile(
    r"(?:\b(?:(?:call(?:s|ed)?|named|dubbed|termed|nicknamed|christened|styled)"
    r"(?:\s(?:him|her|it|them|us|me|you|this|that|\p{Lu}\p{L}+))?|so-called|known\sas|these|those"
    r"|(?:the\s)?(?:words?|terms?|expressions?|names?)(?:\sof)?"
    r"|(?:doctrine|idea|label|notion|policy|principle|slogan|theory)\sof)(?:\s(?:a|an|the))?)\Z"
)
