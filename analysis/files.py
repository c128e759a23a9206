"""The only module that writes files: whole, or not at all.

A file is written under a temporary name in its own folder and then renamed, so that a run that is
killed leaves the old file as it was.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from analysis.errors import CorpusError


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 digest of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_bytes(path: Path, *, what: str) -> bytes:
    """Return a file's bytes; ``what`` names its role in the sentence that tells it is missing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CorpusError(f"{what} {path} is not there; restore it or mend its path.") from None
    except IsADirectoryError:
        raise CorpusError(f"{what} {path} is a folder, not a file; mend its path.") from None
    except PermissionError:
        raise CorpusError(f"{what} {path} may not be read; change its permissions.") from None


def decode_utf8(content: bytes, *, path: Path) -> str:
    """Return the text of UTF-8 bytes, line ends as they are, without a leading byte-order mark."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CorpusError(
            f"{path} is not UTF-8 (line {line}, byte {error.start}); save it as UTF-8."
        ) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Write the bytes to the path in one step; an interrupted write leaves the old file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_text(path: Path, content: str) -> None:
    """Write text as UTF-8 with line ends as given, in one step."""
    write_bytes(path, content.encode("utf-8"))


def _umask() -> int:
    """Return the process's file mode mask (POSIX can only read it by setting it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
