"""The page of all figures and texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.edition.corpus import Corpus
from analysis.publish.citation import ProjectCitation
from analysis.publish.cite import methods_paragraph
from analysis.publish.reading_room.templates import environment
from analysis.publish.record import FORMS, Record


def index_page(
    corpus: Corpus,
    *,
    records: Sequence[Record],
    cited: ProjectCitation,
    edition: str,
    sizes: Mapping[str, tuple[int, int]],
) -> str:
    """Return the page of all figures and texts.

    Parameters
    ----------
    corpus : Corpus
        The texts.
    records : sequence of Record
        Those of the figures, in the order to show them.
    cited : ProjectCitation
        The project.
    edition : str
        The digest of the edition.
    sizes : mapping
        Width and height of each figure in pixels of the screen.
    """
    figures = [
        {
            **{key: record[key] for key in ("title", "caption", "alt", "bibtex")},
            "name": record["figure"],
            "forms": FORMS,
            "notebook": (record["notebook"] or {}).get("path"),
            "ipynb": _ipynb(record),
            "methods": methods_paragraph(record, cited=cited),
            "width": sizes[record["figure"]][0],
            "height": sizes[record["figure"]][1],
        }
        for record in records
    ]
    return (
        environment()
        .get_template("index.html")
        .render(
            project=cited.title,
            sources=[text.source for text in corpus.texts],
            figures=figures,
            edition=edition,
        )
    )


def _ipynb(record: Record) -> str | None:
    """Return the path of the notebook with its outputs."""
    path = (record["notebook"] or {}).get("path")
    return str(Path(path).with_suffix(".ipynb").as_posix()) if path else None
