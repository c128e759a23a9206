"""The schema of every table that crosses a seam, and the check that holds it.

Keys are columns, never the index. Offsets are half-open and count characters of the raw text as
decoded from UTF-8 with line ends kept, so ``raw[char_start:char_end]`` can always be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from analysis.errors import InputError, SchemaError

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["string", "integer", "number", "boolean"]
PANDAS_DTYPES: Mapping[str, str] = MappingProxyType(
    {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
)

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


def _columns(**kinds: str) -> tuple[Column, ...]:
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


SCHEMAS: Mapping[str, Schema] = MappingProxyType(
    {
        "documents": Schema(
            grain="source text",
            key=("doc_id",),
            columns=_columns(
                doc_id="string",
                author="string",
                translator="string?",
                title="string",
                year_written="string?",
                year_published="string?",
                genre="string?",
                edition="string?",
                language="string",
                rights="string",
                publish="string",
                citation_key="string",
                path="string",
                sha256="string",
            ),
        ),
        "blocks": Schema(
            grain="layout block",
            key=("block_id",),
            columns=_columns(
                block_id="string",
                doc_id="string",
                block_index="integer",
                char_start="integer",
                char_end="integer",
                line_start="integer",
                line_end="integer",
                page="string?",
                section="integer",
                layer="string",
                voice="string",
                speaker="string?",
                continues="string?",
                text="string",
            ),
        ),
        "edits": Schema(
            grain="change of the raw text",
            key=("doc_id", "char_start", "char_end"),
            columns=_columns(
                doc_id="string",
                char_start="integer",
                char_end="integer",
                before="string",
                after="string",
                rule="string",
                reason="string",
            ),
        ),
        "passages": Schema(
            grain="passage",
            key=("passage_id",),
            columns=_columns(
                passage_id="string",
                doc_id="string",
                passage_index="integer",
                place="string",
                char_start="integer",
                char_end="integer",
                line_start="integer",
                line_end="integer",
                section="integer",
                n_tokens="integer",
                date_earliest="string?",
                date_latest="string?",
                date_basis="string?",
                text="string",
            ),
        ),
        "tokens": Schema(
            grain="running word",
            key=("passage_id", "token_index"),
            columns=_columns(
                passage_id="string",
                doc_id="string",
                token_index="integer",
                sentence_index="integer",
                char_start="integer",
                char_end="integer",
                token="string",
                term="string",
                layer="string",
                voice="string",
                speaker="string?",
            ),
        ),
        "topic_terms": Schema(
            grain="topic x term",
            key=("topic", "term"),
            columns=_columns(topic="integer", term="string", beta="number"),
        ),
        "passage_topics": Schema(
            grain="passage x topic",
            key=("passage_id", "topic"),
            columns=_columns(passage_id="string", topic="integer", gamma="number"),
        ),
        "topic_cards": Schema(
            grain="topic",
            key=("topic",),
            columns=_columns(
                topic="integer",
                name="string?",
                share="number",
                terms="string",
                frex_terms="string",
                stability="number?",
                low="number?",
                high="number?",
                stable="boolean?",
                shares_by_text="string",
                place_1="string?",
                place_2="string?",
                place_3="string?",
                cautions="string",
            ),
        ),
        "sentiment": Schema(
            grain="passage x lexicon x voice",
            key=("passage_id", "lexicon", "voice"),
            columns=_columns(
                passage_id="string",
                lexicon="string",
                voice="string",
                mean_valence="number?",
                n_matched="integer",
                n_tokens="integer",
                coverage="number?",
            ),
        ),
        "trend": Schema(
            grain="group x axis x position",
            key=("group", "axis", "position", "date"),
            columns=_columns(
                group="string",
                axis="string",
                position="number?",
                date="string?",
                mean="number?",
                low="number?",
                high="number?",
                null_low="number?",
                null_high="number?",
                n_passages="integer",
            ),
        ),
        "mentions": Schema(
            grain="name of a person at its place",
            key=("doc_id", "char_start"),
            columns=_columns(
                doc_id="string",
                place="string",
                char_start="integer",
                char_end="integer",
                surface="string",
                person_id="string?",
                candidates="string?",
                basis="string",
                role="string",
                layer="string",
                voice="string",
                speaker="string?",
            ),
        ),
        "counts": Schema(
            grain="passage x voice x term",
            key=("passage_id", "voice", "term"),
            columns=_columns(
                passage_id="string",
                doc_id="string",
                voice="string",
                term="string",
                n_tokens="integer",
            ),
        ),
        "distances": Schema(
            grain="pair of texts",
            key=("text_a", "text_b", "measure", "n_terms"),
            columns=_columns(
                text_a="string",
                text_b="string",
                measure="string",
                n_terms="integer",
                distance="number",
                low="number?",
                high="number?",
            ),
        ),
        "keyness": Schema(
            grain="term",
            key=("term",),
            columns=_columns(
                term="string",
                n_target="integer",
                n_reference="integer",
                per_million_target="number",
                per_million_reference="number",
                log_ratio="number",
                low="number?",
                high="number?",
                log_likelihood="number",
                log_likelihood_4="number",
                odds_ratio="number",
                z_fightin_words="number?",
                p_wilcoxon="number?",
                cliffs_delta="number?",
                q="number?",
                dispersion_target="number?",
                dispersion_reference="number?",
            ),
        ),
    }
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
