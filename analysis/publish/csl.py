"""Citations as CSL-JSON, which Zotero and pandoc read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from analysis.edition.sources import Source
from analysis.publish.citation import Author, ProjectCitation, author_of
from analysis.publish.digests import own_version
from analysis.publish.record import Record


def csl_json(cited: ProjectCitation, *, sources: Sequence[Source], record: Record | None) -> str:
    """Return the citations as CSL-JSON."""
    software = {
        "id": "witness",
        "type": "software",
        "title": cited.title,
        "version": cited.version or own_version(),
        "author": [_name(author) for author in cited.authors],
        "issued": _date(cited.released),
        "DOI": cited.doi,
        "URL": cited.url,
    }
    texts = [
        {
            "id": source.citation_key,
            "type": "chapter" if source.container else "book",
            "title": source.title,
            "container-title": source.container,
            "author": [_name(author_of(source))],
            "translator": [{"literal": source.translator}] if source.translator else None,
            "issued": _date((source.year_published or "").split("/")[-1]),
            "language": source.language,
            "note": f"{source.id}, sha256 {source.sha256}",
        }
        for source in sources
    ]
    figure = [] if record is None else [_figure(record, cited=cited)]
    items = [
        {key: value for key, value in item.items() if value} for item in (software, *texts, *figure)
    ]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def _figure(record: Record, *, cited: ProjectCitation) -> dict[str, Any]:
    """Return a figure as CSL-JSON."""
    return {
        "id": f"figure-{record['figure']}",
        "type": "figure",
        "title": record["title"],
        "container-title": cited.title,
        "author": [_name(author) for author in cited.authors],
        "issued": _date(cited.released),
        "note": f"Figure {record['figure']}, corpus sha256 {record['corpus']['digest']}",
        "DOI": cited.doi,
        "URL": cited.url,
    }


def _name(author: Author) -> dict[str, str]:
    """Return a name as CSL-JSON."""
    if author.given:
        return {"family": author.family, "given": author.given}
    return {"literal": author.family}


def _date(date: str) -> dict[str, list[list[int]]] | None:
    """Return an ISO 8601 date as CSL-JSON; None where there is none."""
    parts = [int(part) for part in date.split("-")] if date.replace("-", "").isdigit() else []
    return {"date-parts": [parts]} if parts else None
