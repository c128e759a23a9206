"""Expensive results kept in files under the digest of what they depend on.

A name that is the digest of all inputs needs no date and no
memory of what is stale: other counts, settings or versions give another name. The code is no part
of it; ``witness verify`` makes every result anew and finds where the code gives another one.

Processors of another kind draw other random numbers in some libraries. Made anew on such a machine,
a result need only be like the kept one, down to a stated bound; how like they are is told.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from analysis.errors import CorpusError
from analysis.files import read_bytes, sha256_of, write_bytes, write_text
from analysis.packed import machine_of, pack, unpack
from analysis.project import find_root

Kept = TypeVar("Kept")

VERSIONS: Mapping[str, int] = {"backends": 2, "number": 2, "stability": 2, "topics": 2}
"""Counted up for a kind of result when the code gives others for the same inputs; else 1."""

ANEW = "WITNESS_ANEW"
"""The environment variable that asks for results to be made, not read, and not to be written."""

TOLD = "WITNESS_TOLD"
"""The environment variable that names a folder where it is told how results made anew compare."""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """How alike a result of another machine must be: what is measured, in words, and its bound.

    `measure` takes the two results and gives a number; higher is more alike.
    """

    says: str
    measure: Callable[[Any, Any], float]
    bound: float


@dataclass(frozen=True, kw_only=True)
class ReadOnly:
    """A folder from which kept results are read, and to which none is written."""

    folder: Path


def key_of(what: str, *, inputs: Mapping[str, Any]) -> str:
    """Return the name of a kept result: what it is, and the digest of its inputs.

    Parameters
    ----------
    what : str
        Such as ``topics``.
    inputs : mapping
        Numbers, strings, lists, and frozen dataclasses of these: all that the result depends on,
        versions of packages among it.
    """
    plain = {name: asdict(one) if is_dataclass(one) else one for name, one in inputs.items()}  # type: ignore[arg-type]
    text = json.dumps({"version": VERSIONS.get(what, 1), **plain}, sort_keys=True, default=str)
    return f"{what}-{sha256_of(text.encode('utf-8'))[:16]}"


def kept(
    make: Callable[[], Kept],
    *,
    key: str,
    folder: Path | str | ReadOnly | None,
    classes: Mapping[str, type],
    likeness: Likeness | None = None,
) -> Kept:
    """Return the result under this key, read from the folder or made and written there.

    Parameters
    ----------
    make : callable
        Makes the result.
    key : str
        From `key_of`.
    folder : Path, str or ReadOnly, optional
        Without one the result is made and not kept. A relative one is of the project found
        upward from here.
    classes : mapping of str to type
        The dataclasses that a file may hold, by name.
    likeness : Likeness, optional
        How alike a result must be that is made anew on another kind of machine. Without it, the
        kept one is taken there.

    Raises
    ------
    CorpusError
        If the file is damaged.
    """
    if folder is None:
        return make()
    place = folder.folder if isinstance(folder, ReadOnly) else Path(folder)
    path = _placed(place) / f"{key}.zip"
    before = read_bytes(path, what="The kept result") if path.is_file() else None
    anew = bool(os.environ.get(ANEW))
    if before is not None and not anew:
        return unpack(before, path=path, classes=classes)  # type: ignore[no-any-return]
    content = pack(make())
    result = unpack(content, path=path, classes=classes)
    if not anew and not isinstance(folder, ReadOnly):
        write_bytes(path, content)
    elif (
        anew
        and before is not None
        and content != before
        and machine_of(before) != machine_of(content)
    ):
        other = unpack(before, path=path, classes=classes)
        if _is_like(result, other, key=key, made_on=machine_of(before), likeness=likeness):
            return other  # type: ignore[no-any-return]
    return result  # type: ignore[no-any-return]


def _is_like(result: Any, other: Any, *, key: str, made_on: str, likeness: Likeness | None) -> bool:
    """Return whether a result is like that of another kind of machine, and tell how like it is."""
    here = f"{key} was made on {made_on or 'another machine'}"
    if likeness is None:
        told, like = f"{here} and is taken from there; on {platform.machine()} it differs", True
    else:
        value = likeness.measure(result, other)
        like = value >= likeness.bound
        told = (
            f"{here}; made anew on {platform.machine()}, {likeness.says} {value:.3f} "
            f"({'at least' if like else 'less than'} {likeness.bound:g})"
        )
    if folder := os.environ.get(TOLD):
        write_text(Path(folder) / f"{key}.txt", f"{told}.\n")
    return like


def _placed(folder: Path) -> Path:
    """Return the folder; a relative one is of the project, or of here where there is none."""
    if folder.is_absolute():
        return folder
    try:
        return find_root() / folder
    except CorpusError:
        return folder
