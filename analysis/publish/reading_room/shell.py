"""What all pages of the reading room share: the head with its style, the way about, the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from analysis.edition.sources import Source
from analysis.publish.digests import own_version
from analysis.publish.reading_room.html import Html, escaped, joined, tag

ROOM = "reading-room"
"""The folder of the pages, beside the figures."""

INDEX = "index.html"
PERSONS = "persons.html"
TOPICS = "topics.html"
TEMPLATES = Path(__file__).parents[2] / "templates" / "reading_room"
STYLE = "style.css"
# No script, nothing from elsewhere: the browser itself refuses what a page should not do.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: data:; "
    "base-uri 'none'; form-action 'none'"
)
SHOWN_SAID = {
    "full": "shown in full",
    "excerpt": "shown in excerpts",
    "counts": "only counted, not shown",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A page without its head and foot: title, body, and rules of style of its own."""

    title: str
    body: Html
    rules: Sequence[str] = ()


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style of all pages, without its comments."""
    css = (TEMPLATES / STYLE).read_text(encoding="utf-8")
    return re.sub(r"\s*/\*.*?\*/", "", css, flags=re.DOTALL).strip()


def page(
    title: str,
    *body: Html,
    nav: Html,
    edition: str,
    rules: Sequence[str] = (),
    kind: str = "",
) -> bytes:
    """Return a page as bytes: UTF-8, LF.

    Parameters
    ----------
    title : str
        Of the window.
    body : Html
        What comes between the way about and the foot; one of it is ``main``, with the id "words".
    nav : Html
        The way about.
    edition : str
        The digest of the edition.
    rules : sequence of str
        Rules of style of this page alone.
    kind : str
        The class of the body.
    """
    css = Html("\n".join(["", style(), *rules, ""]))
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        tag("style", css),
    ]
    foot = tag(
        "footer",
        tag(
            "p",
            f"Made with Witness {own_version()} from the edition with sha256 ",
            tag("code", edition, class_="digest"),
            ". These pages need no server and no script, and ask nothing of the network.",
        ),
    )
    skip = tag("a", "Skip to the words", class_="skip", href="#words")
    inside = joined([skip, nav, *body, foot], between=Html("\n"))
    document = tag(
        "html",
        Html("\n"),
        tag("head", Html("\n"), joined(head, between=Html("\n")), Html("\n")),
        Html("\n"),
        tag("body", Html("\n"), inside, Html("\n"), class_=kind or None),
        Html("\n"),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{document}\n".encode()


def way_about(
    sources: Sequence[Source], *, here: str, further: Sequence[tuple[str, str]] = ()
) -> Html:
    """Return the links between the pages; `here` is the page that they stand on.

    `further` are pages behind those of the texts, each with its name.
    """
    pages = [(INDEX, escaped("Figures"))]
    pages += [
        (f"{source.id}.html", tag("span", source.title, lang=source.language)) for source in sources
    ]
    pages += [(path, escaped(name)) for path, name in further]
    links = [
        tag("li", tag("a", name, href=path, aria_current="page" if path == here else None))
        for path, name in pages
    ]
    return tag("nav", tag("ul", *links), class_="about", aria_label="Pages")


def terms(rows: Sequence[tuple[str, str | None]]) -> Html:
    """Return terms with what is said of each, without those of which nothing is."""
    said = [joined([tag("dt", term), tag("dd", what)]) for term, what in rows if what]
    return tag("dl", *said)
