"""The page of all figures and texts, and how to read the pages."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from analysis.edition.sources import Source
from analysis.publish.citation import ProjectCitation
from analysis.publish.cite import methods_paragraph
from analysis.publish.excerpts import places_in
from analysis.publish.reading_room.html import Html, escaped, joined, tag
from analysis.publish.reading_room.legend import legend_html
from analysis.publish.reading_room.places import table_of
from analysis.publish.reading_room.said import said_count, said_span
from analysis.publish.reading_room.shell import SHOWN_SAID, terms
from analysis.publish.record import DPI, FORMS, Record

_CSS_DPI = 96
_FORMS_SAID = {"svg": "SVG", "pdf": "PDF", "png": "PNG", "csv": "values as CSV"}


def index_body(
    sources: Sequence[Source],
    *,
    records: Sequence[Record],
    figures: Path,
    cited: ProjectCitation,
    opened: Mapping[str, Collection[str]],
) -> Html:
    """Return the page of all figures and texts; `opened` has the texts that each figure opens."""
    head = tag(
        "header",
        tag("h1", "Reading room"),
        tag("p", cited.title, class_="project"),
        tag(
            "p",
            f"{said_count(len(records), 'figure')} and {said_count(len(sources), 'text')}. A point "
            "of a figure that stands for a passage is a link to it: open the figure and choose a "
            "point, or take the list of places under it.",
        ),
    )
    parts = [
        tag("h2", "Texts", id="texts"),
        _sources(sources),
        tag("h2", "How to read the texts", id="reading"),
        legend_html(),
        _about_places(),
        tag("h2", "Figures", id="figures"),
        _contents(records),
        _figures(records, figures=figures, cited=cited, opened=opened),
    ]
    return joined([head, tag("main", joined(parts, between=Html("\n")), id="words", tabindex="-1")])


def _figures(
    records: Sequence[Record],
    *,
    figures: Path,
    cited: ProjectCitation,
    opened: Mapping[str, Collection[str]],
) -> Html:
    """Return all figures, by notebook.

    Parameters
    ----------
    records : sequence of Record
        In the order to show them.
    figures : Path
        The folder of the figures.
    cited : ProjectCitation
        The project.
    opened : mapping
        The texts of which a figure opens places, by its name.
    """
    written: list[Html] = []
    last: str | None = None
    for record in records:
        notebook = (record["notebook"] or {}).get("path", "")
        if notebook != last:
            name = PurePosixPath(notebook).stem if notebook else "Saved from elsewhere"
            written.append(tag("h3", f"Notebook {name}" if notebook else name, class_="notebook"))
            last = notebook
        written.append(
            _figure(record, figures=figures, cited=cited, opened=opened[record["figure"]])
        )
    if not written:
        written.append(
            tag("p", "There are no figures yet; the command witness figures makes them.")
        )
    return joined(written, between=Html("\n"))


def _contents(records: Sequence[Record]) -> Html:
    """Return the list of all figures."""
    links = [
        tag("li", tag("a", record["title"], href=f"#{record['figure']}")) for record in records
    ]
    return tag("ol", *links, class_="contents")


def _sources(sources: Sequence[Source]) -> Html:
    """Return the texts: who wrote and translated them, their rights, what is shown of them."""
    cards = []
    for source in sources:
        link = tag("a", source.title, href=f"{source.id}.html", lang=source.language)
        facts = terms(
            [
                ("In", source.container),
                ("Translator", source.translator),
                ("Written", said_span(source.year_written)),
                ("Published", said_span(source.year_published)),
                ("Rights", source.rights),
                ("Here", SHOWN_SAID[source.publish]),
            ]
        )
        cards.append(tag("li", tag("p", source.author, class_="author"), tag("h3", link), facts))
    return tag("ul", *cards, class_="cards")


def _figure(
    record: Record, *, figures: Path, cited: ProjectCitation, opened: Collection[str]
) -> Html:
    """Return a figure: picture, caption, downloads, citation, and the passages behind it."""
    name = record["figure"]
    there = [form for form in FORMS if (figures / f"{name}.{form}").is_file()]
    picture = _picture(record, figures=figures) if "png" in there else Html("")
    said = [
        tag("h4", record["title"]),
        tag("p", record["caption"]),
        _downloads(record, there=there),
        _cited(record, cited=cited),
        _folded("The figure in words", tag("p", record["alt"])),
        _passages(record, figures=figures, opened=opened),
    ]
    return tag("figure", picture, tag("figcaption", *said), id=name)


def _picture(record: Record, *, figures: Path) -> Html:
    """Return the picture of a figure at its size in print; it opens the one with links."""
    name = record["figure"]
    width, height = _pixels(figures / f"{name}.png")
    image = tag(
        "img",
        src=f"../{name}.png",
        alt=record["alt"],
        width=width,
        height=height,
        decoding="async",
    )
    svg = figures / f"{name}.svg"
    if not svg.is_file():
        return image
    n_links = svg.read_text(encoding="utf-8").count('href="reading-room/')
    said = f"Open the figure; {said_count(n_links, 'point')} lead to passages" if n_links else None
    return tag("a", image, class_="picture", href=f"../{name}.svg", title=said or "Open the figure")


def _pixels(png: Path) -> tuple[int, int]:
    """Return the size of a picture on the page, in pixels of a 96th of an inch."""
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return round(width * _CSS_DPI / DPI), round(height * _CSS_DPI / DPI)


def _downloads(record: Record, *, there: Sequence[str]) -> Html:
    """Return links to the files of a figure, to its record and to its notebook."""
    name = record["figure"]
    links = [tag("a", _FORMS_SAID[form], href=f"../{name}.{form}") for form in there]
    links.append(tag("a", "provenance", href=f"../provenance/{name}.json"))
    path = (record["notebook"] or {}).get("path")
    if path:
        executed = PurePosixPath(path).with_suffix(".ipynb")
        links.append(tag("a", f"notebook {executed.stem}, with outputs", href=f"../../{executed}"))
        links.append(tag("a", "its source", href=f"../../{path}"))
    return tag("ul", *(tag("li", link) for link in links), class_="downloads")


def _cited(record: Record, *, cited: ProjectCitation) -> Html:
    """Return how to cite a figure: in a line, as BibTeX, and a paragraph on methods."""
    line = f"{record['title'].rstrip('.')}. Figure {record['figure']}. {cited.text()}"
    return _folded(
        "Cite this figure",
        tag("p", line, class_="citation"),
        tag("pre", record.get("bibtex", ""), class_="citation"),
        tag("p", methods_paragraph(record, cited=cited), class_="citation"),
    )


def _passages(record: Record, *, figures: Path, opened: Collection[str]) -> Html:
    """Return links to the places that the rows of a figure's table name; nothing for none."""
    named = places_in(table_of(figures, record["figure"]))
    by_text = {doc_id: places for doc_id, places in named.items() if doc_id in opened}
    total = sum(len(places) for places in by_text.values())
    if not total:
        return Html("")
    lists = [_links(doc_id, places=places) for doc_id, places in by_text.items()]
    return _folded(f"{said_count(total, 'place')} behind this figure", *lists)


def _links(doc_id: str, *, places: Mapping[str, int]) -> Html:
    """Return the places of one text as links, each with the first row that names it."""
    links = [
        tag(
            "li",
            tag("a", place.partition("@")[2], href=f"{doc_id}.html#{place}", title=f"row {row}"),
        )
        for place, row in places.items()
    ]
    return joined([tag("p", tag("code", doc_id), class_="doc"), tag("ul", *links, class_="places")])


def _folded(summary: str, *inside: Html) -> Html:
    """Return something that opens when it is asked for."""
    return tag("details", tag("summary", escaped(summary)), *inside)


def _about_places() -> Html:
    """Return what a place is, and how it is cited."""
    return tag(
        "p",
        "Each passage has a number, which belongs to one way of cutting, and a place, such as ",
        tag("code", "text@120-480"),
        ": the characters of the source file, which never change. Cite the place. Under “Cite” in "
        "the margin of a passage the citation is ready: a click selects all of it.",
    )
