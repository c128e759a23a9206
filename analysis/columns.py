"""What the columns of a table may hold: kinds of values, layers, voices, places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["string", "integer", "number", "boolean"]

PLACE = re.compile(r"(?P<doc>[a-z0-9-]+)@(?P<start>\d+)(?:-(?P<end>\d+))?")
"""A raw span that can be cited: ``serge-memoirs@18432-19120``, or without its end."""

LAYERS = (
    "title",
    "heading",
    "paratext",
    "body",
    "blockquote",
    "footnote",
    "editor_note",
    "list",
    "page_furniture",
)
RUNNING_LAYERS = ("body", "blockquote", "list")
VOICES = ("author", "author_earlier", "other", "editor", "publisher", "none")


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table: its name, kind of value, whether it may be null, and its values."""

    name: str
    kind: Kind
    null: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Schema:
    """A table's grain (one row a ...), its columns in order, and the columns that are its key."""

    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names in order."""
        return tuple(column.name for column in self.columns)


def columns(**kinds: str) -> tuple[Column, ...]:
    """Return columns from ``name="kind"``; a ``?`` after the kind allows null."""
    values = {"layer": LAYERS, "voice": VOICES}
    return tuple(
        Column(
            name=name,
            kind=kind.rstrip("?"),  # type: ignore[arg-type]
            null=kind.endswith("?"),
            values=values.get(name, ()),
        )
        for name, kind in kinds.items()
    )
