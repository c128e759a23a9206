"""Tables of this chapter for a paper: LaTeX and HTML, numbers to stated places."""

from __future__ import annotations

import html
from collections.abc import Mapping

import pandas as pd

from analysis.authors.checks import check_whole
from analysis.errors import InputError

MISSING = "–"
"""What stands for a value that is undefined."""

_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def latex_table(
    table: pd.DataFrame,
    *,
    caption: str,
    label: str,
    columns: Mapping[str, str] | None = None,
    digits: int = 2,
) -> str:
    """Return the table as a LaTeX table (package booktabs), every text escaped.

    Parameters
    ----------
    table : DataFrame
        Such as ``ComparisonResult.slices.table`` or ``KeynessResult.top()``.
    caption, label : str
    columns : mapping of str to str, optional
        The columns to print, in order, and their headings; all under their names by default.
    digits : int
        Decimal places of numbers that are not whole.
    """
    names, rows = _cells(table, columns=columns, digits=digits)
    numeric = [pd.api.types.is_numeric_dtype(table[name]) for name in names]
    lines = [
        r"\begin{table}",
        r"\centering",
        rf"\caption{{{_escaped(caption)}}}",
        rf"\label{{{label}}}",
        rf"\begin{{tabular}}{{{''.join('r' if one else 'l' for one in numeric)}}}",
        r"\toprule",
        " & ".join(map(_escaped, names.values())) + r" \\",
        r"\midrule",
        *(" & ".join(map(_escaped, row)) + r" \\" for row in rows),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{table}",
    ]
    return "\n".join(lines) + "\n"


def html_table(
    table: pd.DataFrame,
    *,
    caption: str,
    columns: Mapping[str, str] | None = None,
    digits: int = 2,
) -> str:
    """Return the table as HTML with a caption, every text escaped; see `latex_table`."""
    names, rows = _cells(table, columns=columns, digits=digits)
    heads = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names.values())
    body = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f"<table>\n<caption>{html.escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>\n"
    )


def _cells(
    table: pd.DataFrame, *, columns: Mapping[str, str] | None, digits: int
) -> tuple[dict[str, str], list[list[str]]]:
    """Return the headings by column, and the cells as text."""
    check_whole(digits, name="digits", least=0)
    names = dict(columns) if columns is not None else {str(name): str(name) for name in table}
    for name in names:
        if name not in table:
            raise InputError(
                f"The table has no column {name!r}; it has {', '.join(map(str, table.columns))}."
            )
    rows = [
        [_cell(value, digits=digits) for value in row]
        for row in table[list(names)].itertuples(index=False, name=None)
    ]
    return names, rows


def _cell(value: object, *, digits: int) -> str:
    """Return a value as text: a dash where undefined, a true minus sign."""
    if pd.isna(value):  # type: ignore[call-overload]
        return MISSING
    if isinstance(value, float):
        return f"{value:.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return str(value)


def _escaped(text: str) -> str:
    """Return text with what LaTeX reads as commands made plain."""
    return "".join(_LATEX.get(letter, letter) for letter in text).replace("\N{MINUS SIGN}", "$-$")
