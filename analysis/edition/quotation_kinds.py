"""What kind of quotation one is, by what stands in it and around it, in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from analysis.edition.quotation_marks import EVERY_MARK
from analysis.edition.report_clauses import Report, report_before, report_behind

Kind = Literal["speech", "own", "title", "scare"]

PASSING_WORDS, NAMED_WORDS = 3, 6
"""Up to how many words are quoted in passing; behind a word for naming."""
LONGER_WORD = 4
"""From how many letters a word of a title has a capital: the Man of the World."""
_WORDS = regex.compile(r"[\p{L}\p{N}]+(?:[’'.-][\p{L}\p{N}]+)*")
SENTENCE_END = regex.compile(
    r"(?<!\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|No|Vol|\p{Lu}))"
    r"[.?!…][”’\"')\]*†]*\s+(?=[“‘\"'(\[—]*(?:\p{Lu}|\Z))"
)
_SENTENCE_INSIDE = regex.compile(
    r"[?!…](?=[\s*”’\"')]|\Z)|\.\s?\.|(?<=[\p{Ll}\d]{2})\.\s+[“‘\"'(]?\p{Lu}"
)
_OPEN_END = regex.compile(r"(?:[,?!…—–-]|\.\s?\.)[”’\"')]*\Z")
NOTHING_MORE = regex.compile(
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
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
class Judged:
    """The kind of a quotation, its speaker, and where a clause of report behind it ends."""

    kind: Kind = "scare"
    speaker: str | None = None
    report_end: int = 0


def judge(context: Context, *, before: Judged) -> Judged:
    """Return the kind of a quotation, by the first rule that applies."""
    if _ENTITLED.search(context.lead.rstrip()):
        return Judged(kind="title")
    leading = report_before(context.lead, quoted=context.quoted)
    led = bool(leading) and context.lead.rstrip()[-1:] in (":", ",")
    behind = None if led or not _may_be_followed(context) else report_behind(context.tail)
    if behind:
        return _reported(behind)
    if before.report_end and _goes_on(context, report_end=before.report_end):
        rest = report_before(context.between[before.report_end :], quoted=context.quoted)
        return _reported(rest) if rest else Judged(kind=before.kind, speaker=before.speaker)
    if _is_title(context, before=before, reported=leading is not None):
        return Judged(kind="title")
    if leading:
        return _reported(leading)
    return Judged(kind="speech" if _is_utterance(context) or not _is_label(context) else "scare")


def _reported(report: Report) -> Judged:
    """Return the kind of what a clause of report reports."""
    if report.by_author:
        return Judged(kind="own", report_end=report.end)
    return Judged(kind="speech", speaker=report.speaker, report_end=report.end)


def _may_be_followed(context: Context) -> bool:
    """Return whether a clause of report may follow: behind a full stop a new sentence does."""
    return bool(_OPEN_END.search(context.quoted[-8:])) or context.tail.startswith(",")


def _goes_on(context: Context, *, report_end: int) -> bool:
    """Return whether one clause of report is all that parts a quotation from the one before."""
    between = context.between.rstrip(EVERY_MARK + " ")
    return len(between) >= report_end > 0 and not SENTENCE_END.search(between)


def _is_title(context: Context, *, before: Judged, reported: bool) -> bool:
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


def _is_utterance(context: Context) -> bool:
    """Return whether a quotation is set like something said: a sentence, a cry, a question."""
    quoted = context.quoted
    whole = context.begins_paragraph and context.ends_paragraph
    if whole or not context.closed or _SENTENCE_INSIDE.search(quoted):
        return True
    begins = not context.lead.strip() and quoted[:1].isupper()
    return begins and quoted.endswith(".")


def _is_label(context: Context) -> bool:
    """Return whether a quotation is a word or two in passing, or a name."""
    words = len(_WORDS.findall(context.quoted))
    if words <= PASSING_WORDS:
        return words == 1 or not _INFINITIVE.match(context.quoted)
    if words > NAMED_WORDS:
        return False
    article, _, name = context.quoted.partition(" ")
    named = article.lower() in {"the", "a", "an"} and _is_set_like_title(name)
    return named or bool(_NAMING.search(context.lead.rstrip()))
