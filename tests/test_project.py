"""Where a project is."""

from pathlib import Path

import pytest

from analysis.errors import CorpusError
from analysis.project import corpus_folder, find_root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "sources.toml").write_text("", encoding="utf-8")
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    return tmp_path.resolve()


def test_the_project_is_found_upward(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_root(root) == root
    assert find_root(root / "notebooks" / "deep") == root
    monkeypatch.chdir(root / "notebooks")
    assert find_root() == root
    assert corpus_folder() == root / "corpus"


def test_the_nearest_project_counts(root: Path) -> None:
    inner = root / "notebooks" / "deep"
    (inner / "corpus").mkdir()
    (inner / "corpus" / "sources.toml").write_text("", encoding="utf-8")
    assert find_root(inner / "corpus") == inner


def test_outside_a_project_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CorpusError, match=r"There is no corpus/sources.toml in .* or above it; go"):
        find_root()
    with pytest.raises(CorpusError, match=r"name a corpus folder with --corpus"):
        corpus_folder()


def test_a_given_folder_is_taken_as_it_is(root: Path) -> None:
    assert corpus_folder(str(root / "corpus")) == root / "corpus"
    assert corpus_folder(root / "notebooks" / ".." / "corpus") == root / "corpus"


def test_a_given_folder_that_is_none_is_told(root: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"The corpus folder .*nowhere is not there; mend its path"
    ):
        corpus_folder(root / "nowhere")
    with pytest.raises(CorpusError, match=r"sources.toml is a file; name the corpus folder, which"):
        corpus_folder(root / "corpus" / "sources.toml")
    with pytest.raises(CorpusError, match=r"The folder .* holds no sources.toml; name the folder"):
        corpus_folder(root)
