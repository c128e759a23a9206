"""What a text seems to contradict in its description: for a reader to look at again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.edition.corpus import Corpus, Text
from analysis.edition.tei import PROFILE as TEI_PROFILE
from analysis.tables import RUNNING_LAYERS

FEWEST = 3
"""Fewer marks than this may be chance."""
_OPENING: Mapping[str, re.Pattern[str]] = {
    "double": re.compile(r"(?<![^\W_])[“„\"](?=[^\W_])"),
    "single": re.compile(r"(?<![^\W_])(?:‘|(?<!\S)')(?=[^\W_])"),
}
_NOTE = re.compile(r"\[[^\[\]]*?[^\W\d_]+(?:\W+[^\W_]+){3,}[^\[\]]*\]")
"""Square brackets with four words or more in them."""


def doubts(corpus: Corpus) -> tuple[str, ...]:
    """Return a sentence for each setting of a source that its own text speaks against.

    They are about texts that are marked by rule, not about TEI: quotation marks that are not those
    of ``sources.toml``, so that quotations are missed and counted as the author's words, and notes
    in square brackets inside the author's paragraphs, which no rule takes for an editor's.
    """
    marked_by_rule = [text for text in corpus.texts if text.source.profile != TEI_PROFILE]
    return tuple(
        sentence
        for text in marked_by_rule
        for sentence in (_other_marks(text), _notes_inside(text))
        if sentence
    )


def _other_marks(text: Text) -> str:
    """Return what to do where most quotations open with the marks that are not looked for."""
    chosen = text.source.quotation_marks
    other = "single" if chosen == "double" else "double"
    n = dict.fromkeys(_OPENING, 0)
    for one in text.paragraphs:
        if one.layer in RUNNING_LAYERS:
            for marks, pattern in _OPENING.items():
                n[marks] += len(pattern.findall(one.paragraph.placed.text))
    if n[other] < FEWEST or n[other] <= 2 * n[chosen]:
        return ""
    return (
        f"{text.doc_id}: {n[other]} quotations open with {other} quotation marks and {n[chosen]} "
        f'with {chosen} ones, which are looked for; write quotation_marks = "{other}" in its '
        "[[source]] if the author's speech is set so."
    )


def _notes_inside(text: Text) -> str:
    """Return what to do where notes in brackets are counted as an author's words."""
    places = [
        int(one.paragraph.placed.starts[note.start()])
        for one in text.paragraphs
        if one.layer in RUNNING_LAYERS
        for note in _NOTE.finditer(one.paragraph.placed.text)
        if one.at(note.start()).voice == "author"
    ]
    if not places:
        return ""
    first = f"{text.doc_id}@{places[0]}"
    return (
        f"{text.doc_id}: remarks in square brackets inside paragraphs that count as the author's "
        f"words: {len(places)} (the first at {first}); where they are an editor's, say so in "
        f"overrides/{text.doc_id}.csv (field voice, value editor)."
    )
