"""Prints how often the odd text is found among known authors, by which text it is.

    python benchmarks/authors_calibration.py [--draws 300] [--seed 1]

Comparisons of one text of 5, one of 7 and one of 22 thousand words from the annual messages of the
US presidents; chance is .33. Beside each share its 95 % interval from resampling authors, and what
was measured on the same design before this program was written, for the three ways of which that is
known. Last the default way of `calibrate`.
"""

import argparse
import time

from analysis.authors.calibration import Design, calibrate
from analysis.authors.reference import presidential_messages

LENGTHS = (5000, 7000, 22000)
BEFORE = {
    ("cosine_delta", "slice distance", "plain"): (0.54, 0.65, 0.96),
    ("cosine_delta", "slice distance", "balanced"): (0.93, 0.75, 0.38),
    ("cosine_delta", "energy", "plain"): (0.82, 0.82, 0.75),
    ("burrows", "energy", "balanced"): None,
}


def main() -> None:
    """Draw and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    known = presidential_messages()
    print(f"{'measure':<14}{'statistic':<16}{'z-scores':<10}", end="")
    print("".join(f"{f'{length:,} odd (before)':>26}" for length in LENGTHS))
    begun = time.process_time()
    for (measure, statistic, standardize), before in BEFORE.items():
        design = Design(
            lengths=LENGTHS, measure=measure, statistic=statistic, standardize=standardize
        )
        result = calibrate(design, known, seed=arguments.seed, n_draws=arguments.draws)
        cells = [
            f"{row.right:.2f} [{row.low:.2f}, {row.high:.2f}]"
            + (f" ({before[row.position]:.2f})" if before else "  (—)  ")
            for row in result.accuracy.itertuples()
        ]
        print(f"{measure:<14}{statistic:<16}{standardize:<10}", end="")
        print("".join(f"{cell:>26}" for cell in cells))
    print(f"{result.n_authors} authors; {time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
