"""What a notebook's figures are made from, and what of it has changed, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from analysis.edition.sources import read_sources
from analysis.errors import AnalysisError, CorpusError
from analysis.files import decode_utf8, read_bytes
from analysis.project import CORPUS, SOURCES
from analysis.publish.citation import read_citation
from analysis.publish.digests import (
    DISTRIBUTION,
    edition_files,
    file_digest,
    package_versions,
    resource_files,
    text_digest,
)
from analysis.publish.imports import dependencies_of, settings_in
from analysis.publish.wording import code_digest


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Digests of all that a notebook's figures are made from.

    `notebook` is its path from the root and `source` its digest; `edition` and `resources` are
    digests by path, `modules` by name, `versions` by package; `citation` is the project's. `code`
    is the digest of the notebook without its words (`code_digest`); empty where that is not known,
    as in the record of a figure.
    """

    notebook: str
    source: str
    settings: Mapping[str, str]
    edition: Mapping[str, str]
    resources: Mapping[str, str]
    modules: Mapping[str, str]
    versions: Mapping[str, str]
    citation: str
    code: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the inputs as plain mappings."""
        return asdict(self)


def inputs_of(notebook: Path, *, root: Path, resources: Iterable[str]) -> Inputs:
    """Return the inputs of a notebook as they are now.

    Parameters
    ----------
    notebook : Path
        A percent file.
    root : Path
        The project.
    resources : iterable of str
        The folders of the corpus, beside the edition, that its last run has read.
    """
    source = decode_utf8(read_bytes(notebook, what="The notebook"), path=notebook)
    needed = dependencies_of(source)
    return Inputs(
        notebook=notebook.relative_to(root).as_posix(),
        source=text_digest(source),
        settings=settings_in(source),
        edition=edition_files(root),
        resources=resource_files(root, resources),
        modules=needed.modules,
        versions=package_versions(needed.packages),
        citation=read_citation(root).text(),
        code=code_digest(source),
    )


def inputs_from(stored: Mapping[str, Any]) -> Inputs | None:
    """Return the inputs that were stored; None if they cannot be read."""
    try:
        return Inputs(**stored)
    except TypeError:
        return None


def resource_folders(resources: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of the corpus that these files lie in."""
    return tuple(sorted({path.split("/")[1] for path in resources}))


def changes(before: Inputs, now: Inputs, *, root: Path) -> tuple[str, ...]:
    """Return what has changed, each in a few words: texts first, then code, then packages.

    Empty if nothing has, and then the figures are those that would be made again.
    """
    texts = texts_by_path(root)
    return (
        *_files_changed(before.edition, now.edition, texts=texts),
        *_files_changed(before.resources, now.resources, texts=texts),
        *_notebook_changed(before, now),
        *_modules_changed(before.modules, now.modules),
        *_versions_changed(before.versions, now.versions),
        *([] if before.citation == now.citation else ["the citation in CITATION.cff changed"]),
    )


def only_reworded(before: Inputs, now: Inputs) -> bool:
    """Return whether nothing has changed but the notebook's prose, captions, alternative texts."""
    return bool(now.code) and before == replace(now, source=before.source, settings=before.settings)


def texts_by_path(root: Path) -> dict[str, str]:
    """Return the id of each text by the path of its file, as far as ``sources.toml`` tells."""
    try:
        sources = read_sources(root / CORPUS)
    except AnalysisError:
        return {}
    return {f"{CORPUS}/{source.path}": source.id for source in sources}


def wrong_digests(root: Path) -> dict[str, str]:
    """Return the texts whose file is not what ``sources.toml`` describes, and what is wrong."""
    wrong = {}
    for source in read_sources(root / CORPUS):
        path = root / CORPUS / source.path
        name = f"{CORPUS}/{source.path}"
        if not path.is_file():
            wrong[source.id] = f"text {source.id}: {name} is missing"
        elif file_digest(path) != source.sha256:
            wrong[source.id] = f"text {source.id} changed: {name} no longer fits its digest"
    return wrong


def check_digests(root: Path) -> None:
    """Raise a CorpusError if a text is not the file that ``sources.toml`` describes."""
    for sentence in wrong_digests(root).values():
        raise CorpusError(
            f"{sentence} in {CORPUS}/{SOURCES}; restore the file, or write its digest there."
        )


def _files_changed(
    before: Mapping[str, str], now: Mapping[str, str], *, texts: Mapping[str, str]
) -> list[str]:
    """Return a phrase for each file of the corpus that changed, came or went."""
    phrases = []
    for path in sorted(before.keys() | now.keys(), key=lambda path: (path not in texts, path)):
        if before.get(path) == now.get(path):
            continue
        verb = "was added" if path not in before else "is gone" if path not in now else "changed"
        phrases.append(f"{_role(path, texts=texts)} {verb}")
    return phrases


def _role(path: str, *, texts: Mapping[str, str]) -> str:
    """Return what a file of the corpus is, with its path."""
    folder, stem = Path(path).parent.name, Path(path).stem
    if path in texts:
        return f"text {texts[path]} ({path})"
    if folder == "corrections":
        return f"corrections of {stem} ({path})"
    if folder.startswith("lexicon"):
        return f"lexicon {stem} ({path})"
    return path


def _notebook_changed(before: Inputs, now: Inputs) -> list[str]:
    """Return a phrase for each setting of the notebook that changed, or for its words and code."""
    if before.source == now.source:
        return []
    names = sorted(before.settings.keys() | now.settings.keys())
    phrases = [
        f"parameter {name} {before.settings.get(name, 'not set')} -> "
        f"{now.settings.get(name, 'not set')} in {now.notebook}"
        for name in names
        if before.settings.get(name) != now.settings.get(name)
    ]
    return phrases or [f"notebook {now.notebook} changed"]


def _modules_changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return a phrase for each module that changed, or is imported no longer or only now."""
    phrases = []
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) == now.get(name):
            continue
        is_file = "/" in name
        what = _role(name, texts={}) if is_file else f"module {name}"
        added, gone = ("was added", "is gone") if is_file else ("is newly used", "is used no more")
        verb = added if name not in before else gone if name not in now else "changed"
        phrases.append(f"{what} {verb}")
    return phrases


def _versions_changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return a phrase for each package whose version changed."""
    return [
        f"{'witness' if name == DISTRIBUTION else name} "
        f"{before.get(name, 'not used')} -> {now.get(name, 'not used')}"
        for name in sorted(before.keys() | now.keys())
        if before.get(name) != now.get(name)
    ]
