"""Prints how often the jackknife intervals of distances hold the truth, where it is known.

    python benchmarks/authors_coverage.py [--draws 400]

Texts are autocorrelated multinomials: passages of 100 words whose log rates drift (AR .5, standard
deviation .2), ten a slice; half of the words are among the 100 counted. The other text has log
rates that differ by a normal of standard deviation .3. For each number of slices: coverage of the
mean slice distance and of the energy form (95 % intervals), how often the energy's interval
excludes 0, and how often exchange of slices gives p <= .05. Burrows, z-scale held fixed.
"""

import argparse

import numpy as np
from numpy.typing import NDArray

from analysis.authors.energy import Pair, energy_matrix, exchange_p
from analysis.authors.measures import burrows
from analysis.uncertainty.blocks import jackknife_interval

Rows = NDArray[np.float64]
N_TERMS, PASSAGES, WORDS = 100, 10, 100
BASE = -np.log(np.arange(1, N_TERMS + 1) + 2.0)
BLOCKS = ((4, 4), (5, 7), (4, 22), (24, 24))


def main() -> None:
    """Simulate and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=400)
    draws = parser.parse_args().draws
    print(f"{'texts':<12}{'slices':>8}{'slice distance':>16}{'energy':>8}{'off 0':>7}{'p<=.05':>8}")
    for kind, sd in (("one kind", 0.0), ("two kinds", 0.3)):
        other = BASE + np.random.default_rng(1).normal(size=N_TERMS) * sd
        for blocks in BLOCKS:
            rates = simulate((BASE, other), blocks=blocks, draws=draws, same=sd == 0)
            shown = f"{blocks[0]}, {blocks[1]}"
            print(
                f"{kind:<12}{shown:>8}{rates[0]:>16.3f}{rates[1]:>8.3f}{rates[2]:>7.3f}"
                f"{rates[3]:>8.3f}"
            )


def simulate(
    rates: tuple[Rows, Rows], *, blocks: tuple[int, int], draws: int, same: bool
) -> list[float]:
    """Return coverage of both estimands, and how often two texts are told apart either way."""
    rng = np.random.default_rng(7)
    long = np.concatenate([slices(rng, rate, n=1000) for rate in rates])
    centre, deviation = long.mean(axis=0), long.std(axis=0, ddof=1)
    means, energy = energy_matrix(burrows((long - centre) / deviation), np.repeat([0, 1], 1000))
    truth = (means[0, 1], 0.0 if same else energy[0, 1])
    found = []
    for _ in range(draws):
        rows = np.concatenate(
            [slices(rng, rate, n=n) for rate, n in zip(rates, blocks, strict=True)]
        )
        square = burrows((rows - centre) / deviation)
        pair = Pair.of(square, one=np.arange(blocks[0]), other=np.arange(blocks[0], sum(blocks)))
        between = jackknife_interval(pair.between, pair.between_left_out())
        form = jackknife_interval(pair.energy, pair.energy_left_out())
        found.append(
            (
                between.low <= truth[0] <= between.high,
                form.low <= truth[1] <= form.high,
                form.low > 0 or form.high < 0,
                exchange_p(pair, seed=1) <= 0.05,
            )
        )
    return [float(rate) for rate in np.mean(found, axis=0)]


def slices(rng: np.random.Generator, log_rates: Rows, *, n: int) -> Rows:
    """Return percentages in n slices of passages whose log rates drift."""
    phi, spread, length = 0.5, 0.2, n * PASSAGES
    noise = rng.normal(size=(length, N_TERMS)) * spread * np.sqrt(1 - phi**2)
    drift = np.empty_like(noise)
    drift[0] = rng.normal(size=N_TERMS) * spread
    for passage in range(1, length):
        drift[passage] = phi * drift[passage - 1] + noise[passage]
    rates = np.column_stack([np.exp(log_rates + drift), np.full(length, np.exp(log_rates).sum())])
    counts = rng.multinomial(WORDS, rates / rates.sum(axis=1, keepdims=True))[:, :-1]
    return np.asarray(100 * counts.reshape(n, PASSAGES, -1).sum(axis=1) / (PASSAGES * WORDS))


if __name__ == "__main__":
    main()
