"""Tokens and documents made up for the tests of author comparison."""

from collections.abc import Callable

import pandas as pd
import pytest


def _made_tokens(texts: dict[str, str | list[tuple[str, str]]], passage: int = 5) -> pd.DataFrame:
    """Return a tokens table: a text is words, or pairs of words and their voice."""
    rows = []
    for doc, parts in texts.items():
        pairs = [(parts, "author")] if isinstance(parts, str) else parts
        words = [(word, voice) for text, voice in pairs for word in text.split()]
        start = 0
        for number, (word, voice) in enumerate(words):
            rows.append(
                {
                    "passage_id": f"{doc}:{number // passage:04d}",
                    "doc_id": doc,
                    "token_index": number % passage,
                    "sentence_index": 0,
                    "char_start": start,
                    "char_end": start + len(word),
                    "token": word,
                    "term": word,
                    "layer": "body",
                    "voice": voice,
                    "speaker": None,
                }
            )
            start += len(word) + 1
    return pd.DataFrame(rows)


@pytest.fixture(scope="session")
def made_tokens() -> Callable[..., pd.DataFrame]:
    return _made_tokens
