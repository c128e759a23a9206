"""Which modules a notebook depends on: those it imports, and those that these import.

The graph of imports is grimp's, read from the sources without running them. The lazy names of the
package (``an.read_corpus``) are led to the modules that define them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publish.digests import text_digest

if TYPE_CHECKING:
    from grimp import ImportGraph

PACKAGE = "analysis"
_PACKAGE_FOLDER = Path(__file__).resolve().parents[1]
_LONGEST_SETTING = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Dependencies:
    """What a notebook's code rests on: digests by module (or data file), and packages imported."""

    modules: Mapping[str, str]
    packages: frozenset[str]


def dependencies_of(source: str) -> Dependencies:
    """Return the modules of this package that a notebook depends on, and the other packages.

    Parameters
    ----------
    source : str
        The notebook as a percent file. One that is no Python depends on every module.
    """
    graph = _graph()
    direct, others = _imported(source, graph=graph)
    upstream = {name for module in direct for name in graph.find_upstream_modules(module)}
    reached = direct | upstream
    modules = _with_parents(name for name in reached if name.split(".")[0] == PACKAGE)
    files = {name: _module_digest(name) for name in modules}
    packages = {name.split(".")[0] for name in (reached - modules) | others}
    return Dependencies(
        modules=dict(sorted({**files, **_carried(modules)}.items())), packages=frozenset(packages)
    )


def settings_in(source: str) -> dict[str, str]:
    """Return the literal settings of a notebook, by the name they are given there.

    A setting is a variable that holds a literal (``word``), or a literal given by keyword
    (``fit_topics(n_topics)``). Long ones are told by their digest.
    """
    try:
        tree = ast.parse(_without_magics(source))
    except SyntaxError:
        return {}
    found: list[tuple[str, ast.expr]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            found.append((ast.unparse(node.targets[0]), node.value))
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func).rsplit(".", 1)[-1]
            found.extend((f"{called}({key.arg})", key.value) for key in node.keywords if key.arg)
    settings: dict[str, str] = {}
    for name, value in found:
        if not _is_literal(value):
            continue
        free = name
        while free in settings:
            free += "'"
        settings[free] = _short(ast.unparse(value))
    return settings


def figures_in(source: str) -> list[str]:
    """Return the names of the figures that a notebook saves by a name written in it, in order."""
    try:
        tree = ast.parse(_without_magics(source))
    except SyntaxError:
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = []
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if ast.unparse(call.func).rsplit(".", 1)[-1] != "save_figure":
            continue
        given = [*call.args[1:2], *(key.value for key in call.keywords if key.arg == "name")]
        names += [
            str(value.value)
            for value in given
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        ]
    return names


@lru_cache(maxsize=1)
def _graph() -> ImportGraph:
    """Return the graph of imports of this package and what it imports from others."""
    import grimp

    return grimp.build_graph(
        PACKAGE,
        include_external_packages=True,
        exclude_type_checking_imports=True,
        cache_dir=None,
    )


def _imported(source: str, *, graph: ImportGraph) -> tuple[set[str], set[str]]:
    """Return the modules of this package that a notebook imports, and the other packages."""
    every = {name for name in graph.modules if name.split(".")[0] == PACKAGE}
    try:
        named = _named(ast.parse(_without_magics(source)))
    except SyntaxError:
        return every, set()
    homes = _homes()
    direct: set[str] = set()
    for name in sorted(named):
        if not name.startswith(f"{PACKAGE}."):
            continue
        home = homes.get(name.removeprefix(f"{PACKAGE}."), name)
        while home not in every:
            home = home.rsplit(".", 1)[0]
        # A name that nobody knows may come from anywhere.
        direct |= every if home == PACKAGE else {home}
    return direct, {name.split(".")[0] for name in named} - {PACKAGE}


def _named(tree: ast.Module) -> set[str]:
    """Return the dotted names that a notebook imports, and those it uses of this package."""
    nodes = list(ast.walk(tree))
    imports = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named = {alias.name for alias in imports}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    called = {alias.asname or alias.name for alias in imports if alias.name == PACKAGE}
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            named |= {f"{PACKAGE}.{node.attr}"} if node.value.id in called else set()
    return named


@lru_cache(maxsize=1)
def _homes() -> Mapping[str, str]:
    """Return the module of each public name of the package, as its ``__init__`` tells it."""
    tree = ast.parse((_PACKAGE_FOLDER / "__init__.py").read_text(encoding="utf-8"))
    homes: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE}."):
            homes |= {alias.asname or alias.name: str(node.module) for alias in node.names}
    return homes


def _with_parents(modules: Iterable[str]) -> set[str]:
    """Return the modules and the packages that hold them, which Python runs as well.

    The outermost package is left out: it only tells where its names are, and these are followed.
    """
    found: set[str] = set()
    for name in modules:
        parts = name.split(".")
        found |= {".".join(parts[:length]) for length in range(2, len(parts) + 1)}
    return found


def _module_digest(name: str) -> str:
    """Return the digest of a module's source, whatever its line ends."""
    return text_digest(_module_file(name).read_text(encoding="utf-8"))


def _module_file(name: str) -> Path:
    """Return the file of a module of this package."""
    path = _PACKAGE_FOLDER.joinpath(*name.split(".")[1:])
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _carried(modules: Iterable[str]) -> dict[str, str]:
    """Return the digests of the data files that lie beside these modules, by their path."""
    folders = {_module_file(name).parent for name in modules} - {_PACKAGE_FOLDER}
    carried = {}
    for folder in sorted(folders):
        for path in _data_files(folder):
            name = f"{PACKAGE}/{path.relative_to(_PACKAGE_FOLDER).as_posix()}"
            carried[name] = text_digest(path.read_bytes().decode("utf-8", "surrogateescape"))
    return carried


def _data_files(folder: Path) -> list[Path]:
    """Return the files of a package that are no modules, those of its packages left out."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "__pycache__")) or path.suffix in {".py", ".pyc", ".md"}:
            continue
        if path.is_dir():
            found += [] if (path / "__init__.py").exists() else _data_files(path)
        else:
            found.append(path)
    return found


def _without_magics(source: str) -> str:
    """Return the source with the lines that only IPython understands left out."""
    return re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", source)


def _is_literal(node: ast.expr) -> bool:
    """Return whether an expression is a literal."""
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _short(written: str) -> str:
    """Return a literal as it is written, or its digest if it is long."""
    return written if len(written) <= _LONGEST_SETTING else f"text {text_digest(written)[:8]}"
