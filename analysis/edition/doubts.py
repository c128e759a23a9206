"""What may be wrong with a text or its description: for a reader to look at again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.edition.corpus import Corpus, Text
from analysis.edition.corrections import CORRECTIONS
from analysis.edition.overrides import OVERRIDES
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
_NO_TEXT = re.compile(r"[\ufffd\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""What stands for a letter that was lost, and characters of no writing."""
_MARKUP = re.compile(r"\ufeff?\s*<(?:\?xml\b|!DOCTYPE\b|html\b|TEI\b)", re.IGNORECASE)


def doubts(corpus: Corpus) -> tuple[str, ...]:
    """Return a sentence for each thing that may be wrong with a text or what is said of it.

    Lists made by hand that belong to no text, one file or citation key for two texts, and
    characters that are no text. Of texts that are marked by rule, not of TEI: tags, which are
    counted as words; quotation marks that are not those of ``sources.toml``, so that quotations are
    missed and counted as the author's words; and notes in square brackets inside the author's
    paragraphs, which no rule takes for an editor's.
    """
    marked_by_rule = [text for text in corpus.texts if text.source.profile != TEI_PROFILE]
    sentences = [
        *_lists_of_no_text(corpus),
        *_told_twice(corpus),
        *(_damaged(text) for text in corpus.texts),
        *(
            sentence
            for text in marked_by_rule
            for sentence in (_markup(text), _other_marks(text), _notes_inside(text))
        ),
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _lists_of_no_text(corpus: Corpus) -> list[str]:
    """Return what to do about lists that nobody reads, since no text has their name."""
    known = {text.doc_id for text in corpus.texts}
    return [
        f"{folder}/{path.name} belongs to no text and changes nothing; name it after one of "
        f"{', '.join(sorted(known))}."
        for folder in (CORRECTIONS, OVERRIDES)
        for path in sorted((corpus.folder / folder).glob("*.csv"))
        if path.stem not in known
    ]


def _told_twice(corpus: Corpus) -> list[str]:
    """Return what to do where two texts are the same file, or are cited by the same key."""
    found = []
    for name, why in (
        ("sha256", "are the same file, byte for byte; take one out"),
        ("citation_key", "have the same citation_key, of which BibTeX takes one entry; write two"),
    ):
        first: dict[str, str] = {}
        for text in corpus.texts:
            other = first.setdefault(getattr(text.source, name).lower(), text.doc_id)
            if other != text.doc_id:
                found.append(f"{other} and {text.doc_id} {why}.")
    return found


def _damaged(text: Text) -> str:
    """Return what to do where letters were lost before the file came here."""
    places = [lost.start() for lost in _NO_TEXT.finditer(text.raw)]
    if not places:
        return ""
    code = f"U+{ord(text.raw[places[0]]):04X}"
    return (
        f"{text.doc_id}: {len(places)} characters that are no text (the first, {code}, at "
        f"{text.doc_id}@{places[0]}), as a conversion leaves them; get the file again, or mend the "
        f"words in corrections/{text.doc_id}.csv."
    )


def _markup(text: Text) -> str:
    """Return what to do where a file of XML or HTML is read as if its tags were words."""
    if not _MARKUP.match(text.raw):
        return ""
    return (
        f"{text.doc_id}: the file begins like XML or HTML, whose tags are counted as words; write "
        'profile = "tei" in its [[source]] if it is TEI, or take the text out of the tags.'
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
