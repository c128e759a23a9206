"""The only module that writes files: whole, or not at all.

A file is written under a temporary name in its own folder and then renamed, so that a run that is
killed leaves the old file as it was.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import CorpusError, InputError

BYTE_ORDER_MARK = "\ufeff"
_ANY_WRITE = 0o222


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 digest of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_bytes(path: Path, *, what: str) -> bytes:
    """Return a file's bytes; ``what`` names its role in the sentence that tells it is missing."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise CorpusError(f"{what} {path} is not there; restore it or mend its path.") from None
    except IsADirectoryError:
        raise CorpusError(f"{what} {path} is a folder, not a file; mend its path.") from None
    except PermissionError:
        raise CorpusError(f"{what} {path} may not be read; change its permissions.") from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise CorpusError(f"{what} {path} cannot be read ({reason}); mend its path.") from None


def decode_utf8(content: bytes, *, path: Path, keep_mark: bool = False) -> str:
    """Return the text of UTF-8 bytes, line ends as they are, without a leading byte-order mark.

    `keep_mark` leaves the mark where it is: for a raw text, whose every character is counted.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CorpusError(
            f"{path} is not UTF-8 (line {line}, byte {error.start}); save it as UTF-8."
        ) from None
    return text if keep_mark else text.removeprefix(BYTE_ORDER_MARK)


def write_bytes(path: Path, content: bytes) -> None:
    """Write the bytes to the path in one step; an interrupted write leaves the old file whole.

    Folders that are missing are made. What a symbolic link points at is written, not the link; a
    device or pipe, which cannot be replaced, is written into.

    Raises
    ------
    InputError
        If the path is a folder or write-protected, or cannot be written for another reason.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                stream.write(content)
            return
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write(path, error) from None
    write_together({path: content})


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write files that belong together: all are written aside, then renamed one after another.

    A run that is killed while it writes leaves the old files; only between two renames, which take
    no time to speak of, could it leave old beside new. The last file is renamed last.

    Raises
    ------
    InputError
        If one of the paths is a folder or write-protected, or cannot be written; none is then.
    """
    aside: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            target = path.resolve()
            _refuse_protected(path, target=target)
            target.parent.mkdir(parents=True, exist_ok=True)
            aside[target] = _written_aside(target, content)
        for path, temporary in aside.items():
            temporary.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from None
    finally:
        for temporary in aside.values():
            temporary.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> InputError:
    """Return what is to be said of a file that the system does not let us write."""
    reason = (error.strerror or "unknown reason").lower()
    return InputError(
        f"{path} cannot be written ({reason}); mend the permissions of its folder, or name another "
        "place."
    )


def _refuse_protected(path: Path, *, target: Path) -> None:
    """Raise an InputError for what is a folder or a file that its owner has write-protected."""
    if target.is_dir():
        raise InputError(f"{path} is a folder; name a file in it.")
    # A rename would go through whatever the file's own permissions are.
    if target.exists() and not target.stat().st_mode & _ANY_WRITE:
        raise InputError(f"{path} is write-protected; make it writable, or name another file.")


def _written_aside(path: Path, content: bytes) -> Path:
    """Return a new file in the folder of the path that holds the bytes."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def write_text(path: Path, content: str) -> None:
    """Write text as UTF-8 with line ends as given, in one step."""
    write_bytes(path, content.encode("utf-8"))


def _umask() -> int:
    """Return the process's file mode mask (POSIX can only read it by setting it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
