"""Reading and writing files: whole, or not at all, or told in one sentence."""

import os
from pathlib import Path

import pytest

from analysis import files
from analysis.errors import CorpusError, InputError
from analysis.files import (
    decode_utf8,
    read_bytes,
    sha256_of,
    write_bytes,
    write_text,
    write_together,
)


def test_the_digest_is_that_of_the_standard() -> None:
    # FIPS 180-2, the digest of "abc".
    assert sha256_of(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "text.txt"
    write_text(path, "Café\r\n")
    assert read_bytes(path, what="The text") == b"Caf\xc3\xa9\r\n"
    write_bytes(path, b"again")
    assert path.read_bytes() == b"again"
    assert [entry.name for entry in path.parent.iterdir()] == ["text.txt"]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").write_bytes(b"")
    write_bytes(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_an_interrupted_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "text.txt"
    write_bytes(path, b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is a folder; name a file in it"):
        write_bytes(tmp_path, b"")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match=r"cannot be written"):
        write_bytes(tmp_path / "file" / "inside", b"")
    assert (tmp_path / "file").read_bytes() == b""


def test_a_write_protected_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(InputError, match=r"is write-protected; make it writable"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_folder_that_may_not_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.tempfile, "mkstemp", denied)
    with pytest.raises(InputError, match=r"cannot be written \(permission denied\); mend the"):
        write_bytes(tmp_path / "text.txt", b"")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_what_is_no_file_is_written_into_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_bytes(pipe, b"through")
        assert os.read(reader, 20) == b"through"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CorpusError, match=r"The list .* is not there; restore it or mend its path"):
        read_bytes(tmp_path / "none", what="The list")
    with pytest.raises(CorpusError, match=r"is a folder, not a file"):
        read_bytes(tmp_path, what="The list")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CorpusError, match=r"is not there"):
        read_bytes(tmp_path / "file" / "inside", what="The list")
    with pytest.raises(CorpusError, match=r"cannot be read .file name too long"):
        read_bytes(tmp_path / ("x" * 300), what="The list")

    def denied(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(CorpusError, match=r"may not be read; change its permissions"):
        read_bytes(tmp_path / "file", what="The list")


def test_bytes_are_decoded_or_their_place_is_told(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    assert decode_utf8("\ufeffé\r\n".encode(), path=path) == "é\r\n"
    assert decode_utf8("\ufeffé\r\n".encode(), path=path, keep_mark=True) == "\ufeffé\r\n"
    assert decode_utf8("a\ufeff".encode(), path=path) == "a\ufeff"
    with pytest.raises(CorpusError, match=r"text.txt is not UTF-8 \(line 3, byte 7\)"):
        decode_utf8(b"ab\ncd\ne\xe9\n", path=path)


def test_files_that_belong_together_are_written_all_or_none(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "new" / "two"
    write_together({one: b"1", two: b"2"})
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    two.chmod(0o400)
    with pytest.raises(InputError, match=r"two is write-protected; make it writable"):
        write_together({one: b"new", two: b"new"})
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["one", "two"]
    write_together({})


def test_the_first_rename_comes_after_the_last_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        held = [path.read_bytes() for path in tmp_path.iterdir() if path.suffix == ".tmp"]
        assert sorted(held) == [b"1", b"2", b"3"]
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_together({tmp_path / name: name.encode() for name in "123"})
    assert list(tmp_path.iterdir()) == []
