"""The time that any stretch of a text narrates, and on what that rests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analysis.edition.corpus import Corpus
from analysis.edition.dates_editorial import read_editorial_dates
from analysis.edition.dates_partial import TimeSpan, hull
from analysis.edition.dates_pieces import NOT_TOLD, DatedPiece, DatedText, date_text
from analysis.errors import InputError

LEFT_OUT = 0.25
"""Share of a stretch's dated letters that may be left out: a line or two of another time."""

LEAST_DATED = 0.25
"""A stretch with a smaller share of dated letters is left undated, for the reason of the rest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NarratedTime:
    """The time that a stretch of text narrates; None with the `reason` where it narrates none.

    `basis` is explicit (a date stands in it), relative (a date counted from another does), carried,
    with how far ("carried 2 paragraphs", "carried within the paragraph"), editorial, or none, with
    the reason ("none: narrates no time").
    """

    span: TimeSpan | None
    basis: str
    reason: str = ""


@lru_cache(maxsize=16)
def date_corpus(corpus: Corpus) -> dict[str, DatedText]:
    """Return the dates of every text of a corpus, with the rows of its ``dates.csv``."""
    raws = {text.doc_id: text.raw for text in corpus.texts}
    rows = read_editorial_dates(corpus.folder, raws)
    return {text.doc_id: date_text(text, editorial=rows) for text in corpus.texts}


def narrated_time(corpus: Corpus, doc_id: str, *, char_start: int, char_end: int) -> NarratedTime:
    """Return the time that ``raw[char_start:char_end]`` of a text narrates.

    Parameters
    ----------
    corpus : Corpus
    doc_id : str
    char_start, char_end : int
        Half-open places in the raw text. Only the running text in them counts: a note, heading or
        page's furniture narrates none.

    Raises
    ------
    InputError
        If there is no such text, or the places are not in it.
    """
    text = corpus.text(doc_id)
    if not 0 <= char_start < char_end <= len(text.raw):
        raise InputError(
            f"{doc_id}@{char_start}-{char_end} is no place of the text: it has "
            f"{len(text.raw)} characters; mend the place."
        )
    return time_of(date_corpus(corpus)[doc_id], char_start=char_start, char_end=char_end)


def time_of(dated: DatedText, *, char_start: int, char_end: int) -> NarratedTime:
    """Return the time that a stretch narrates, from the dates of its text.

    The span covers the pieces that hold at least three quarters of the stretch's dated letters, the
    largest first, and has the basis of the largest. A stretch of which less than a quarter is
    dated is not.
    """
    # sorted is stable: of two pieces with as many letters the earlier one comes first.
    inside = sorted(dated.within(char_start, char_end), key=lambda entry: -entry[0])
    if not inside:
        return NarratedTime(span=None, basis=f"none: {NOT_TOLD}", reason=NOT_TOLD)
    told = [(letters, piece) for letters, piece in inside if piece.span is not None]
    n_dated = sum(letters for letters, _ in told)
    if n_dated < LEAST_DATED * sum(letters for letters, _ in inside):
        reason = next(piece.reason for _, piece in inside if piece.span is None)
        return NarratedTime(span=None, basis=f"none: {reason}", reason=reason)
    kept: list[DatedPiece] = []
    covered = 0
    for letters, piece in told:
        if covered >= (1 - LEFT_OUT) * n_dated:
            break
        kept.append(piece)
        covered += letters
    parts = [piece.part(char_start, char_end) for piece in kept]
    return NarratedTime(
        span=hull(span for span, _ in parts if span is not None),
        basis=_basis(kept[0], stands_in_it=parts[0][1]),
        reason=kept[0].reason,
    )


def _basis(piece: DatedPiece, *, stands_in_it: bool) -> str:
    """Return the basis of a stretch from that of its largest piece."""
    if piece.basis == "carried":
        return f"carried {piece.distance} paragraph{'s' if piece.distance > 1 else ''}"
    if piece.basis in ("explicit", "relative") and not stands_in_it:
        return "carried within the paragraph"
    return piece.basis
