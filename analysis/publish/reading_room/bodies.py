"""What stands on each kind of page: the index, a text, the persons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.edition.sources import Source
from analysis.publish.citation import ProjectCitation
from analysis.publish.reading_room.html import Html, joined, tag
from analysis.publish.reading_room.index import contents_html, figures_html, sources_html
from analysis.publish.reading_room.legend import legend_html, switch_html
from analysis.publish.reading_room.persons import Mentioned, persons_html
from analysis.publish.reading_room.said import said_count, said_span
from analysis.publish.reading_room.shell import terms
from analysis.publish.reading_room.shown import said_share
from analysis.publish.reading_room.text import Shown, contents
from analysis.publish.record import Record
from analysis.text.persons_index import PersonIndex

_NL = Html("\n")


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
        sources_html(sources),
        tag("h2", "How to read the texts", id="reading"),
        legend_html(),
        _about_places(),
        tag("h2", "Figures", id="figures"),
        contents_html(records),
        figures_html(records, figures=figures, cited=cited, opened=opened),
    ]
    return joined([head, tag("main", joined(parts, between=_NL), id="words", tabindex="-1")])


def text_body(shown: Shown, *, words: Html, counts: pd.DataFrame) -> Html:
    """Return the page of a text; `words` are those to show, `counts` those by layer and voice."""
    source = shown.text.source
    share = said_share(shown)
    head = tag(
        "header",
        tag("p", source.author, class_="author"),
        tag("h1", source.title, lang=source.language),
        _facts(source),
        _counts(counts),
        tag("p", share, class_="share") if share else "",
        class_="work",
    )
    main = tag("main", words, id="words", tabindex="-1")
    if source.publish == "counts":
        return joined([head, main], between=_NL)
    aids = [tag("details", tag("summary", "How to read this page"), legend_html())]
    headings = contents(shown)
    if len(headings) > 1:
        links = [
            tag("li", tag("a", words, href=f"#{name}", lang=source.language))
            for name, words in headings
        ]
        inside = tag("nav", tag("ol", *links), aria_label="Contents")
        aids.append(tag("details", tag("summary", "Contents"), inside))
    bar = tag("div", switch_html(), class_="bar")
    return joined([head, tag("div", *aids, class_="aids"), bar, main], between=_NL)


def persons_body(
    index: PersonIndex, *, mentioned: Mapping[str, Mentioned], sources: Sequence[Source]
) -> Html:
    """Return the page of the persons whom the texts name."""
    head = tag(
        "header",
        tag("h1", "Persons"),
        tag(
            "p",
            "Whom the texts name, with the passages that do, by their numbers. The index is kept "
            "by hand; a name that it cannot tell whose it is has no entry, nor have pronouns and "
            "descriptions.",
        ),
    )
    entries = persons_html(index.persons, mentioned=mentioned, sources=sources)
    return joined([head, tag("main", entries, id="words", tabindex="-1")], between=_NL)


def _facts(source: Source) -> Html:
    """Return what is known of a text and its file."""
    return terms(
        [
            ("In", source.container),
            ("Translator", source.translator),
            ("Written", said_span(source.year_written)),
            ("Published", said_span(source.year_published)),
            ("Genre", source.genre),
            ("Edition", source.edition),
            ("Digitised", source.digitised),
            ("Rights", source.rights),
            ("To cite", tag("span", source.citation, class_="citation")),
            ("File", joined([source.id, ", sha256 ", tag("code", source.sha256, class_="digest")])),
        ]
    )


def _counts(counts: pd.DataFrame) -> Html:
    """Return how many words a text has in each layer and voice, as a table."""
    head = [
        tag("th", name, scope="col", class_="number" if name == "Words" else None)
        for name in ("Layer", "Voice", "Words")
    ]
    rows = [
        tag(
            "tr",
            tag("td", str(layer).replace("_", " ")),
            tag("td", str(voice).replace("_", ", ")),
            tag("td", f"{n_words:,}", class_="number"),
        )
        for layer, voice, n_words in zip(
            counts["layer"], counts["voice"], counts["n_words"], strict=True
        )
    ]
    total = said_count(int(counts["n_words"].sum()), "word")
    table = tag("table", tag("thead", tag("tr", *head)), tag("tbody", *rows))
    return tag("details", tag("summary", f"{total}, by layer and voice"), table)


def _about_places() -> Html:
    """Return what a place is, and how it is cited."""
    return tag(
        "p",
        "Each passage has a number, which belongs to one way of cutting, and a place, such as ",
        tag("code", "text@120-480"),
        ": the characters of the source file, which never change. Cite the place. Under “Cite” in "
        "the margin of a passage the citation is ready: a click selects all of it.",
    )
