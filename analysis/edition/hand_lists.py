"""Lists that are made by hand: CSV files with stated columns, each row told by its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.errors import CorpusError
from analysis.files import decode_utf8, read_bytes


def read_rows(
    path: Path, *, columns: Sequence[str], what: str
) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each row of a list with the words that say where it stands; none where it is missing.

    Parameters
    ----------
    path : Path
        A CSV file with a header line, UTF-8, with or without a byte-order mark.
    columns : sequence of str
        The header that it must have.
    what : str
        Its role, for the sentence that tells of a file that cannot be read.

    Raises
    ------
    CorpusError
        If the file is not UTF-8, has other columns, or a row has more or fewer values.
    """
    if not path.exists():
        return
    text = decode_utf8(read_bytes(path, what=what), path=path)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != tuple(columns):
            raise CorpusError(
                f"{path} must have the columns {','.join(columns)} in its first line."
            )
        for row in reader:
            lines_inside = sum(str(value).count("\n") for value in row.values())
            where = f"{path}, line {reader.line_num - lines_inside}"
            if None in row or None in row.values():
                raise CorpusError(
                    f"{where} has not {len(columns)} values; put commas in quotation marks."
                )
            yield row, where
    except csv.Error as error:
        line = reader.reader.line_num
        raise CorpusError(f"{path}, line {line} is no row of a CSV file: {error}.") from None


def read_span(row: dict[str, str], *, where: str) -> tuple[int, int]:
    """Return the offsets of a row, which are whole numbers."""
    try:
        return int(row["char_start"]), int(row["char_end"])
    except ValueError:
        raise CorpusError(f"{where}: char_start and char_end must be whole numbers.") from None
