"""What stands on the page of a text, and on that of the persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.edition.sources import Source
from analysis.publish.reading_room.html import Html, joined, tag
from analysis.publish.reading_room.legend import legend_html, switch_html
from analysis.publish.reading_room.persons import Mentioned, persons_html
from analysis.publish.reading_room.said import said_count, said_span
from analysis.publish.reading_room.shell import terms
from analysis.publish.reading_room.shown import said_share
from analysis.publish.reading_room.text import Shown, contents
from analysis.text.persons_index import PersonIndex

_NL = Html("\n")


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
