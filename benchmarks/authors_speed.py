"""Prints how fast trees, distances and the grid are, beside bitig and faststylometry.

    python benchmarks/authors_speed.py [--texts 60] [--words 5000] [--rounds 3]

The others are measured in the same run where they are installed; the project needs neither:
bitig 0.3.1 (its BootstrapConsensus) and faststylometry 1.0.15. Texts are made up with Zipf's
frequencies; the grid is on the project's corpus. A tree is one resample and one number of words.
Distances are measured from counts of the most frequent words to the matrix, and the whole way from
words (here from a table of tokens with voices and places, there from lists of strings).

Measured on two shared cores: a tree 1,000 to 1,500 times faster than bitig's; the ten matrices of
100 to 1000 words 29 times faster than faststylometry's from counts and 38 times from words; one
matrix of 1000 words 18 to 39 times from counts and 5 to 6 times from words, since a table of tokens
is checked, filtered and given its places first; a grid of 192 cells .1 to .2 s.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.authors.coded import CodedTexts
from analysis.authors.distances import distances
from analysis.authors.reference import presidential_messages
from analysis.authors.resampling import Forest, grow
from analysis.authors.sensitivity import calibrate_sensitivity, sensitivity
from analysis.authors.slices import slice_frequencies
from analysis.edition.corpus import read_corpus
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize

BANDS = tuple(range(100, 1001, 100))


def main() -> None:
    """Measure everything and print three tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--words", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3, help="the best round counts")
    arguments = parser.parse_args()
    texts = made_texts(arguments.texts, words=arguments.words)
    print_trees(texts, rounds=arguments.rounds)
    print_growth(texts, rounds=arguments.rounds)
    print_distances(texts, rounds=arguments.rounds)
    print_grid(rounds=arguments.rounds)


def made_texts(n: int, *, words: int, seed: int = 1) -> CodedTexts:
    """Return texts whose words follow Zipf, each with rates of its own."""
    rng = np.random.default_rng(seed)
    size = 8000
    base = -np.log(np.arange(1, size + 1) + 2.0)
    made = []
    for _ in range(n):
        rates = np.exp(base + 0.3 * rng.normal(size=size))
        made.append(rng.choice(size, size=words, p=rates / rates.sum()).astype(np.int32))
    letters = "abcdefghijklmnopqrst"
    vocabulary = tuple(
        "".join(letters[int(digit, 20)] for digit in np.base_repr(number + 8000, 20))
        for number in range(size)
    )
    return CodedTexts(
        names=tuple(f"t{k}" for k in range(n)), words=tuple(made), vocabulary=vocabulary
    )


def best_of(rounds: int, run: Callable[[], Any]) -> float:
    """Return the seconds of the best round."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - begun)
    return best


def print_trees(texts: CodedTexts, *, rounds: int) -> None:
    """Print the time of one tree."""
    forest = Forest(bands=BANDS, n_resamples=50, passage_words=150)
    ours = best_of(
        rounds,
        lambda: grow(texts.words, forest=forest, n_vocabulary=len(texts.vocabulary), seed=1),
    )
    print(f"trees of {len(texts.words)} texts, {BANDS[0]} to {BANDS[-1]} words")
    print(f"  {'witness':<16}{ours / forest.n_trees:>10.5f} s a tree")
    try:
        from bitig import Corpus, Document
        from bitig.methods.consensus import BootstrapConsensus
    except ImportError:
        print("  bitig is not installed")
        return
    corpus = Corpus(documents=[Document(id=n, text=t) for n, t in joined(texts).items()])
    method = BootstrapConsensus(mfw_bands=list(BANDS), replicates=1, subsample=1.0)
    theirs = best_of(1, lambda: method.fit_transform(corpus)) / len(BANDS)
    print(f"  {'bitig':<16}{theirs:>10.5f} s a tree")
    print(f"  {theirs / (ours / forest.n_trees):.0f} times faster")


def print_growth(texts: CodedTexts, *, rounds: int) -> None:
    """Print how time grows with resamples and with passages."""
    print("time by resamples and by passages (twice as many should take twice as long at most)")
    for factor in (1, 2, 4, 8):
        forest = Forest(bands=(500,), n_resamples=50 * factor, passage_words=150)
        resamples = best_of(
            rounds,
            lambda forest=forest: grow(
                texts.words, forest=forest, n_vocabulary=len(texts.vocabulary), seed=1
            ),
        )
        longer = [np.tile(words, factor) for words in texts.words]
        fixed = Forest(bands=(500,), n_resamples=50, passage_words=150)
        passages = best_of(
            rounds,
            lambda longer=longer, fixed=fixed: grow(
                longer, forest=fixed, n_vocabulary=len(texts.vocabulary), seed=1
            ),
        )
        print(f"  x{factor}: resamples {resamples:.3f} s, passages {passages:.3f} s")


def print_distances(texts: CodedTexts, *, rounds: int) -> None:
    """Print the time of Burrows's Delta over 1000 words, and over each of 100, 200 ... 1000."""
    frame, tokens = frequencies_of(texts), token_table(texts)

    def from_counts(bands: Sequence[int]) -> None:
        for band in bands:
            distances(frame, measure="burrows", n_terms=band)

    def from_words(bands: Sequence[int]) -> None:
        counted = slice_frequencies(tokens, n_tokens=None).frequencies
        for band in bands:
            distances(counted, measure="burrows", n_terms=band)

    ours = [
        best_of(rounds, lambda run=run, bands=bands: run(bands))
        for bands in (BANDS[-1:], BANDS)
        for run in (from_counts, from_words)
    ]
    print("Burrows's Delta: one matrix (1000 words) and ten (100 to 1000 words)")
    print_row("witness", ours)
    theirs = times_of_faststylometry(texts, rounds=rounds)
    if not theirs:
        print("  faststylometry is not installed")
        return
    print_row("faststylometry", theirs)
    print_row("times faster", [other / own for own, other in zip(ours, theirs, strict=True)])


def print_row(name: str, values: Sequence[float]) -> None:
    """Print one row: one matrix from counts and from words, ten from counts and from words."""
    shown = [f"{value:.4f}" if max(values) < 5 else f"{value:.0f}" for value in values]
    print(
        f"  {name:<16}one: {shown[0]:>8} from counts {shown[1]:>8} from words;   "
        f"ten: {shown[2]:>8} from counts {shown[3]:>8} from words"
    )


def times_of_faststylometry(texts: CodedTexts, *, rounds: int) -> list[float]:
    """Return the seconds of the same four by faststylometry; none where it is not installed."""
    try:
        from faststylometry import Corpus, burrows_delta
    except ImportError:
        return []
    words = [text.split() for text in joined(texts).values()]

    def corpus() -> Any:
        return Corpus(authors=["a"] * len(words), books=list(texts.names), tokens=words)

    def counted(band: int) -> Any:
        made = corpus()
        burrows_delta.get_top_tokens(made, band, set(), "")
        burrows_delta.get_token_counts(made)
        return made

    made = {band: counted(band) for band in BANDS}

    def from_counts(bands: Sequence[int]) -> None:
        for band in bands:
            one = made[band]
            burrows_delta.get_token_counts_by_author_and_book(one)
            burrows_delta.get_token_proportions(one)
            burrows_delta.get_author_z_scores(one)
            burrows_delta.calculate_difference_from_train_corpus(one, one)
            np.abs(one.difference_matrix).mean(axis=1)

    def from_words(bands: Sequence[int]) -> None:
        for band in bands:
            burrows_delta.calculate_burrows_delta(corpus(), corpus(), vocab_size=band)

    return [
        best_of(rounds, lambda run=run, bands=bands: run(bands))
        for bands in (BANDS[-1:], BANDS)
        for run in (from_counts, from_words)
    ]


def print_grid(*, rounds: int) -> None:
    """Print the time of the default grid on the project's own corpus, and of its calibration."""
    corpus = read_corpus()
    tokens = tokenize(split_passages(corpus))
    groups = corpus.documents.set_index("doc_id")["author"].to_dict()
    result = sensitivity(tokens, groups=groups)
    seconds = best_of(rounds, lambda: sensitivity(tokens, groups=groups))
    print(f"a grid of {result.n_cells} cells on {len(tokens):,} words: {seconds:.2f} s")
    known = presidential_messages()
    own = tokens[tokens["voice"] == "author"]
    lengths = own["doc_id"].value_counts(sort=False).tolist()
    begun = time.perf_counter()
    calibrate_sensitivity(
        result, known, lengths=lengths, groups=list(groups.values()), seed=1, n_draws=20
    )
    print(f"  calibrated: {(time.perf_counter() - begun) / 40:.3f} s a draw")


def frequencies_of(texts: CodedTexts) -> pd.DataFrame:
    """Return percentages of the 1000 most frequent words."""
    size = len(texts.vocabulary)
    counts = np.array([np.bincount(words, minlength=size) for words in texts.words])
    top = np.lexsort((np.arange(size), -counts.sum(axis=0)))[:1000]
    rows = 100 * counts[:, top] / counts.sum(axis=1, keepdims=True)
    return pd.DataFrame(rows, index=list(texts.names), columns=[texts.vocabulary[k] for k in top])


def token_table(texts: CodedTexts) -> pd.DataFrame:
    """Return the texts as a tokens table, places made up."""
    terms = np.array(texts.vocabulary, dtype=object)
    lengths = [len(words) for words in texts.words]
    return pd.DataFrame(
        {
            "passage_id": "p",
            "doc_id": np.repeat(texts.names, lengths),
            "char_start": 0,
            "char_end": 1,
            "term": terms[np.concatenate(texts.words)],
            "layer": "body",
            "voice": "author",
        }
    )


def joined(texts: CodedTexts) -> dict[str, str]:
    """Return the texts as strings, for the packages that take those."""
    terms = np.array(texts.vocabulary, dtype=object)
    return {
        name: " ".join(terms[words]) for name, words in zip(texts.names, texts.words, strict=True)
    }


if __name__ == "__main__":
    main()
