"""Whose words: voices and, in a long quotation, who speaks: by a label, or the sentence before."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = re.compile(r"(?P<name>[^\W\d_][\w-]+):\s")
_COLLECTIVE = frozenset({"voices", "voice", "all", "several", "cries", "chorus"})
_NAME = r"(?:[A-Z][\w’'.-]+\s)*[A-Z][\w-]+"
_SAYING = re.compile(
    r"\b(?:writes?|wrote|says?|said|tells?|told|states?|stated|declare[sd]?|signed|denounce[sd]?"
    r"|replie[sd]|asked|asks|answer(?:s|ed)|reports?|reported)\b"
)
_APPOSITION = re.compile(r",[^,]{1,60},(?=\s*\Z)")
_NO_NAME = frozenset(
    """
    He She It They We I You This That These Those There The A An In On At From To After
    Before When While And But Or As For With Of By Not So Then Thus Every Once Another One
    Some Someone Somebody Many Most Several Others Other All Both Each Nobody My Our Your
    His Her Its Their Who What Which If Even Still Yet Now Here Again Later Today Yesterday
    Meanwhile January February March April May June July August September October November
    December
    """.split()
)
_NOTES_OF = re.compile(rf"\b(?:notes|memoirs|letter|words|testimony|report) of (?P<name>{_NAME})\b")
_SENTENCE_END = re.compile(r"[.?!]\s")

VOICE_OF_LAYER = {
    "title": "author",
    "heading": "author",
    "paratext": "publisher",
    "body": "author",
    "blockquote": "other",
    "footnote": "author",
    "editor_note": "editor",
    "list": "author",
    "page_furniture": "none",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Whose words: a voice, and who speaks where that is known."""

    voice: str
    speaker: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """What begins a speech in minutes; `speaker` is None for voices from the floor."""

    speaker: str | None


def label_of(text: str) -> Label | None:
    """Return the label that a paragraph begins with, as "Trotsky: ...", or None."""
    found = _LABEL.match(text)
    if found is None:
        return None
    collective = found["name"].casefold() in _COLLECTIVE
    return Label(speaker=None if collective else found["name"])


def introduced(text: str) -> str | None:
    """Return whom a paragraph that ends with a colon names last before its verb of saying."""
    if not text.rstrip().endswith(":"):
        return None
    ends = [end.end() for end in _SENTENCE_END.finditer(text)]
    last = text[ends[-1] :] if ends else text
    notes_of = _NOTES_OF.search(last)
    if notes_of:
        return notes_of["name"]
    for saying in _SAYING.finditer(last):
        before = _APPOSITION.sub("", last[: saying.start()].rstrip())
        for name in reversed(re.findall(rf"(?:\b[Aa]n?\s)?{_NAME}", before)):
            words = [word for word in name.split() if word not in _NO_NAME]
            if words and name.split()[0] not in {"A", "An", "a", "an"}:
                return " ".join(words)
    return None
