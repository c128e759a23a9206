"""Digests of what a figure is made from: the corpus, the modules, the packages.

The corpus is everything in its folder that a computation may read. The folders of
`RESOURCE_FOLDERS` serve some chapters only, so that a figure depends on such a folder where its
notebook read in it; every figure depends on the rest, the edition.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from analysis.files import sha256_of
from analysis.project import CORPUS

RESOURCE_FOLDERS = ("annotations", "lexicons", "reference", "stopwords", "topics")
"""Folders of the corpus that some chapters read; everything else is the edition."""

DISTRIBUTION = "witness-texts"

_PROSE = {".md", ".rst"}


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    return sha256_of(path.read_bytes())


def text_digest(content: str) -> str:
    """Return the SHA-256 of a text in UTF-8, whatever its line ends."""
    return sha256_of(content.replace("\r\n", "\n").encode("utf-8"))


def joint_digest(digests: Mapping[str, str]) -> str:
    """Return one digest of many: that of their lines ``digest  name``, in order of the names."""
    lines = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def edition_files(root: Path) -> dict[str, str]:
    """Return the digest of every file of the edition, by its path from the root with ``/``."""
    return _files(root, folders=None)


def resource_files(root: Path, folders: Iterable[str]) -> dict[str, str]:
    """Return the digest of every file of these folders of the corpus, by its path from the root."""
    return _files(root, folders=frozenset(folders))


def edition_digest(root: Path) -> str:
    """Return the digest of the edition: its texts, corrections, overrides and settings."""
    return joint_digest(edition_files(root))


def package_versions(imported: Iterable[str]) -> dict[str, str]:
    """Return the version of Python and of each package that is used, directly or by another.

    Parameters
    ----------
    imported : iterable of str
        Names as they are imported, such as ``sklearn``. Those that are no dependency of this
        software, such as modules of Python itself, are left out.
    """
    names = set(imported)
    direct = [name for name, modules in _dependencies().items() if names & modules]
    versions = {name: metadata.version(name) for name in _with_requirements(direct)}
    versions["python"] = ".".join(platform.python_version_tuple()[:2])
    versions[DISTRIBUTION] = own_version()
    return dict(sorted(versions.items()))


def own_version() -> str:
    """Return the version of this software, ``unknown`` where it is not installed."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "unknown"


def direct_packages() -> tuple[str, ...]:
    """Return the packages that this software asks for itself, in order."""
    return tuple(sorted(_dependencies()))


def _files(root: Path, *, folders: frozenset[str] | None) -> dict[str, str]:
    """Return the digests of the files of the edition, or of the resource folders named."""
    corpus = root / CORPUS
    digests = {}
    for path in _walk(corpus):
        relative = path.relative_to(corpus)
        first = relative.parts[0] if len(relative.parts) > 1 else ""
        wanted = first not in RESOURCE_FOLDERS if folders is None else first in folders
        if wanted:
            digests[f"{CORPUS}/{relative.as_posix()}"] = file_digest(path)
    return digests


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that may be read: none that is hidden, no prose about it."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "__pycache__")):
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.suffix not in _PROSE and not path.name.startswith("LICENSE"):
            yield path


@lru_cache(maxsize=1)
def _dependencies() -> dict[str, frozenset[str]]:
    """Return the installed dependencies of this software, and the names they are imported by."""
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        required = []
    return {name: _import_names(name) for name in _installed(required)}


def _import_names(name: str) -> frozenset[str]:
    """Return the top-level modules of an installed package."""
    distribution = metadata.distribution(name)
    listed = (distribution.read_text("top_level.txt") or "").split()
    files = distribution.files or []
    found = {
        file.parts[0].removesuffix(".py")
        for file in files
        if file.suffix == ".py" and not file.parts[0].startswith((".", "_"))
    }
    return frozenset(listed) | found


def _with_requirements(names: Iterable[str]) -> set[str]:
    """Return the packages and all that they require, as far as it is installed."""
    waiting, known = sorted(names), set()
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting.extend(_required_by(name))
    return known


@lru_cache(maxsize=512)
def _required_by(name: str) -> tuple[str, ...]:
    """Return the installed packages that an installed package requires."""
    return tuple(_installed(metadata.requires(name) or []))


def _installed(requirements: Iterable[str]) -> list[str]:
    """Return the names of the requirements that are installed, in their usual spelling."""
    names = []
    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        name = canonicalize_name(requirement.name)
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        names.append(str(name))
    return names
