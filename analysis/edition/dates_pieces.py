"""The time that a text narrates, piece by piece: its own dates, dates carried on, or an editor's.

A paragraph with a date of its own narrates that time; one without takes the last date of its
section, for a few paragraphs and no further; and where neither is right, an editor says what the
piece narrates, and why. Dates in notes, in remarks in brackets, of letters and publications, and
names such as the April Theses date nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.edition.corpus import Text
from analysis.edition.dates import DateMention, Frame, find_dates
from analysis.edition.dates_editorial import EditorialDate
from analysis.edition.dates_partial import TimeSpan, hull, to_the_month, year_span
from analysis.edition.dates_scan import says_old_style
from analysis.edition.edits import Places
from analysis.edition.voices import Voiced
from analysis.tables import RUNNING_LAYERS

MAX_CARRY = 3
"""Paragraphs over which a date is carried on where nothing else is said.

On three memoirs and histories a carried date was right in six of ten blocks up to four paragraphs
on, and in half or fewer from the sixth (``benchmarks/dates.py``).
"""

NO_TIME = "narrates no time"
NO_DATE = f"no date within {MAX_CARRY} paragraphs"
NOT_TOLD = "not part of the running text"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DatedPiece:
    """A paragraph, or a part of one, and the time that it narrates; None with the reason.

    `basis` is explicit, relative, carried, editorial or none; `distance` is over how many
    paragraphs a date is carried; `places` are the raw places of the piece's letters, in order, and
    `own` its own dates, each with the raw place where it begins.
    """

    places: Places
    span: TimeSpan | None
    basis: str
    distance: int = 0
    reason: str = ""
    own: tuple[tuple[int, TimeSpan], ...] = ()

    def n_letters(self, start: int, end: int) -> int:
        """Return how many letters of the piece stand in ``raw[start:end]``."""
        first, stop = np.searchsorted(self.places, [start, end])
        return int(stop - first)

    def part(self, start: int, end: int) -> tuple[TimeSpan | None, bool]:
        """Return what the part in ``raw[start:end]`` narrates, and whether a date stands in it.

        A part has the dates that stand in it; one without has the last of the piece's dates before
        it, and where there is none before it the time of the whole piece.
        """
        if not self.own or self.n_letters(start, end) == len(self.places):
            return self.span, bool(self.own)
        inside = [span for place, span in self.own if start <= place < end]
        before = [span for place, span in self.own if place < start]
        return (hull(inside) if inside else (*before[-1:], self.span)[0]), bool(inside)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DatedText:
    """The dates of a text: its dated pieces in order, and the dates named in each paragraph.

    ``mentions[i]`` are those of ``text.paragraphs[i]``, with places in that paragraph's text.
    """

    pieces: tuple[DatedPiece, ...]
    mentions: tuple[tuple[DateMention, ...], ...]
    bounds: Places
    """First place of each piece and the place after its last, one row a piece."""

    def within(self, start: int, end: int) -> Iterator[tuple[int, DatedPiece]]:
        """Yield the pieces that have letters in ``raw[start:end]``, with how many."""
        near = (self.bounds[:, 0] < end) & (self.bounds[:, 1] > start)
        for number in np.flatnonzero(near):
            piece = self.pieces[number]
            letters = piece.n_letters(start, end)
            if letters:
                yield letters, piece


@dataclass(kw_only=True, slots=True)
class _State:
    """What is known while a text is read: the dates in force, and how far the last one is."""

    in_force: TimeSpan | None = None
    carried: TimeSpan | None = None
    distance: int = 0
    section: int = 0
    calendar: str = ""

    def enter(self, section: int) -> None:
        """Begin a section: nothing is carried into it, nor the word about the calendar."""
        if section != self.section:
            self.section, self.carried, self.calendar = section, None, ""

    def tell(self, span: TimeSpan) -> None:
        """Take a span as the last date told of."""
        self.in_force = self.carried = span
        self.distance = 0


def date_text(
    text: Text, *, editorial: Sequence[EditorialDate] = (), max_carry: int = MAX_CARRY
) -> DatedText:
    """Return the dates of a text: what each piece of it narrates, and the dates that it names.

    Parameters
    ----------
    text : Text
    editorial : sequence of EditorialDate
        The dates given by hand; those of other texts are passed over.
    max_carry : int
        Over how many paragraphs of a section a date is carried on; 0 for none.
    """
    rows = [row for row in editorial if row.doc_id == text.doc_id]
    written = year_span(text.source.year_written)
    state = _State()
    pieces: list[DatedPiece] = []
    mentions: list[tuple[DateMention, ...]] = []
    for voiced in text.paragraphs:
        state.enter(text.blocks[voiced.paragraph.blocks[0]].section)
        placed = voiced.paragraph.placed
        cuts = _cuts(placed.starts, rows=rows)
        found = find_dates(
            placed.text,
            layer=voiced.layer,
            language=text.source.language,
            in_force=state.in_force,
            near=state.carried is not None and state.distance < max_carry,
            written=written,
            calendar=state.calendar,
            frames=[
                Frame(start=cut.start, end=cut.end, span=cut.row.span)
                for cut in cuts
                if cut.row is not None
            ],
        )
        mentions.append(tuple(found))
        if says_old_style(placed.text):
            state.calendar = "old"
        pieces += _pieces(voiced, cuts=cuts, found=found, state=state, max_carry=max_carry)
    bounds = [(int(piece.places[0]), int(piece.places[-1]) + 1) for piece in pieces]
    return DatedText(
        pieces=tuple(pieces),
        mentions=tuple(mentions),
        bounds=np.array(bounds, dtype=np.int64).reshape(-1, 2),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cut:
    """A part of a paragraph, and the row that is about it, if any."""

    start: int
    end: int
    row: EditorialDate | None


def _cuts(starts: Places, *, rows: Iterable[EditorialDate]) -> list[_Cut]:
    """Return a paragraph cut where the rows of an editor begin and end."""
    cuts: list[_Cut] = []
    place = 0
    if not len(starts):
        return cuts
    for row in rows:
        first, stop = (int(at) for at in np.searchsorted(starts, [row.char_start, row.char_end]))
        if first >= stop:
            continue
        if place < first:
            cuts.append(_Cut(start=place, end=first, row=None))
        cuts.append(_Cut(start=first, end=stop, row=row))
        place = stop
    if place < len(starts):
        cuts.append(_Cut(start=place, end=len(starts), row=None))
    return cuts


def _pieces(
    voiced: Voiced,
    *,
    cuts: Sequence[_Cut],
    found: Sequence[DateMention],
    state: _State,
    max_carry: int,
) -> list[DatedPiece]:
    """Return the dated pieces of a paragraph, and take its dates into the state."""
    if voiced.layer == "heading":
        for mention in found:
            if mention.span is not None:
                state.tell(mention.span)
    if voiced.layer not in RUNNING_LAYERS:
        return []
    state.distance += 1
    pieces = []
    for cut in cuts:
        if not any(map(str.isalnum, voiced.paragraph.placed.text[cut.start : cut.end])):
            continue
        told = [one for one in found if cut.start <= one.start < cut.end]
        pieces.append(_piece(voiced, cut=cut, told=told, state=state, max_carry=max_carry))
    return pieces


def _piece(
    voiced: Voiced, *, cut: _Cut, told: Sequence[DateMention], state: _State, max_carry: int
) -> DatedPiece:
    """Return one dated piece, and take its date into the state."""
    placed = voiced.paragraph.placed.cut(cut.start, cut.end)
    letters = np.fromiter(map(str.isalnum, placed.text), dtype=bool, count=len(placed.text))
    places = placed.starts[letters]
    if cut.row is not None:
        if cut.row.span is None:
            return DatedPiece(places=places, span=None, basis="none", reason=NO_TIME)
        state.tell(cut.row.span)
        return DatedPiece(
            places=places, span=cut.row.span, basis="editorial", reason=cut.row.reason
        )
    starts = voiced.paragraph.placed.starts
    own = tuple((int(starts[one.start]), one.span) for one in told if one.is_narrated and one.span)
    if own:
        state.tell(own[-1][1])
        exact = any(one.is_narrated and one.kind != "relative" for one in told)
        return DatedPiece(
            places=places,
            span=hull(span for _, span in own),
            basis="explicit" if exact else "relative",
            own=own,
        )
    if state.carried is not None and state.distance <= max_carry:
        # The next paragraph is seldom about the same day: a month is the finest that is carried.
        return DatedPiece(
            places=places,
            span=to_the_month(state.carried),
            basis="carried",
            distance=state.distance,
        )
    return DatedPiece(places=places, span=None, basis="none", reason=NO_DATE)
