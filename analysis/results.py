"""What every result carries: its tables, its settings, and the reason where inference is withheld.

A result is a frozen keyword-only dataclass that inherits nothing but how it shows itself. A
scientific refusal is such a result too: the description is there, what cannot be inferred is NaN,
and ``reason`` says why.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping
from dataclasses import fields
from typing import Any


class Shown:
    """Mixin: a result shows its settings, its reason and the first rows of its tables."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return what Jupyter shows: the name, the settings, the reason, the tables' first rows."""
        parts = [_shown(name, value=value) for name, value in self._said()]
        return "\n".join([f"<h4>{html.escape(type(self).__name__)}</h4>", *filter(None, parts)])

    def __str__(self) -> str:
        """Return what is printed: the name, and a line for each table, setting and reason."""
        lines = [_printed(name, value=value) for name, value in self._said()]
        return "\n  ".join([type(self).__name__, *filter(None, lines)])

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """Return what IPython shows where it has no HTML: what is printed."""
        return {"text/plain": str(self)}

    def _said(self) -> list[tuple[str, Any]]:
        """Return the fields that are shown, with their names."""
        shown = [field.name for field in fields(self) if field.repr]  # type: ignore[arg-type]
        return [(name, getattr(self, name)) for name in shown]


def _printed(name: str, *, value: Any) -> str:
    """Return one field of a result as a line; empty for what is empty."""
    if hasattr(value, "to_html"):
        columns = textwrap.shorten(", ".join(map(str, value.columns)), _LINE, placeholder=" ...")
        return f"{name}: {len(value)} rows of {columns}"
    if hasattr(value, "shape"):
        return f"{name}: array, {' by '.join(map(str, value.shape))}"
    if value is None or (isinstance(value, Mapping | str | tuple) and not value):
        return ""
    said = " ".join(str(value).split())
    return textwrap.fill(f"{name}: {said}", _LINE, subsequent_indent=" " * 4)


def _shown(name: str, *, value: Any) -> str:
    """Return one field of a result as HTML; empty for what is empty."""
    if value is None or (isinstance(value, Mapping) and not value):
        return ""
    if hasattr(value, "to_html"):
        rows = len(value)
        note = f" ({rows} rows)" if rows > SHOWN_ROWS else ""
        table = value.head(SHOWN_ROWS).to_html(index=False)
        return f"<p><b>{html.escape(name)}</b>{note}</p>{table}"
    if isinstance(value, Mapping):
        value = ", ".join(f"{key} {entry}" for key, entry in value.items())
    return f"<p><b>{html.escape(name)}</b>: {html.escape(str(value))}</p>"


SHOWN_ROWS = 8
"""How many rows of a table a result shows in Jupyter."""

_LINE = 92
"""Characters of a line that is printed."""
