"""Frames as tables: brought to the declared columns and types, and checked against their schema.

Whoever works with tables imports from here, the schemas (`analysis.schemas`) and what columns may
hold (`analysis.columns`) too.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from analysis.columns import LAYERS, PLACE, RUNNING_LAYERS, VOICES, Column, Schema
from analysis.errors import InputError, SchemaError
from analysis.schemas import SCHEMAS

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LAYERS",
    "PANDAS_DTYPES",
    "PLACE",
    "RUNNING_LAYERS",
    "SCHEMAS",
    "VOICES",
    "Column",
    "Schema",
    "as_table",
    "check_table",
    "schema_of",
]

PANDAS_DTYPES: Mapping[str, str] = MappingProxyType(
    {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
)


def schema_of(table: str) -> Schema:
    """Return the schema of a table by its name."""
    if table not in SCHEMAS:
        raise InputError(f"There is no table {table!r}; the tables are {', '.join(SCHEMAS)}.")
    return SCHEMAS[table]


def as_table(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the frame with exactly the table's columns, in order and with the declared types."""
    schema = schema_of(table)
    missing = [name for name in schema.names if name not in frame.columns]
    if missing:
        raise SchemaError(f"The {table} table lacks the column {missing[0]!r}; add it.")
    typed = {column.name: PANDAS_DTYPES[column.kind] for column in schema.columns}
    return frame.loc[:, list(schema.names)].astype(typed).reset_index(drop=True)


def check_table(frame: pd.DataFrame, table: str, *, columns: tuple[str, ...] = ()) -> None:
    """Return nothing if the frame holds what the schema declares, else raise a SchemaError.

    Parameters
    ----------
    frame : DataFrame
        Further columns are allowed; order does not matter.
    table : str
        A name in ``SCHEMAS``.
    columns : tuple of str
        The columns that the caller needs; all of the schema's where empty.
    """
    schema = schema_of(table)
    if not hasattr(frame, "columns"):
        kind = type(frame).__name__
        raise SchemaError(f"The {table} table must be a DataFrame, not a {kind}; give the table.")
    for column in schema.columns:
        if columns and column.name not in columns:
            continue
        if column.name not in frame.columns:
            raise SchemaError(
                f"The {table} table lacks the column {column.name!r}; "
                f"it has {', '.join(map(str, frame.columns)) or 'none'}."
            )
        values = frame[column.name]
        if not column.null and values.isna().any():
            raise SchemaError(f"The column {column.name!r} of the {table} table has empty values.")
        found = set(values.dropna().unique()) if column.values else set()
        if not found <= set(column.values):
            strange = sorted(found - set(column.values))[0]
            raise SchemaError(
                f"The column {column.name!r} of the {table} table has the value {strange!r}; "
                f"allowed are {', '.join(column.values)}."
            )
    if not columns and schema.key and frame.duplicated(list(schema.key)).any():
        first = frame.loc[frame.duplicated(list(schema.key)), list(schema.key)].iloc[0]
        key = ", ".join(f"{name} {value}" for name, value in first.items())
        raise SchemaError(f"The {table} table has the key {key} twice; keys are unique.")
