"""Cuts a raw text into chunks: runs of lines between blank lines, page breaks and note marks.

Nothing is interpreted here but what the printed page shows: where a page begins, which line is
its number. Chunks and the gaps of white space between them give the raw text back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from analysis.edition.shapes import is_closed
from analysis.files import BYTE_ORDER_MARK

FOLIO_READ_AS = str.maketrans({"s": "5", "S": "5", "l": "1", "I": "1", "O": "0", "o": "0"})
PAGE_GAP_LINES = 3
"""Blank lines that end a page of a scanned book; fewer end a paragraph."""
CLOSED_SHARE = 0.6
"""How many lines end with a stop where each is a paragraph; one in eight where they are cut."""
FORM_FEED = "\f"
_LINE = re.compile(r"(?P<text>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
_FOLIO = re.compile(r"[0-9lIOosS]{1,4}")
# A byte-order mark is counted and kept, and is nothing that a reader sees.
_INK = re.compile(rf"[^\s{BYTE_ORDER_MARK}]")
_BLANKS = BYTE_ORDER_MARK + "".join(filter(str.isspace, map(chr, range(0x3001))))


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """A run of lines of the raw text, without the white space around it.

    `page_index` counts the pages from 0, `page` is the page number as printed or inferred from
    those printed before and after; `indent` is the first line's; `widths` are the lengths of its
    lines; `folio` is true of a line that is a page number and nothing else.
    """

    char_start: int
    char_end: int
    line_start: int
    line_end: int
    indent: int
    widths: tuple[int, ...]
    page_index: int
    page: str | None = None
    folio: bool = False

    @property
    def measure(self) -> float:
        """Return the usual length of its lines, without the last; of the last where alone."""
        return float(median(self.widths[:-1] or self.widths))


def chunks_of_paragraphs(raw: str) -> list[Chunk]:
    """Return the chunks of a text whose paragraphs are set apart by blank lines.

    Where there is no blank line at all and most lines end with a stop, each line is a paragraph.
    """
    runs = list(_runs(raw))
    if len(runs) == 1:
        closed = sum(is_closed(raw[start:end]) for _, start, end in runs[0])
        if closed >= CLOSED_SHARE * len(runs[0]):
            runs = [[line] for line in runs[0]]
    return [_chunk(raw, lines=lines, page_index=0) for lines in runs]


def chunks_of_pages(raw: str) -> list[Chunk]:
    """Return the chunks of a scanned book, cut at its pages too, with page numbers.

    A page begins at a line that starts with one blank, after three blank lines, or at a form feed;
    a lone number before such a gap, or at the head of a page, is the page's number. A new chunk
    begins at a line that starts with an asterisk, since a note may follow another without a blank
    line.
    """
    found: list[Chunk] = []
    page_index = 0
    last_line = 0
    for lines in _runs(raw):
        for part in _cut(raw, lines=lines):
            chunk = _chunk(raw, lines=part, page_index=page_index)
            if found:
                before = raw[found[-1].char_end : chunk.char_start]
                new_page = FORM_FEED in before or part[0][0] - last_line > PAGE_GAP_LINES
                page_index += new_page or _starts_page(raw[part[0][1] : part[0][2]])
            last_line = part[-1][0]
            found.append(replace(chunk, page_index=page_index))
    return _with_page_numbers(_folios(raw, chunks=found), raw=raw)


Line = tuple[int, int, int]
"""A line's number from 1, its start and its end, without the line end."""


def _runs(raw: str) -> Iterator[list[Line]]:
    """Yield runs of lines that are not blank."""
    run: list[Line] = []
    for number, line in enumerate(_LINE.finditer(raw), 1):
        if _INK.search(line["text"]):
            run.append((number, line.start("text"), line.end("text")))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _cut(raw: str, *, lines: list[Line]) -> Iterator[list[Line]]:
    """Yield parts of a run of lines, cut before a page's first line and before a note mark."""
    part = [lines[0]]
    for line in lines[1:]:
        text = raw[line[1] : line[2]]
        if _starts_page(text) or text.startswith("*"):
            yield part
            part = []
        part.append(line)
    yield part


def _starts_page(line: str) -> bool:
    return line[:1] == FORM_FEED or (line[:1] == " " and not line[1:2].isspace())


def _chunk(raw: str, *, lines: Sequence[Line], page_index: int) -> Chunk:
    """Return the chunk of some lines, without the white space around it."""
    start, end = lines[0][1], lines[-1][2]
    first = _INK.search(raw, start, end)
    char_start = first.start() if first else start
    return Chunk(
        char_start=char_start,
        char_end=start + len(raw[start:end].rstrip(_BLANKS)),
        line_start=lines[0][0],
        line_end=lines[-1][0],
        indent=char_start - start,
        widths=tuple(len(raw[line[1] : line[2]].strip(_BLANKS)) for line in lines),
        page_index=page_index,
    )


def _folios(raw: str, *, chunks: list[Chunk]) -> list[Chunk]:
    """Return the chunks with those marked that are a page number: first or last of their page."""
    marked = []
    for number, chunk in enumerate(chunks):
        page = chunk.page_index
        first = number == 0 or chunks[number - 1].page_index < page
        last = number + 1 == len(chunks) or chunks[number + 1].page_index > page
        text = raw[chunk.char_start : chunk.char_end]
        lone = (first or last) and bool(_FOLIO.fullmatch(text)) and any(map(str.isdigit, text))
        marked.append(replace(chunk, folio=lone))
    return marked


def _plate(between: range, *, printed: Mapping[int, int], n_lines: Mapping[int, int]) -> int:
    """Return the page without a number between two printed ones, or -1 where the count is right."""
    before, after = printed.get(between.start - 1), printed.get(between.stop)
    if not between or before is None or after is None or after - before == len(between) + 1:
        return -1
    return min(between, key=lambda page: n_lines.get(page, 0))


def _with_page_numbers(chunks: list[Chunk], *, raw: str) -> list[Chunk]:
    """Return the chunks with page numbers, counted on from each printed one.

    Where the count does not reach the next printed number, unnumbered leaves were inserted (plates,
    as a rule): the page with the fewest lines between the two is taken for them and has no number,
    and the pages after it are counted back from the next number.
    """
    printed = {
        chunk.page_index: int(raw[chunk.char_start : chunk.char_end].translate(FOLIO_READ_AS))
        for chunk in chunks
        if chunk.folio
    }
    n_lines: dict[int, int] = {}
    for chunk in chunks:
        n_lines[chunk.page_index] = n_lines.get(chunk.page_index, 0) + len(chunk.widths)
    numbers: dict[int, int] = {}
    known = sorted(printed)
    for before, after in zip([None, *known], [*known, None], strict=True):
        between = range(
            0 if before is None else before + 1,
            max(n_lines, default=-1) + 1 if after is None else after,
        )
        plate = _plate(between, printed=printed, n_lines=n_lines)
        for page in between:
            if before is not None and (after is None or plate < 0 or page < plate):
                numbers[page] = printed[before] + page - before
            elif after is not None and page != plate:
                numbers[page] = printed[after] - (after - page)
    numbers.update(printed)
    return [
        replace(
            chunk,
            page=str(numbers[chunk.page_index]) if numbers.get(chunk.page_index, 0) > 0 else None,
        )
        for chunk in chunks
    ]
