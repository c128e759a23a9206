"""Who and what a figure cites: the project's CITATION.cff, and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.edition.sources import Source
from analysis.errors import CorpusError
from analysis.files import decode_utf8, read_bytes
from analysis.publish.digests import own_version

CITATION_FILE = "CITATION.cff"

_LATEX: Mapping[str, str] = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """A person by family and given names, or a body whose whole name is `family`."""

    family: str
    given: str = ""

    @property
    def reversed(self) -> str:
        """Return the name as a bibliography orders it."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, kw_only=True, slots=True)
class ProjectCitation:
    """What the project's CITATION.cff says of it; without the file, the software alone."""

    title: str
    authors: tuple[Author, ...] = ()
    version: str = ""
    released: str = ""
    doi: str = ""
    url: str = ""

    @property
    def year(self) -> str:
        """Return the year of the release, or nothing."""
        return self.released[:4]

    @property
    def names(self) -> str:
        """Return the authors in one line."""
        return "; ".join(author.reversed for author in self.authors)

    def text(self) -> str:
        """Return the citation in one line of plain text."""
        parts = (
            self.names,
            f"({self.year})" if self.year else "",
            f"{self.title}, version {self.version}" if self.version else self.title,
            f"doi:{self.doi}" if self.doi else self.url,
        )
        return ". ".join(part for part in parts if part) + "."


def read_citation(root: Path) -> ProjectCitation:
    """Return what the project's CITATION.cff says; the software's own name where there is none.

    Raises
    ------
    CorpusError
        If the file is no YAML, names no title, or its authors are no list.
    """
    path = root / CITATION_FILE
    if not path.is_file():
        return ProjectCitation(title="Witness", version=own_version())
    import yaml  # type: ignore[import-untyped]

    text = decode_utf8(read_bytes(path, what="The citation file"), path=path)
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise CorpusError(f"{path} is not valid YAML; mend line {line}.") from None
    if not isinstance(entries, dict) or not entries.get("title"):
        raise CorpusError(f"{path} names no title; write one as the format CFF asks.")
    authors = entries.get("authors") or []
    if not isinstance(authors, list):
        raise CorpusError(f"{path}: authors must be a list; write each after a dash.")
    return ProjectCitation(
        title=str(entries["title"]),
        authors=tuple(_author(entry) for entry in authors),
        version=str(entries.get("version", "")),
        released=str(entries.get("date-released", "")),
        doi=str(entries.get("doi", "")),
        url=str(entries.get("repository-code") or entries.get("url") or ""),
    )


def author_of(source: Source) -> Author:
    """Return the author of a text; his names are told apart where the citation does so."""
    words = source.author.split()
    for cut in range(1, len(words)):
        given, family = " ".join(words[:cut]), " ".join(words[cut:])
        if source.citation.startswith(f"{family}, {given}"):
            return Author(family=family, given=given)
    return Author(family=source.author)


def bibtex_entry(kind: str, key: str, *, fields: Mapping[str, str]) -> str:
    """Return a BibTeX entry; empty fields are left out, what LaTeX would read as code is escaped.

    The values of ``author`` are taken as they are (see `bibtex_authors`), those of ``doi`` and
    ``url`` are left unescaped, as styles expect.
    """
    raw = {"author", "doi", "url"}
    lines = [
        f"  {name} = {{{value if name in raw else latex(value)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join((f"@{kind}{{{_key(key)},", *lines, "}", ""))


def bibtex_authors(authors: tuple[Author, ...]) -> str:
    """Return the authors as BibTeX reads them; a body stands in braces of its own."""
    return " and ".join(
        f"{latex(author.family)}, {latex(author.given)}"
        if author.given
        else f"{{{latex(author.family)}}}"
        for author in authors
    )


def latex(text: str) -> str:
    """Return the text with every character that LaTeX would read as code escaped, in one line."""
    return "".join(_LATEX.get(character, character) for character in " ".join(text.split()))


def _key(key: str) -> str:
    """Return a key that BibTeX takes: letters, digits, hyphens, colons."""
    return re.sub(r"[^A-Za-z0-9:_-]+", "-", key).strip("-") or "figure"


def _author(entry: Any) -> Author:
    """Return an author of a CITATION.cff."""
    entry = entry if isinstance(entry, dict) else {"name": entry}
    if entry.get("name"):
        return Author(family=str(entry["name"]))
    family = " ".join(
        str(entry[part]) for part in ("name-particle", "family-names") if entry.get(part)
    )
    return Author(family=family, given=str(entry.get("given-names", "")))
