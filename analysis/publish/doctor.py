"""What a figure's bytes may depend on, on this machine."""

from __future__ import annotations

import itertools
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError
from analysis.publish.digests import DISTRIBUTION, direct_packages, file_digest, own_version
from analysis.publish.kernel import kernel_environment
from analysis.publish.record import here_on

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that figures may depend on: what it is here, and what is wrong with it, if so."""

    what: str
    found: str
    problem: str = ""

    def line(self) -> str:
        """Return the finding for a terminal."""
        return f"{self.what}: {self.found}" + (f"  <- {self.problem}" if self.problem else "")


def examine(root: Path | None = None) -> list[Finding]:
    """Return what figures may depend on here: versions, numerical libraries, fonts, files, paths.

    Parameters
    ----------
    root : Path, optional
        The project, whose lock file the versions are compared with.
    """
    parts: list[Callable[[], Iterator[Finding]]] = [
        lambda: _versions(root),
        _numbers,
        _drawing,
        _language,
        lambda: _shadows(root),
    ]
    found: list[Finding] = []
    for part in parts:
        found.extend(part())
    return found


def _versions(root: Path | None) -> Iterator[Finding]:
    """Yield the machine, Python, this software and its packages, beside what the lock pins."""
    yield Finding(what="machine", found=f"{here_on()}, {platform.platform(terse=True)}")
    wanted = (root / ".python-version") if root else None
    series = ".".join(platform.python_version_tuple()[:2])
    problem = ""
    if wanted and wanted.is_file() and wanted.read_text(encoding="utf-8").strip() != series:
        problem = f"figures are published with {wanted.read_text(encoding='utf-8').strip()}"
    python = f"{platform.python_version()} ({platform.python_implementation()})"
    yield Finding(what="python", found=python, problem=problem)
    yield Finding(what=DISTRIBUTION, found=f"{own_version()} in {_PACKAGE.parent}")
    pinned = _pinned(root)
    for name in direct_packages():
        version, pin = metadata.version(name), pinned.get(name)
        differs = pin is not None and pin != version
        yield Finding(what=name, found=version, problem=f"lock.txt has {pin}" if differs else "")


def _pinned(root: Path | None) -> dict[str, str]:
    """Return the versions that the project's lock file pins."""
    lock = (root / "lock.txt") if root else None
    if lock is None or not lock.is_file():
        return {}
    pins = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        name, _, version = line.split(";")[0].partition("==")
        if version:
            pins[name.strip().lower()] = version.strip()
    return pins


def _numbers() -> Iterator[Finding]:
    """Yield the numerical libraries and the code that they choose for this processor."""
    import numpy as np
    import scipy.linalg  # noqa: F401
    from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

    shown: Any = np.show_config(mode="dicts")
    features = shown.get("SIMD Extensions", {})
    yield Finding(
        what="processor features",
        found=f"{' '.join(features.get('baseline', []))} and "
        f"{' '.join(features.get('found', [])) or 'none more'}",
    )
    for library in threadpool_info():
        kernel = library.get("architecture")
        yield Finding(
            what=f"{library['user_api']} ({library['internal_api']})",
            found=f"{library.get('version') or 'version unknown'}"
            + (f", kernel {kernel}" if kernel else "")
            + f", {library['num_threads']} threads",
        )
    with tempfile.TemporaryDirectory() as scratch:
        pinned = kernel_environment({}, scratch=Path(scratch))
    names = ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES", "OMP_NUM_THREADS")
    yield Finding(
        what="notebooks run with", found=", ".join(f"{name}={pinned[name]}" for name in names)
    )
    isa = os.environ.get("TOMOTOPY_ISA", "not set; topic models set sse2 on x86")
    yield Finding(what="TOMOTOPY_ISA", found=isa)


def _drawing() -> Iterator[Finding]:
    """Yield what matplotlib draws letters with, and the settings of the user that it would read."""
    import matplotlib as mpl
    from matplotlib import font_manager, ft2font

    from analysis.plots.style import FONT

    yield Finding(what="FreeType", found=str(ft2font.__freetype_version__))
    carried = Path(mpl.get_data_path()) / "fonts"
    for weight in ("normal", "bold"):
        properties = font_manager.FontProperties(family=[FONT], weight=weight)
        path = Path(font_manager.findfont(properties))
        yield Finding(
            what=f"font {FONT}, {weight}",
            found=f"{path.name}, sha256 {file_digest(path)[:16]}",
            problem=""
            if path.is_relative_to(carried)
            else f"not the one that matplotlib carries, but {path}; figures will differ",
        )
    settings = Path(mpl.matplotlib_fname())
    own = not settings.is_relative_to(Path(mpl.get_data_path()))
    yield Finding(
        what="matplotlibrc",
        found=str(settings) if own else "matplotlib's own",
        problem="figures of this project do not read it" if own else "",
    )


def _language() -> Iterator[Finding]:
    """Yield the files of language data and lexicons, with their digests."""
    import spellchecker

    from analysis.sentiment.lexicons import LEXICONS_OUT_OF_THE_BOX, read_lexicon

    words = Path(spellchecker.__file__).parent / "resources"
    for path in sorted(words.glob("en*.gz")):
        yield Finding(what=f"word list {path.name}", found=f"sha256 {file_digest(path)[:16]}")
    for name in LEXICONS_OUT_OF_THE_BOX:
        try:
            lexicon = read_lexicon(name)
        except AnalysisError as error:
            yield Finding(what=f"lexicon {name}", found="not usable", problem=str(error))
            continue
        entries = f"{len(lexicon.valences):,} entries, sha256 {lexicon.sha256[:16]}"
        yield Finding(what=f"lexicon {name}", found=entries)


def _shadows(root: Path | None) -> Iterator[Finding]:
    """Yield where this package is, and each file that Python may take for it."""
    # What stands behind this package on the path is never reached.
    before = itertools.takewhile(
        lambda place: place.resolve() != _PACKAGE.parent, (Path(entry) for entry in sys.path)
    )
    places = [Path.cwd(), *([root] if root else []), *before]
    seen = set()
    for place in places:
        for path in (place / "analysis.py", place / "analysis" / "__init__.py"):
            other = path.is_file() and path.resolve().parent != _PACKAGE
            if other and path.resolve() not in seen:
                seen.add(path.resolve())
                yield Finding(
                    what="shadow",
                    found=str(path),
                    problem="Python may import it instead of this package; rename or move it",
                )
    if not seen:
        yield Finding(what="analysis", found=f"{_PACKAGE}, and nothing of the same name")
