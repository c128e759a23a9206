"""Prints how fast tokens are scored, beside vaderSentiment alone, and how memory grows.

    python benchmarks/sentiment_speed.py [--tokens 1000000]

vaderSentiment alone is its SentimentIntensityAnalyzer on the sentences of the same tokens, joined
by spaces beforehand. The corpus is repeated until there are enough tokens, every copy with passages
of its own and its words marked, so that no sentence comes twice.
Memory is the peak that Python allocates while scoring (tracemalloc), by number of tokens.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import analysis as an
from analysis.sentiment.lexicons import LEXICONS_OUT_OF_THE_BOX

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tokens", type=int, default=1_000_000, help="how many tokens")
    arguments = parser.parse_args()
    tokens = repeated(arguments.tokens)
    sentences = (
        tokens.groupby(["passage_id", "voice", "sentence_index"], sort=False)["token"]
        .agg(" ".join)
        .tolist()
    )
    bags = [name for name in LEXICONS_OUT_OF_THE_BOX if name != "vader"]
    analyser = SentimentIntensityAnalyzer()
    alone = seconds(lambda: [analyser.polarity_scores(sentence) for sentence in sentences])
    rows = {
        "vaderSentiment alone": alone,
        f"witness, {len(bags)} bags of words": seconds(lambda: an.score_sentiment(tokens, bags)),
        "witness, VADER": seconds(lambda: an.score_sentiment(tokens, ["vader"])),
        "witness, all five": seconds(lambda: an.score_sentiment(tokens)),
    }
    print(f"{len(tokens):,} tokens, {len(sentences):,} sentences")
    print(f"{'scorer':<26}{'seconds':>9}{'tokens a second':>17}{'times as fast':>15}")
    for name, taken in rows.items():
        print(f"{name:<26}{taken:>9.2f}{len(tokens) / taken:>17,.0f}{alone / taken:>15.1f}")
    print(f"\n{'tokens':>10}{'peak MiB, bags':>16}{'bytes a token':>15}")
    for share in (4, 2, 1):
        part = tokens.iloc[: len(tokens) // share]
        peak = peak_bytes(lambda part=part: an.score_sentiment(part, bags))
        print(f"{len(part):>10,}{peak / 2**20:>16.1f}{peak / len(part):>15.1f}")


def repeated(count: int) -> pd.DataFrame:
    """Return so many tokens of the corpus, each copy with passages of its own."""
    tokens = an.tokenize(an.split_passages(an.read_corpus(ROOT / "corpus")))
    copies = -(-count // len(tokens))
    last = tokens.duplicated(["passage_id", "voice", "sentence_index"], keep="last")
    parts = []
    for number in range(copies):
        marked = tokens["token"].where(last, tokens["token"] + "x" * number)
        own = {"passage_id": tokens["passage_id"] + f"/{number}", "token": marked}
        parts.append(tokens.assign(**own))
    return pd.concat(parts, ignore_index=True).iloc[:count]


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def peak_bytes(call: Callable[[], object]) -> int:
    """Return the most memory that Python holds during a call beyond what it held before."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
