"""Prints how a learned scorer orders annotated places that it did not see, beside the mean rank.

    .venv/bin/python -m pip install -c lock.txt -e '.[learned]'
    .venv/bin/python benchmarks/sentiment_learned.py

Body passages over 30 words of the shipped half of the annotations, the author's own words. Folds
are runs of neighbours, or whole texts; intervals are delete-a-block jackknife over runs of five
places; the difference is paired. Predictions of all folds are ranked together, which errs low
(`LearnedResult.evaluation`): the row without embeddings, which weighs the same lexicons, shows by
how much.
"""

import argparse
import time
from pathlib import Path

import analysis as an


def main() -> None:
    """Measure and print the table."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    ).parse_args()
    corpus = an.read_corpus(Path(__file__).parents[1] / "corpus")
    readings = an.read_annotations(corpus.folder / "annotations" / "blocks.jsonl")
    placed = an.tokens_at(an.tokenize(an.split_passages(corpus)), readings)
    scores = an.score_sentiment(placed)
    begun = time.process_time()
    embeddings = an.embed_passages(placed)
    taken = time.process_time() - begun
    print(f"{len(placed):,} tokens embedded in {taken:.1f} CPU s")
    print(f"{'features':<26}{'folds':<20}{'rho':>6}{'interval':>15}{'less mean rank':>24}")
    for name, vectors in {"lexicons": None, "lexicons, embeddings": embeddings}.items():
        result = an.learn_sentiment(scores, readings, embeddings=vectors)
        for row in result.evaluation.to_dict("records"):
            print(f"{name:<26}{row['scheme']:<20}{in_words(row)}")
    row = result.evaluation.iloc[0]
    print(f"{'mean rank':<26}{'nothing learned':<20}{row['rho_mean_rank']:>6.2f}")
    print(f"{result.n_places} places in {result.held_out['doc_id'].nunique()} texts")


def in_words(row: dict[str, float]) -> str:
    """Return a rho with its interval, and the difference with its own."""
    interval = f"{row['low']:.2f} to {row['high']:.2f}"
    paired = (
        f"{row['difference']:+.2f} ({row['difference_low']:+.2f} to {row['difference_high']:+.2f})"
    )
    return f"{row['rho']:>6.2f}{interval:>15}{paired:>24}"


if __name__ == "__main__":
    main()
