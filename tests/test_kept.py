"""Results that are kept: found again, made anew, and compared between machines."""

from pathlib import Path

import pytest

from analysis.errors import CorpusError
from analysis.kept import ANEW, TOLD, Likeness, kept, key_of
from analysis.packed import machine_of
from tests.test_packed import CLASSES, Result, result


@pytest.fixture(autouse=True)
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (ANEW, TOLD):
        monkeypatch.delenv(name, raising=False)


def test_the_first_time_gives_what_later_times_give(tmp_path: Path) -> None:
    made = [
        kept(result, key="k", folder=tmp_path, classes=CLASSES).values.tobytes() for _ in range(2)
    ]
    assert made[0] == made[1]
    assert made[0] != result().values.tobytes()  # kept in seven digits


def test_it_is_made_once(tmp_path: Path) -> None:
    def never() -> Result:
        raise AssertionError

    kept(result, key="k", folder=tmp_path, classes=CLASSES)
    assert kept(never, key="k", folder=tmp_path, classes=CLASSES).mean == 0.1
    with pytest.raises(AssertionError):
        kept(never, key="k", folder=None, classes=CLASSES)


def test_made_anew_it_is_neither_read_nor_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(result, key="k", folder=tmp_path, classes=CLASSES)
    before = (tmp_path / "k.zip").read_bytes()
    monkeypatch.setenv(ANEW, "1")
    assert kept(lambda: result(0.2), key="k", folder=tmp_path, classes=CLASSES).mean == 0.2
    assert kept(lambda: result(0.3), key="new", folder=tmp_path, classes=CLASSES).mean == 0.3
    assert [path.name for path in tmp_path.iterdir()] == ["k.zip"]
    assert (tmp_path / "k.zip").read_bytes() == before


@pytest.mark.parametrize(
    ("likeness", "mean", "told"),
    [
        (None, 0.1, "k was made on loom and is taken from there; on mill it differs.\n"),
        (0.8, 0.1, "k was made on loom; made anew on mill, they share 0.850 (at least 0.8).\n"),
        (0.9, 0.2, "k was made on loom; made anew on mill, they share 0.850 (less than 0.9).\n"),
    ],
)
def test_on_another_kind_of_machine_it_need_be_like_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    likeness: float | None,
    mean: float,
    told: str,
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "loom")
    kept(result, key="k", folder=tmp_path / "kept", classes=CLASSES)
    assert machine_of((tmp_path / "kept" / "k.zip").read_bytes()) == "loom"
    monkeypatch.setattr("platform.machine", lambda: "mill")
    monkeypatch.setenv(ANEW, "1")
    monkeypatch.setenv(TOLD, str(tmp_path / "told"))
    like = likeness and Likeness(
        says="they share", measure=lambda one, other: 0.75 + one.mean - other.mean, bound=likeness
    )
    found = kept(
        lambda: result(0.2),
        key="k",
        folder=tmp_path / "kept",
        classes=CLASSES,
        likeness=like or None,
    )
    assert found.mean == mean
    assert (tmp_path / "told" / "k.txt").read_text("utf-8") == told


def test_the_key_is_of_all_inputs() -> None:
    one = key_of("topics", inputs={"seed": 1, "names": ["a"]})
    assert one.startswith("topics-")
    assert one == key_of("topics", inputs={"names": ["a"], "seed": 1})
    assert one != key_of("topics", inputs={"seed": 2, "names": ["a"]})


@pytest.mark.parametrize("content", [b"no zip", b""])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "k.zip").write_bytes(content)
    with pytest.raises(CorpusError, match=r"k\.zip is damaged .*; delete it"):
        kept(result, key="k", folder=tmp_path, classes=CLASSES)
