"""Which files a run has opened, so that a figure's inputs are known and not guessed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

_watched: list[str] = []
_opened: set[str] = set()


def watch(folder: Path) -> None:
    """Remember from now on which files below the folder are opened, until the process ends."""
    first = not _watched
    _watched.append(str(folder.resolve()) + os.sep)
    if first:
        sys.addaudithook(_hear)


def opened_below(folder: Path) -> set[str] | None:
    """Return the files below the folder that were opened, as paths from it with ``/``.

    None if the folder is not watched: then nothing is known.
    """
    start = str(folder.resolve()) + os.sep
    if start not in _watched:
        return None
    return {name[len(start) :].replace(os.sep, "/") for name in _opened if name.startswith(start)}


def _hear(event: str, args: tuple[Any, ...]) -> None:
    """Remember the name of a file that is opened below a watched folder."""
    if event != "open" or not isinstance(args[0], str | bytes | os.PathLike):
        return
    name = os.path.realpath(os.fsdecode(args[0]))
    if any(name.startswith(start) for start in _watched):
        _opened.add(name)
