"""Results as one file: all comes back, and nothing of the clock is in it."""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.packed import pack, unpack


@dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    table: pd.DataFrame
    values: np.ndarray
    mean: float
    names: tuple[str, ...]
    settings: dict[str, int]


CLASSES = {"Result": Result}


def result(mean: float = 0.1) -> Result:
    return Result(
        table=pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": [0.5, float("nan")]}),
        values=np.array([[1 / 3, 2.0]]),
        mean=mean,
        names=("one", "two"),
        settings={"seed": 1},
    )


def test_what_is_packed_is_unpacked() -> None:
    found = unpack(pack(result()), path=Path("x"), classes=CLASSES)
    pd.testing.assert_frame_equal(found.table, result().table)
    np.testing.assert_allclose(found.values, result().values, rtol=1e-7)
    assert (found.mean, found.names, found.settings) == (0.1, ("one", "two"), {"seed": 1})
    assert np.isnan(unpack(pack(result(np.nan)), path=Path("x"), classes=CLASSES).mean)
    assert pack(result()) == pack(found)


def test_a_file_names_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(result()))) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        assert json.loads(archive.read("result.json"))["is"] == "Result"
