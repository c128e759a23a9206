"""A result as the bytes of one file, and back.

The file is a zip of one ``result.json`` (names, settings, tables) and the arrays as ``.npy``;
nothing in it is executed when it is read. Its comment is the kind of machine that made it.
"""

from __future__ import annotations

import io
import json
import platform
import zipfile
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import CorpusError

_RESULT = "result.json"
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def pack(result: Any) -> bytes:
    """Return a result, its tables and arrays as the bytes of a zip; arrays in seven digits."""
    arrays: list[np.ndarray[Any, Any]] = []
    described = json.dumps(_plain(result, arrays=arrays), ensure_ascii=False)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.comment = platform.machine().encode("ascii", errors="replace")
        archive.writestr(zipfile.ZipInfo(_RESULT, _NO_DATE), described.encode("utf-8"))
        for number, array in enumerate(arrays):
            content = io.BytesIO()
            np.save(content, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{number}.npy", _NO_DATE), content.getvalue())
    return stream.getvalue()


def unpack(content: bytes, *, path: Path, classes: Mapping[str, type]) -> Any:
    """Return the result that was packed.

    Raises
    ------
    CorpusError
        If the bytes are damaged, or hold something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            described = json.loads(archive.read(_RESULT))
            arrays = [
                np.load(io.BytesIO(archive.read(f"{number}.npy")), allow_pickle=False)
                for number in range(len(archive.namelist()) - 1)
            ]
        return _restored(described, arrays=arrays, classes=classes)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise CorpusError(f"The kept result {path} is damaged ({error}); delete it.") from None


def machine_of(content: bytes) -> str:
    """Return the kind of machine on which a kept result was made, from the bytes of its file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.comment.decode("ascii", errors="replace")


def _plain(value: Any, *, arrays: list[np.ndarray[Any, Any]]) -> Any:
    """Return a value as JSON can hold it; arrays are put aside."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: _plain(getattr(value, one.name), arrays=arrays) for one in fields(value)}
        return {"is": type(value).__name__, "fields": held}
    if isinstance(value, pd.DataFrame):
        columns = [
            [str(name), str(value[name].dtype), [_cell(cell) for cell in value[name].tolist()]]
            for name in value.columns
        ]
        return {"is": "table", "columns": columns}
    if isinstance(value, np.ndarray):
        arrays.append(value.astype(np.float32) if value.ndim > 1 else value)
        return {"is": "array", "number": len(arrays) - 1}
    if isinstance(value, Mapping):
        return {
            "is": "mapping",
            "entries": {key: _plain(one, arrays=arrays) for key, one in value.items()},
        }
    if isinstance(value, tuple | list):
        return {"is": "tuple", "entries": [_plain(one, arrays=arrays) for one in value]}
    return _cell(value)


def _cell(value: Any) -> Any:
    """Return a number, string or nothing as JSON holds it; NaN is nothing."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def _restored(
    value: Any, *, arrays: list[np.ndarray[Any, Any]], classes: Mapping[str, type]
) -> Any:
    """Return what `_plain` was given."""
    if not isinstance(value, dict):
        return value
    if value["is"] == "table":
        return pd.DataFrame(
            {name: pd.Series(cells, dtype=dtype) for name, dtype, cells in value["columns"]}
        )
    if value["is"] == "array":
        array = arrays[value["number"]]
        return array.astype(np.float64) if array.dtype == np.float32 else array
    if value["is"] == "mapping":
        return {
            key: _restored(one, arrays=arrays, classes=classes)
            for key, one in value["entries"].items()
        }
    if value["is"] == "tuple":
        return tuple(_restored(one, arrays=arrays, classes=classes) for one in value["entries"])
    kind = classes[value["is"]]
    held = {
        name: _restored(one, arrays=arrays, classes=classes)
        for name, one in value["fields"].items()
    }
    numbers = {one.name for one in fields(kind) if one.type in ("float", float)}
    return kind(
        **{
            name: float("nan") if one is None and name in numbers else one
            for name, one in held.items()
        }
    )
