"""The texts of a corpus as TEI P5: what ``witness export tei`` writes.

Each text becomes a document that is valid against ``tei_all`` and gives the same edition again when
it is read (profile ``tei``): the same blocks with their layers, voices, speakers and pages, the
same paragraphs, passages and tokens. Its header says how to read it. Places of the source are kept
as ``xml:id``, which may hold no @: ``doc-id_18432-19120`` is the place ``doc-id@18432-19120``.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.edition.corpus import Corpus, Text
from analysis.errors import InputError
from analysis.publish.tei_annotations import Annotations
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_header import write_header
from analysis.publish.tei_persons import write_stand_off
from analysis.publish.tei_text import write_text
from analysis.text.persons import PersonIndex, find_mentions, read_persons


def tei_documents(corpus: Corpus, doc_ids: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the TEI documents of texts, by file name: ``{"serge-memoirs.xml": b"..."}``.

    Parameters
    ----------
    corpus : Corpus
        What `read_corpus` returns.
    doc_ids : sequence of str
        The texts, in this order; all of the corpus where none is named.

    Returns
    -------
    dict of str to bytes
        UTF-8, the same bytes for the same corpus and version of Witness.

    Raises
    ------
    InputError
        If there is no such text, or it may not be given out whole (``publish`` in sources.toml).
    """
    texts = [corpus.text(doc_id) for doc_id in dict.fromkeys(doc_ids)] or list(corpus.texts)
    for text in texts:
        if text.source.publish != "full":
            others = [one.doc_id for one in corpus.texts if one.source.publish == "full"]
            raise InputError(
                f"A TEI document holds a text whole, and {text.doc_id!r} may not be given out so: "
                f"sources.toml has publish = {text.source.publish!r}; "
                + (f"name others ({', '.join(others)})." if others else "change that if you may.")
            )
    persons = read_persons(corpus.folder)
    mentions = find_mentions(corpus, persons=persons)
    return {
        f"{text.doc_id}.xml": _document(corpus, text, persons=persons, mentions=mentions)
        for text in texts
    }


def _document(corpus: Corpus, text: Text, *, persons: PersonIndex, mentions: pd.DataFrame) -> bytes:
    """Return one text as TEI."""
    annotations = Annotations.of(corpus, text, mentions=mentions)
    builder = Builder()
    builder.start("TEI", xml_lang=text.source.language)
    builder.newline()
    write_header(builder, text, annotations=annotations, persons=persons)
    write_stand_off(builder, text, annotations=annotations, persons=persons)
    write_text(builder, text, annotations=annotations)
    builder.end("TEI")
    return builder.close()
