"""Prints how often bands on the historical axis cover, and what vague dates leave of a peak.

    python benchmarks/sentiment_dates.py [--series 100] [--draws 199]

Twelve years are told by 60 or 150 passages, 15 percent of them out of order. Dates are known to the
day, or are vague: months (40 percent of the passages), years (40) and three years (20). The truth
is flat or a sine of six years; the noise is AR(1) along the telling. Coverage (nominal .95) is of
the curve that the true dates would give without noise. Then, for this corpus: the share of the
height that a peak as wide as the window keeps under its own dates.

With the settings above (numpy 2.4, x86-64; one minute and a half):

    dates   truth      n   phi 0.0   phi 0.3   phi 0.6
    exact   flat      60     0.940     0.933     0.943
    exact   flat     150     0.937     0.934     0.939
    exact   sine      60     0.963     0.957     0.958
    exact   sine     150     0.963     0.958     0.956
    vague   flat      60     0.978     0.971     0.967
    vague   flat     150     0.978     0.965     0.953
    vague   sine      60     0.979     0.975     0.971
    vague   sine     150     0.979     0.969     0.958

    author                window  passages  height kept  smallest peak
    Alfred Rosmer            182        32         0.65            nan
    Victor Serge             182       164         0.47           1.08
    Alfred Rosmer            365        32         0.79           0.72
    Victor Serge             365       164         0.48           1.05
    Alfred Rosmer            730        32         0.87           0.61
    Victor Serge             730       164         0.61           0.57
"""

import argparse
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

import analysis as an
from analysis.sentiment.arcs import Simulation
from analysis.sentiment.history import even_day, historical_arc, month_grid
from analysis.sentiment.trends import ArcSettings
from analysis.text.dating import date_passages
from analysis.uncertainty.bands import ar1_noise

ROOT = Path(__file__).resolve().parents[1]
BEGIN = even_day(date(1917, 1, 1))
LENGTH = 12 * 365
WINDOW = 365.0


def main() -> None:
    """Simulate and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--series", type=int, default=100, help="series a cell")
    parser.add_argument("--draws", type=int, default=199, help="draws a series")
    arguments = parser.parse_args()
    print(f"{'dates':<8}{'truth':<7}{'n':>5}" + "".join(f"{f'phi {phi}':>10}" for phi in PHIS))
    for vague in (False, True):
        for truth in ("flat", "sine"):
            for count in (60, 150):
                cells = [
                    coverage(
                        count,
                        vague=vague,
                        truth=truth,
                        phi=phi,
                        series=arguments.series,
                        draws=arguments.draws,
                    )
                    for phi in PHIS
                ]
                name = "vague" if vague else "exact"
                row = "".join(f"{cell:>10.3f}" for cell in cells)
                print(f"{name:<8}{truth:<7}{count:>5}{row}", flush=True)
    print_height_kept()


PHIS = (0.0, 0.3, 0.6)


def coverage(count: int, *, vague: bool, truth: str, phi: float, series: int, draws: int) -> float:
    """Return the share of months where the band holds what the true dates would give."""
    rng = np.random.default_rng(count)
    settings = ArcSettings(
        axis="historical",
        lexicon="own",
        voices=("author",),
        smoother="mean",
        window=WINDOW,
        low_pass=5,
        simulation=Simulation(n_draws=draws),
        min_share=0.0,
    )
    held = []
    for _ in range(series):
        days, spans = told_dates(count, vague=vague, rng=rng)
        level = np.zeros(count) if truth == "flat" else np.sin(2 * np.pi * days / (6 * 365))
        values = level + ar1_noise(phi, shape=(count, 1), rng=rng)[:, 0]
        placed = pd.DataFrame(
            {
                "group": "text",
                "passage_id": [f"text:{number}" for number in range(count)],
                "doc_id": "text",
                "place": "",
                "valence": values,
                "day_first": BEGIN + spans[:, 0],
                "day_after": BEGIN + spans[:, 1],
                "carried": False,
            }
        )
        found = historical_arc(placed, settings=settings)
        at = month_grid(BEGIN + spans[:, 0].min(), BEGIN + spans[:, 1].max()) - BEGIN
        inside = np.abs(at[:, None] - days[None, :]) <= WINDOW / 2
        n_inside = inside.sum(axis=1)
        target = (inside @ level) / np.maximum(n_inside, 1)
        told = np.isfinite(found.arc.low) & (n_inside > 0)
        held.append(((found.arc.low <= target) & (target <= found.arc.high))[told].mean())
    return float(np.mean(held))


def told_dates(
    count: int, *, vague: bool, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the true day of each passage, in the order of telling, and the span that is known."""
    days = np.sort(rng.uniform(0, LENGTH, count))
    astray = rng.random(count) < 0.15
    days[astray] = rng.uniform(0, LENGTH, int(astray.sum()))
    length = rng.choice([30, 365, 1095], size=count, p=[0.4, 0.4, 0.2]) if vague else np.ones(count)
    first = np.floor(days / length) * length
    return days, np.stack([first, first + length], axis=1)


def print_height_kept() -> None:
    """Print what the dates of this corpus leave of a peak, by author and window."""
    corpus = an.read_corpus(ROOT / "corpus")
    passages = date_passages(corpus, an.split_passages(corpus))
    scores = an.score_sentiment(an.tokenize(passages))
    authors = corpus.documents.set_index("doc_id")["author"].to_dict()
    print(f"\n{'author':<20}{'window':>8}{'passages':>10}{'height kept':>13}{'smallest peak':>15}")
    for window in (182.0, 365.0, 730.0):
        result = an.sentiment_over_time(
            scores, passages, axis="historical", groups=authors, window=window
        )
        for row in result.tests.itertuples():
            print(
                f"{row.group:<20}{window:>8.0f}{row.n_passages:>10}{row.height_kept:>13.2f}"
                f"{row.smallest_peak:>15.2f}"
            )


if __name__ == "__main__":
    main()
