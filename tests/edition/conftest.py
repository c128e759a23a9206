"""The reading of half of the corpus that comes with it, character by character."""

import json
from collections.abc import Callable

import pytest

from analysis.edition.corpus import Corpus

Labels = tuple[dict[str, set[str]], dict[str, str], int]


def _answers(value: object) -> set[str]:
    """Return what the two readers say: one answer, or both where they differ."""
    return {str(one) for one in value.values()} if isinstance(value, dict) else {str(value)}


@pytest.fixture(scope="session")
def annotated_characters(corpus: Corpus) -> Callable[[], list[Labels]]:
    """Return a function that pairs the reading with the edition.

    Each entry has the reading's layer, voice and speaker (sets: of two readers that differ, either
    is right), the edition's, and how many characters they are about, white space apart.
    """
    return lambda: _pairs(corpus)


def _pairs(corpus: Corpus) -> list[Labels]:
    lines = (corpus.folder / "annotations" / "blocks.jsonl").read_text(encoding="utf-8")
    found: list[Labels] = []
    blocks = corpus.blocks.fillna({"speaker": ""})
    own = {str(doc_id): list(rows.itertuples()) for doc_id, rows in blocks.groupby("doc_id")}
    for one in map(json.loads, lines.splitlines()):
        raw = corpus.text(one["source"]).raw
        voices = {answer.partition(":")[::2] for answer in _answers(one["voice"])}
        read = {
            "layer": _answers(one["type"]),
            "voice": {voice for voice, _ in voices},
            "speaker": {speaker for _, speaker in voices},
        }
        for block in own[one["source"]]:
            start = max(one["char_start"], block.char_start)
            end = min(one["char_end"], block.char_end)
            n = sum(not letter.isspace() for letter in raw[start:end]) if start < end else 0
            if n:
                mine = {name: getattr(block, name) for name in read}
                found.append((read, mine, n))
    return found
