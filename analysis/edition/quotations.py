"""Quotations inside a paragraph: where they are, and whose words they are.

A quoted word in an author's paragraph is someone else's, with three exceptions: the author's own
remembered speech, titles of works, and scare quotes or a word or two quoted in passing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.edition.quotation_kinds import (
    NOTHING_MORE,
    SENTENCE_END,
    Context,
    Judged,
    Kind,
    judge,
)
from analysis.edition.quotation_marks import (
    EVERY_MARK,
    MARKS,
    REPORT_LENGTH,
    Marks,
    Span,
    spans_of_quotations,
)
from analysis.errors import InputError

LEAD_LENGTH = 300
"""How many characters before a quotation are searched for its clause of report."""


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
    before = Judged()
    for number, (start, end, closed) in enumerate(spans):
        context = _context(paragraph, spans=spans, number=number)
        if carried and number == 0 and context.begins_paragraph:
            before = Judged(kind="speech")
        else:
            before = judge(context, before=before)
        found.append(
            Quotation(start=start, end=end, kind=before.kind, speaker=before.speaker, closed=closed)
        )
    return found


def _context(paragraph: str, *, spans: Sequence[Span], number: int) -> Context:
    """Return what stands around a quotation, as far as its sentence and its neighbours."""
    start, end, closed = spans[number]
    first = spans[number - 1][1] if number else 0
    last = spans[number + 1][0] if number + 1 < len(spans) else len(paragraph)
    between = _bare(paragraph[max(first, start - LEAD_LENGTH) : start])
    cut = max((stop.end() for stop in SENTENCE_END.finditer(between)), default=0)
    return Context(
        quoted=paragraph[start:end],
        closed=closed,
        lead=between[cut:],
        tail=_bare(paragraph[end : min(last, end + REPORT_LENGTH)]),
        between=between if number and start - first <= LEAD_LENGTH else "",
        begins_paragraph=not number and not between.strip(" *"),
        ends_paragraph=bool(NOTHING_MORE.match(paragraph, end)),
    )


def _bare(text: str) -> str:
    """Return a text without the quotation marks at its ends."""
    return text.strip(EVERY_MARK) if text[:1] in EVERY_MARK or text[-1:] in EVERY_MARK else text
