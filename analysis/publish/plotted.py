"""The plotted values as a CSV file that is the same on every machine."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import InputError

DECIMALS = 6
"""Numbers that differ further behind the point are the same to a figure."""


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its numbers rounded to 6 decimals; named index levels are columns.

    Rounding twice changes nothing. What is not a number stays as it is.
    """
    if any(name is not None for name in table.index.names):
        table = table.reset_index()
    numbers = table.select_dtypes("number").columns
    return table.round(dict.fromkeys(numbers, DECIMALS)).reset_index(drop=True)


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return the table as CSV: UTF-8, LF, a header, numbers rounded to 6 decimals, NaN empty.

    Floating-point numbers are written in full, never with an exponent, and with at least one
    decimal (``3.0``), so that a column keeps its kind when it is read again. Minus zero is zero.

    Raises
    ------
    InputError
        If it is no DataFrame, has no columns, or two of one name.
    """
    if not isinstance(table, pd.DataFrame):
        raise InputError(
            f"The table of a figure is a {type(table).__name__}; give a DataFrame of the values "
            "that it draws, such as a result's plot_table()."
        )
    names = [str(name) for name in (*filter(None, table.index.names), *table.columns)]
    if not names:
        raise InputError("The table of a figure has no columns; give the values that it draws.")
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"The table of a figure has the column {name!r} twice; rename one.")
    table = rounded(table)
    columns = [_cells(table.iloc[:, number]) for number in range(len(names))]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue().encode("utf-8")


def _cells(column: pd.Series[Any]) -> list[str]:
    """Return the text of each value of a column; what is missing is empty."""
    write = _decimal if pd.api.types.is_float_dtype(column) else _plain
    missing = column.isna().to_numpy()
    return ["" if gap else write(value) for value, gap in zip(column, missing, strict=True)]


def _plain(value: Any) -> str:
    """Return a value of a column of no declared kind; ISO 8601 for a date."""
    if isinstance(value, float | np.floating):
        return _decimal(value)
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def _decimal(value: Any) -> str:
    """Return a number without an exponent, with one to six decimals."""
    number = float(value)
    if not math.isfinite(number):
        return str(number)
    whole, _, decimals = f"{number:.{DECIMALS}f}".partition(".")
    decimals = decimals.rstrip("0") or "0"
    return "0.0" if whole == "-0" and decimals == "0" else f"{whole}.{decimals}"
