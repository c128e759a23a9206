"""Tokens and documents made up for the tests of author comparison."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.authors.slices import SliceFrequencies


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
    kinds = ("drift", "subjects", "bursts")

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
        kind: str = "drift",
        passages: int = 10,
        words: int = 100,
    ) -> np.ndarray:
        """Return percentages in n slices of 1000 words, of passages whose rates drift.

        "drift": each word by itself (AR .5); "subjects": five subjects move the words together;
        "bursts": each passage's rates are gamma draws, so that counts are overdispersed.
        """
        length = n * passages
        if kind == "bursts":
            moved = np.log(rng.gamma(3, 1 / 3, size=(length, N_TERMS)) + 1e-12)
        elif kind == "subjects":
            loads = np.random.default_rng(99).normal(size=(5, N_TERMS))
            moved = 0.25 * autoregression(rng, (length, 5)) @ (loads / np.sqrt((loads**2).sum(0)))
            moved = moved + 0.1 * rng.normal(size=moved.shape)
        else:
            moved = 0.2 * autoregression(rng, (length, N_TERMS))
        rates = np.exp(log_rates + moved)
        rates = np.column_stack([rates, np.full(length, np.exp(log_rates).sum())])
        counts = rng.multinomial(words, rates / rates.sum(axis=1, keepdims=True))[:, :-1]
        return 100 * counts.reshape(n, passages, -1).sum(axis=1) / (passages * words)

    @staticmethod
    def as_slices(texts: dict[str, np.ndarray]) -> SliceFrequencies:
        """Return slices from percentages by text."""
        ids = [f"{doc}:{number:03d}" for doc, rows in texts.items() for number in range(len(rows))]
        docs = [doc for doc, rows in texts.items() for _ in range(len(rows))]
        frame = pd.DataFrame(np.concatenate(list(texts.values())), index=ids)
        frame.columns = [f"w{number:03d}" for number in range(frame.shape[1])]
        table = pd.DataFrame({"slice_id": ids, "doc_id": docs, "place": [f"{i}@0-1" for i in ids]})
        return SliceFrequencies(frequencies=frame, counts=frame, table=table, n_tokens=1000)


def autoregression(
    rng: np.random.Generator, shape: tuple[int, int], phi: float = 0.5
) -> np.ndarray:
    """Return columns of an AR(1) of variance 1."""
    made = rng.normal(size=shape)
    made[1:] *= np.sqrt(1 - phi**2)
    for row in range(1, len(made)):
        made[row] += phi * made[row - 1]
    return made


@pytest.fixture(scope="session")
def simulated() -> type[SimulatedTexts]:
    return SimulatedTexts
