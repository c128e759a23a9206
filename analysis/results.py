"""What every result carries: its tables, its settings, and the reason where inference is withheld.

A result is a frozen keyword-only dataclass that inherits nothing but how it shows itself in
Jupyter. A scientific refusal is such a result too: the description is there, what cannot be
inferred is NaN, and ``reason`` says why.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import fields
from typing import Any


class Shown:
    """Mixin: a result shows its settings, its reason and the first rows of its tables."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return what Jupyter shows: the name, the settings, the reason, the tables' first rows."""
        parts = [f"<h4>{html.escape(type(self).__name__)}</h4>"]
        for field in fields(self):  # type: ignore[arg-type]
            if not field.repr:
                continue
            value = getattr(self, field.name)
            parts.append(_shown(field.name, value=value))
        return "\n".join(part for part in parts if part)


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
