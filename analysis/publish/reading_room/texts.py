"""The pages of the texts, and that of the persons whom they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.publish.reading_room.bodies import persons_body, text_body
from analysis.publish.reading_room.persons import Mentioned
from analysis.publish.reading_room.shell import PERSONS, Content
from analysis.publish.reading_room.shown import shown_of
from analysis.publish.reading_room.text import text_html
from analysis.text.overview import words_by_voice
from analysis.text.persons import find_mentions, read_persons


def text_contents(
    corpus: Corpus, passages: pd.DataFrame, *, places: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, Content]:
    """Return the pages of the texts and, where they name persons, that of the persons."""
    counts = words_by_voice(corpus).table
    persons = read_persons(corpus.folder)
    mentions = find_mentions(corpus, persons=persons)
    made: dict[str, Content] = {}
    mentioned: dict[str, Mentioned] = {}
    for text in corpus.texts:
        shown, mentioned[text.doc_id] = shown_of(
            text,
            passages[passages["doc_id"] == text.doc_id].reset_index(drop=True),
            places=places.get(text.doc_id, {}),
            mentions=mentions[mentions["doc_id"] == text.doc_id],
        )
        words, rules = text_html(shown)
        body = text_body(shown, words=words, counts=counts[counts["doc_id"] == text.doc_id])
        made[f"{text.doc_id}.html"] = Content(title=text.source.title, body=body, rules=rules)
    if any(one.by_person for one in mentioned.values()):
        sources = [text.source for text in corpus.texts]
        body = persons_body(persons, mentioned=mentioned, sources=sources)
        made[PERSONS] = Content(title="Persons", body=body)
    return made
