"""How to cite a figure, the texts and the software, and the passage behind a plotted row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from analysis.edition.sources import Source, read_sources
from analysis.errors import InputError
from analysis.project import CORPUS
from analysis.publish.citation import (
    ProjectCitation,
    author_of,
    bibtex_authors,
    bibtex_entry,
    read_citation,
)
from analysis.publish.csl import csl_json
from analysis.publish.digests import DISTRIBUTION, direct_packages, edition_digest, own_version
from analysis.publish.inputs import check_digests
from analysis.publish.record import FIGURES, Record, figure_bibtex, read_record, recorded_figures

Format = Literal["text", "bibtex", "csl"]


def cite(root: Path, name: str | None = None, *, form: Format = "text") -> str:
    """Return how to cite the software, the texts and, if named, a figure.

    With versions and digests, so that a reader can find out whether he has the same. As text, there
    is a paragraph for the methods section, with the settings used.

    Parameters
    ----------
    root : Path
        The project.
    name : str, optional
        A figure.
    form : {"text", "bibtex", "csl"}
        Prose; BibTeX; CSL-JSON, which Zotero and pandoc read.

    Raises
    ------
    InputError
        If there is no such figure or form.
    CorpusError
        If a text no longer fits its digest.
    """
    if form not in get_args(Format):
        raise InputError(f"There is no format {form!r}; use one of {', '.join(get_args(Format))}.")
    check_digests(root)
    cited = read_citation(root)
    sources = read_sources(root / CORPUS)
    record = None if name is None else figure_record(root, name)
    if form == "bibtex":
        return _bibtex(cited, sources=sources, record=record)
    if form == "csl":
        return csl_json(cited, sources=sources, record=record)
    return _text(cited, sources=sources, record=record, edition=edition_digest(root))


def figure_record(root: Path, name: str) -> Record:
    """Return the record of a figure; raise an InputError that names those there are."""
    record = read_record(root / FIGURES, name)
    if record is None:
        known = ", ".join(recorded_figures(root / FIGURES)) or "none yet; run witness figures"
        raise InputError(f"There is no figure {name!r}; the figures are: {known}.")
    return record


def place_of_row(root: Path, name: str, *, row: int) -> str:
    """Return the place of the passage behind a row of a figure's table.

    Parameters
    ----------
    root : Path
        The project.
    name : str
        A figure.
    row : int
        Of the CSV, from 1; the header is not counted.

    Raises
    ------
    InputError
        If there is no such figure or row, or the row stands for no passage.
    """
    figure_record(root, name)
    path = root / FIGURES / f"{name}.csv"
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    except OSError:
        raise InputError(f"{FIGURES}/{name}.csv is missing; run witness figures.") from None
    if not rows or "place" not in rows[0]:
        raise InputError(
            f"The rows of {name} stand for no single passages: its table has no column place."
        )
    if not 1 <= row <= len(rows):
        raise InputError(f"{name} has no row {row}; its rows go from 1 to {len(rows)}.")
    place = rows[row - 1]["place"]
    if not place:
        raise InputError(f"Row {row} of {name} stands for no passage; its place is empty.")
    return place


def methods_paragraph(record: Record, *, cited: ProjectCitation) -> str:
    """Return a paragraph for the methods section: versions, edition, settings, how to check."""
    direct = direct_packages()
    versions = {name: record["versions"].get(name) for name in ("python", *direct)}
    packages = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    settings = "; ".join(f"{key} = {value}" for key, value in _settings(record).items())
    documents = record["corpus"]["documents"]
    seed = "no randomness" if record["seed"] is None else f"seed {record['seed']}"
    notebook = (record["notebook"] or {}).get("path")
    made_by = f" by the notebook {notebook}" if notebook else ""
    return (
        f"Figure {record['figure']} ({record['title']}) was made{made_by} with "
        f"{cited.title} {cited.version or own_version()} ({packages}) from the edition with "
        f"SHA-256 {record['corpus']['digest']} of {len(documents)} "
        f"{'text' if len(documents) == 1 else 'texts'} ({', '.join(documents)}). "
        f"Settings: {settings or 'the defaults'}; {seed}. With the same versions the command "
        f"witness verify {record['figure']} makes it again from the texts and compares it with the "
        "published one, byte for byte."
    )


def _settings(record: Record) -> dict[str, Any]:
    """Return the settings of a figure, nested ones with dots."""
    found: dict[str, Any] = {}

    def add(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, entry in value.items():
                add(f"{prefix}.{key}" if prefix else key, entry)
        elif value is not None:
            found[prefix] = ", ".join(map(str, value)) if isinstance(value, list) else value

    add("", record["parameters"] or {})
    return found


def _text(
    cited: ProjectCitation, *, sources: Sequence[Source], record: Record | None, edition: str
) -> str:
    """Return the citations as prose."""
    lines = ["Software", f"  {cited.text()}"]
    if cited.version != own_version():
        lines.append(f"  Made with Witness ({DISTRIBUTION}) {own_version()}.")
    lines += ["", f"Texts (edition sha256 {edition})"]
    for source in sources:
        lines += [f"  {source.citation}", f"    {source.id}, sha256 {source.sha256}"]
    if record is not None:
        digests = record["files"]
        lines += ["", "Figure", f"  {record['title']}. Figure {record['figure']}. {cited.text()}"]
        lines += [f"    {form} sha256 {digests[form]}" for form in sorted(digests)]
        lines += ["", "Methods", f"  {methods_paragraph(record, cited=cited)}"]
    return "\n".join(lines) + "\n"


def _bibtex(cited: ProjectCitation, *, sources: Sequence[Source], record: Record | None) -> str:
    """Return the citations as BibTeX."""
    entries = [
        bibtex_entry(
            "misc",
            "witness",
            fields={
                "author": bibtex_authors(cited.authors),
                "title": cited.title,
                "note": f"Version {cited.version or own_version()}",
                "year": cited.year,
                "doi": cited.doi,
                "url": cited.url,
            },
        )
    ]
    for source in sources:
        author = author_of(source)
        year = (source.year_published or source.year_written or "").split("/")[-1][:4]
        entries.append(
            bibtex_entry(
                "misc",
                source.citation_key,
                fields={
                    "author": bibtex_authors((author,)),
                    "title": source.title,
                    "howpublished": source.container or source.edition or "",
                    "note": f"Translated by {source.translator}. sha256 {source.sha256[:16]}"
                    if source.translator
                    else f"sha256 {source.sha256[:16]}",
                    "year": year,
                },
            )
        )
    if record is not None:
        entries.append(figure_bibtex(record, cited=cited))
    return "\n".join(entries)
