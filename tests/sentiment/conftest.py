"""Small tables made by hand."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

Word = str | tuple[str, str]


def _tokens(passages: dict[str, Sequence[Sequence[Word]]], doc_id: str = "doc") -> pd.DataFrame:
    """Return tokens of passages given as sentences of words; a pair is a word and its voice."""
    rows = []
    for passage_id, sentences in passages.items():
        index = 0
        for number, sentence in enumerate(sentences):
            for word in sentence:
                token, voice = (word, "author") if isinstance(word, str) else word
                rows.append(
                    {
                        "passage_id": passage_id,
                        "doc_id": doc_id,
                        "token_index": index,
                        "sentence_index": number,
                        "token": token,
                        "term": token.lower().replace("’", "'"),
                        "layer": "body",
                        "voice": voice,
                    }
                )
                index += 1
    return pd.DataFrame(rows)


def _series(
    values: Sequence[float] | np.ndarray,
    doc_id: str = "doc",
    n_tokens: int = 150,
    dates: Sequence[str | None] | None = None,
    basis: str = "explicit",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a sentiment table and a passages table with these valences in order."""
    count = len(values)
    ids = [f"{doc_id}:{number:04d}" for number in range(1, count + 1)]
    scores = pd.DataFrame(
        {
            "passage_id": ids,
            "lexicon": "own",
            "voice": "author",
            "mean_valence": np.asarray(values, dtype=float),
            "n_matched": 10,
            "n_tokens": n_tokens,
            "coverage": 10 / n_tokens,
        }
    )
    starts = np.arange(count) * 900
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "doc_id": doc_id,
            "passage_index": range(count),
            "place": [f"{doc_id}@{start}-{start + 880}" for start in starts],
            "char_start": starts,
            "char_end": starts + 880,
            "line_start": range(1, count + 1),
            "line_end": range(1, count + 1),
            "section": 1,
            "n_tokens": n_tokens,
            "date_earliest": [None] * count if dates is None else list(dates),
            "date_latest": [None] * count if dates is None else list(dates),
            "date_basis": [None] * count if dates is None else basis,
            "text": "",
        }
    )
    return scores, passages


@pytest.fixture
def tokens_of() -> Callable[..., pd.DataFrame]:
    return _tokens


@pytest.fixture
def series_of() -> Callable[..., tuple[pd.DataFrame, pd.DataFrame]]:
    return _series
