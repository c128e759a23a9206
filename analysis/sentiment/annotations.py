"""Readings of passages by people or machines: read, placed, and compared with each other."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import CorpusError, InputError
from analysis.files import decode_utf8, read_bytes
from analysis.tables import check_table

ANNOTATION_COLUMNS = (
    *("annotation_id", "place", "doc_id", "char_start", "char_end", "layer", "voice"),
    *("quoted_share", "reader", "valence"),
)


def read_annotations(path: Path | str) -> pd.DataFrame:
    """Return readings of the tone of passages: one row a place and reader.

    Parameters
    ----------
    path : Path or str
        A ``.jsonl`` file whose lines have id, source, char_start, char_end and valence (a list
        with one value a reader, or null), as in corpus/annotations/CODEBOOK.md; or a ``.csv``
        sheet with place, reader and valence, as `annotation_sheet` makes it.

    Returns
    -------
    DataFrame
        Columns annotation_id, place (``doc@start-end``), doc_id, char_start, char_end, layer,
        voice, quoted_share (0 to 1), reader and valence (-3 very negative to 3 very positive).
        Places without a reading are not in it. Where the readers of a ``.jsonl`` differ about
        layer, voice or share, it is the first reader's.

    Raises
    ------
    CorpusError, InputError
        If the file is missing, is not UTF-8, or a line is not as described.
    """
    place = Path(path)
    text = decode_utf8(read_bytes(place, what="The file of annotations"), path=place)
    lines = place.suffix == ".jsonl"
    rows = _from_lines(text, path=place) if lines else _from_sheet(text, path=place)
    frame = pd.DataFrame(rows, columns=list(ANNOTATION_COLUMNS))
    if frame.empty:
        raise InputError(f"{place} holds no reading of a passage; fill in the column valence.")
    outside = frame[~frame["valence"].between(-3, 3)]
    if len(outside):
        first = outside.iloc[0]
        raise InputError(
            f"The valence of {first['place']} in {place} is {first['valence']}; "
            "give a number from -3 to 3."
        )
    return frame


def _from_lines(text: str, *, path: Path) -> list[dict[str, object]]:
    """Return the rows of a .jsonl file."""
    rows: list[dict[str, object]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            block = json.loads(line)
            values = block["valence"]
            about = {
                "annotation_id": block["id"],
                "place": f"{block['source']}@{block['char_start']}-{block['char_end']}",
                "doc_id": block["source"],
                "char_start": int(block["char_start"]),
                "char_end": int(block["char_end"]),
                "layer": _first(block.get("type")),
                "voice": str(_first(block.get("voice"))).split(":")[0],
                "quoted_share": float(str(_first(block.get("quoted_share")) or 0)),
            }
            readings = [] if values is None else [float(value) for value in values]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(
                f"{path}, line {number}, is no annotation ({error}); see its CODEBOOK.md."
            ) from None
        rows.extend(
            {**about, "reader": chr(ord("A") + reader), "valence": value}
            for reader, value in enumerate(readings)
        )
    return rows


def _first(value: object) -> object:
    """Return the first reader's value where two differ: {"A": ..., "B": ...}."""
    return next(iter(value.values())) if isinstance(value, dict) else value


def _from_sheet(text: str, *, path: Path) -> list[dict[str, object]]:
    """Return the rows of a sheet that has come back; empty valences are left out."""
    try:
        sheet = pd.read_csv(io.StringIO(text), dtype={"place": str, "reader": str})
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        raise InputError(
            f"{path} is no sheet of readings; give a .csv file, as witness annotate makes it."
        ) from None
    for name in ("place", "reader", "valence"):
        if name not in sheet:
            raise InputError(
                f"The sheet {path} has no column {name!r}; keep the columns it had, with commas "
                "between them."
            )
    rows: list[dict[str, object]] = []
    for row in sheet[sheet["valence"].notna()].to_dict("records"):
        doc_id, start, end = split_place(str(row["place"]))
        if not str(row["reader"] or "").strip() or row["reader"] != row["reader"]:
            raise InputError(
                f"The reading of {row['place']} in {path} names no reader; fill in the column "
                "reader, with another name or number in each reader's sheet."
            )
        try:
            value = float(row["valence"])
        except ValueError:
            raise InputError(
                f"The valence of {row['place']} in {path} is {row['valence']!r}; "
                "give a number from -3 to 3, or leave it empty."
            ) from None
        rows.append(
            {
                "annotation_id": row["place"],
                "place": row["place"],
                "doc_id": doc_id,
                "char_start": start,
                "char_end": end,
                "layer": row.get("layer", "body"),
                "voice": row.get("voice", "author"),
                "quoted_share": row.get("quoted_share", np.nan),
                "reader": row["reader"],
                "valence": value,
            }
        )
    return rows


def split_place(place: str) -> tuple[str, int, int]:
    """Return the text and the half-open raw span of a place such as ``doc@18432-19120``."""
    doc_id, _, span = place.rpartition("@")
    start, _, end = span.partition("-")
    if not doc_id or not start.isdigit() or not end.isdigit() or int(start) >= int(end):
        raise InputError(f"{place!r} is no place; write it as doc@18432-19120.")
    return doc_id, int(start), int(end)


def tokens_at(tokens: pd.DataFrame, annotations: pd.DataFrame) -> pd.DataFrame:
    """Return the tokens that lie in annotated places, grouped by them: passage_id is the place.

    So annotated blocks can be scored as they were read, whatever the passages are.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    annotations : DataFrame
        Of `read_annotations`; a token belongs to the first place that holds it.

    Raises
    ------
    InputError
        If an annotation is of a text that the tokens do not have, or lies beyond its end.
    """
    check_table(tokens, "tokens", columns=("doc_id", "char_start", "char_end"))
    places = annotations.drop_duplicates("place")
    _check_within(places, ends=tokens.groupby("doc_id")["char_end"].max())
    parts = []
    for doc_id, own in places.groupby("doc_id", sort=False):
        there = tokens[tokens["doc_id"] == doc_id].reset_index(drop=True)
        ordered = own.sort_values(["char_start", "char_end"], kind="stable")
        starts = ordered["char_start"].to_numpy(dtype=np.int64)
        ends = ordered["char_end"].to_numpy(dtype=np.int64)
        begin = there["char_start"].to_numpy(dtype=np.int64)
        row = np.searchsorted(starts, begin, side="right") - 1
        held = (row >= 0) & (begin < ends[np.maximum(row, 0)])
        names = ordered["place"].to_numpy(dtype=object)[np.maximum(row, 0)]
        parts.append(there.assign(passage_id=names)[held])
    return pd.concat(parts, ignore_index=True)


def _check_within(places: pd.DataFrame, *, ends: pd.Series) -> None:
    """Raise an InputError for a place of no text, or after the last word of its text."""
    unknown = places[~places["doc_id"].isin(ends.index)]
    if len(unknown):
        first = unknown.iloc[0]
        raise InputError(
            f"There is no text {first['doc_id']!r}, where the annotation {first['place']} should "
            "be; mend its place, or leave out the annotations of that text."
        )
    last = places["doc_id"].map(ends)
    beyond = places[(places["char_start"] >= last).to_numpy(dtype=bool)]
    if len(beyond):
        first = beyond.iloc[0]
        raise InputError(
            f"The annotation {first['place']} is of a place that is not there: the last "
            f"word of the text ends at character {ends[first['doc_id']]}; mend its place."
        )


def annotations_of_passages(annotations: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Return the readings carried over to passages: one row a passage and reader.

    A passage's valence is the mean of the annotations that it overlaps, weighted by the shared
    characters; layer, voice and quoted_share are those of the annotation that it shares most with.
    A passage that is annotated over less than half its span is left out. This dilutes: a passage
    that joins a good and a bad block has the mean of both.

    Raises
    ------
    InputError
        If no passage has an annotation, an annotation is of a text that the passages do not
        have, or lies beyond its end.
    """
    check_table(passages, "passages", columns=("passage_id", "doc_id", "char_start", "char_end"))
    _check_within(
        annotations.drop_duplicates("place"), ends=passages.groupby("doc_id")["char_end"].max()
    )
    told = passages[["passage_id", "doc_id", "char_start", "char_end", "place"]]
    pairs = told.merge(annotations, on="doc_id", suffixes=("", "_of_block"))
    shared = np.minimum(pairs["char_end"], pairs["char_end_of_block"]) - np.maximum(
        pairs["char_start"], pairs["char_start_of_block"]
    )
    pairs = pairs.assign(shared=shared.astype(float))[shared > 0]
    pairs = pairs.sort_values("shared", ascending=False, kind="stable")
    pairs["weighted"] = pairs["shared"] * pairs["valence"]
    keys = ["passage_id", "reader"]
    sums = pairs.groupby(keys)[["shared", "weighted"]].sum()
    most = pairs.drop_duplicates(keys).set_index(keys).sort_index()
    length = (most["char_end"] - most["char_start"]).astype(float)
    most["valence"] = sums["weighted"] / sums["shared"]
    kept = most[sums["shared"] >= 0.5 * length].reset_index()
    if kept.empty:
        raise InputError(
            "No passage is annotated over half its span; are the annotations of these texts?"
        )
    order = {passage_id: number for number, passage_id in enumerate(passages["passage_id"])}
    kept = kept.iloc[np.lexsort((kept["reader"], kept["passage_id"].map(order)))]
    columns = [name for name in ANNOTATION_COLUMNS if name != "annotation_id"]
    return kept.assign(annotation_id=kept["passage_id"])[["passage_id", *columns, "annotation_id"]][
        list(ANNOTATION_COLUMNS)
    ].reset_index(drop=True)
