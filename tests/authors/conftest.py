"""Tokens and documents made up for the tests of author comparison."""

from collections.abc import Callable

import numpy as np
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


N_TERMS = 100
BASE = -np.log(np.arange(1, N_TERMS + 1) + 2.0)
"""Log rates of the words, as Zipf has them; as many words again lie outside of them."""


class SimulatedTexts:
    """Texts as autocorrelated multinomials, whose true distances are known."""

    base = BASE

    @staticmethod
    def other(seed: int, sd: float = 0.3) -> np.ndarray:
        """Return log rates that differ from the base by a normal of this standard deviation."""
        return BASE + np.random.default_rng(seed).normal(size=N_TERMS) * sd

    @staticmethod
    def slices(
        rng: np.random.Generator,
        log_rates: np.ndarray,
        *,
        n: int,
        spread: float = 0.2,
        passages: int = 10,
        words: int = 100,
    ) -> np.ndarray:
        """Return percentages in n slices of 1000 words, of passages whose rates drift (AR .5)."""
        phi, length = 0.5, n * passages
        noise = rng.normal(size=(length, len(log_rates))) * spread * np.sqrt(1 - phi**2)
        drift = np.empty_like(noise)
        drift[0] = rng.normal(size=len(log_rates)) * spread
        for passage in range(1, length):
            drift[passage] = phi * drift[passage - 1] + noise[passage]
        rates = np.exp(log_rates + drift)
        rates = np.column_stack([rates, np.full(length, np.exp(log_rates).sum())])
        counts = rng.multinomial(words, rates / rates.sum(axis=1, keepdims=True))[:, :-1]
        return 100 * counts.reshape(n, passages, -1).sum(axis=1) / (passages * words)


@pytest.fixture(scope="session")
def simulated() -> type[SimulatedTexts]:
    return SimulatedTexts
