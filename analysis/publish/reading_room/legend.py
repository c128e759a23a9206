"""How to read the pages, told with the marks that the pages use."""

from __future__ import annotations

from analysis.publish.reading_room.html import Html, tag

SWITCH = "before"
"""The id of the switch that shows what stood in the source."""


def legend_html() -> Html:
    """Return the marks of the text pages, each with its meaning."""
    earlier = tag("span", "earlier text", class_="who")
    rows = [
        (Html("plain words"), "the author’s own text, which the default analyses count"),
        (
            tag(
                "span",
                tag("span", "Speaker", class_="who"),
                "underlined words",
                class_="voice other",
            ),
            "words of somebody else, quoted; who speaks stands before them where that is known",
        ),
        (
            tag("span", earlier, "dashed words", class_="voice author_earlier"),
            "the author quotes an older text of his own",
        ),
        (
            tag("span", "words in italics", class_="voice editor"),
            "words of an editor, translator or publisher",
        ),
        (
            tag("span", tag("del", "tbe"), tag("ins", "the"), class_="corrected always"),
            "a correction of the digitised source: what stood there shows when it is asked for, "
            "the reason stands in the margin under “corrections”",
        ),
        (
            tag("span", "120", class_="sample"),
            "a line of the source file; every fifth line, and where a paragraph begins",
        ),
        (
            tag("span", "↳", class_="sample"),
            "the paragraph goes on from the passage or block before",
        ),
        (tag("span", "p. 9", class_="page"), "here page 9 of the printed source begins"),
        (
            tag("mark", "marked words"),
            "the place that a figure or link has led to",
        ),
    ]
    return tag(
        "dl",
        *(tag("div", tag("dt", mark), tag("dd", what)) for mark, what in rows),
        class_="legend",
    )


def switch_html() -> Html:
    """Return the switch that shows what stood in the source before each edit."""
    box = tag("input", type="checkbox", id=SWITCH)
    return tag("label", box, " Show what stood in the source", for_=SWITCH, class_="switch")
