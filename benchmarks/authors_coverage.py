"""Prints how often the intervals of distances hold the truth, where it is known.

    python benchmarks/authors_coverage.py [--draws 1000] [--seed 7]

Texts are autocorrelated multinomials in slices of ten passages of 100 words; half of the words are
among the 100 counted. Three ways of making them: "drift", each word's log rate drifts by itself
(AR .5, standard deviation .2); "subjects", five subjects move the words together; "bursts", each
passage's rates are gamma draws. The other text has log rates that differ by a normal of standard
deviation .3. For each number of slices: coverage of the mean slice distance and of the energy form
(95 % intervals), of the energy form by the plain jackknife, how often the energy's interval
excludes 0, and how often exchange of slices gives p <= .05. Burrows, z-scale held fixed.

Last, 200 pairs of 5 and 7 slices through `compare_slices`, with its own scale and another text
each time: how many are told apart.
"""

import argparse

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.authors.energy import Pair, energy_matrix, exchange_p
from analysis.authors.energy_interval import energy_interval
from analysis.authors.measures import burrows
from analysis.authors.slice_comparison import compare_slices
from analysis.authors.slices import SliceFrequencies
from analysis.uncertainty.blocks import jackknife_interval

Rows = NDArray[np.float64]
N_TERMS, PASSAGES, WORDS = 100, 10, 100
BASE = -np.log(np.arange(1, N_TERMS + 1) + 2.0)
BLOCKS = ((4, 4), (5, 7), (4, 22), (24, 24))
WAYS = ("drift", "subjects", "bursts")


def main() -> None:
    """Simulate and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    print(
        f"{'made by':<10}{'texts':<11}{'slices':>8}{'slice distance':>16}{'energy':>8}{'plain':>8}"
        f"{'off 0':>7}{'p<=.05':>8}"
    )
    for way in WAYS:
        for kind, sd in (("one kind", 0.0), ("two kinds", 0.3)):
            other = BASE + np.random.default_rng(1).normal(size=N_TERMS) * sd
            for blocks in BLOCKS:
                rng = np.random.default_rng(arguments.seed)
                rates = simulate((BASE, other), way=way, blocks=blocks, rng=rng, **vars(arguments))
                shown = f"{blocks[0]}, {blocks[1]}"
                print(
                    f"{way:<10}{kind:<11}{shown:>8}{rates[0]:>16.3f}{rates[1]:>8.3f}{rates[2]:>8.3f}"
                    f"{rates[3]:>7.3f}{rates[4]:>8.3f}"
                )
    for kind, sd in (("one kind", 0.0), ("two kinds", 0.3)):
        by_test, by_interval = told_apart(sd, seed=arguments.seed)
        print(f"200 pairs of {kind}, 5 and 7 slices: test {by_test}, interval {by_interval} apart")


def simulate(
    rates: tuple[Rows, Rows],
    *,
    way: str,
    blocks: tuple[int, int],
    rng: np.random.Generator,
    draws: int,
    seed: int,
) -> list[float]:
    """Return coverage of the estimands, and how often two texts are told apart either way."""
    long = np.concatenate([slices(rng, rate, n=1000, way=way) for rate in rates])
    centre, deviation = long.mean(axis=0), long.std(axis=0, ddof=1)
    means, energy = energy_matrix(burrows((long - centre) / deviation), np.repeat([0, 1], 1000))
    truth = (means[0, 1], 0.0 if (rates[0] == rates[1]).all() else energy[0, 1])
    found = []
    for _ in range(draws):
        rows = np.concatenate(
            [slices(rng, rate, n=n, way=way) for rate, n in zip(rates, blocks, strict=True)]
        )
        square = burrows((rows - centre) / deviation)
        pair = Pair.of(square, one=np.arange(blocks[0]), other=np.arange(blocks[0], sum(blocks)))
        between = jackknife_interval(pair.between, pair.between_left_out())
        plain = jackknife_interval(pair.energy, pair.energy_left_out())
        form = energy_interval(pair)
        found.append(
            (
                between.low <= truth[0] <= between.high,
                form.low <= truth[1] <= form.high,
                plain.low <= truth[1] <= plain.high,
                form.low > 0 or form.high < 0,
                exchange_p(pair, seed=seed) <= 0.05,
            )
        )
    return [float(rate) for rate in np.mean(found, axis=0)]


def told_apart(sd: float, *, seed: int) -> tuple[int, int]:
    """Return how many of 200 pairs of 5 and 7 slices the test and the interval tell apart."""
    rng = np.random.default_rng(seed)
    by_test = by_interval = 0
    for number in range(200):
        other = BASE + np.random.default_rng(number).normal(size=N_TERMS) * sd
        rows = np.concatenate([slices(rng, BASE, n=5), slices(rng, other, n=7)])
        ids, docs = [f"s{k}" for k in range(12)], ["a"] * 5 + ["b"] * 7
        frame = pd.DataFrame(rows, index=ids, columns=[f"w{k}" for k in range(N_TERMS)])
        table = pd.DataFrame({"slice_id": ids, "doc_id": docs})
        cut = SliceFrequencies(frequencies=frame, counts=frame, table=table, n_tokens=1000)
        pairs = compare_slices(cut).table
        energy = pairs[pairs["estimand"] == "energy"].iloc[0]
        by_test += bool(energy["told_apart"])
        by_interval += bool(energy["low"] > 0 or energy["high"] < 0)
    return by_test, by_interval


def slices(rng: np.random.Generator, log_rates: Rows, *, n: int, way: str = "drift") -> Rows:
    """Return percentages in n slices of passages whose log rates move."""
    length = n * PASSAGES
    if way == "bursts":
        moved = np.log(rng.gamma(3, 1 / 3, size=(length, N_TERMS)) + 1e-12)
    elif way == "subjects":
        loads = np.random.default_rng(99).normal(size=(5, N_TERMS))
        loads /= np.sqrt((loads**2).sum(axis=0))
        moved = 0.25 * autoregression(rng, (length, 5)) @ loads
        moved += 0.1 * rng.normal(size=moved.shape)
    else:
        moved = 0.2 * autoregression(rng, (length, N_TERMS))
    rates = np.exp(log_rates + moved)
    rates = np.column_stack([rates, np.full(length, np.exp(log_rates).sum())])
    counts = rng.multinomial(WORDS, rates / rates.sum(axis=1, keepdims=True))[:, :-1]
    return np.asarray(100 * counts.reshape(n, PASSAGES, -1).sum(axis=1) / (PASSAGES * WORDS))


def autoregression(rng: np.random.Generator, shape: tuple[int, int]) -> Rows:
    """Return columns of an AR(1) of coefficient .5 and variance 1."""
    made = rng.normal(size=shape)
    made[1:] *= np.sqrt(0.75)
    for row in range(1, len(made)):
        made[row] += 0.5 * made[row - 1]
    return made


if __name__ == "__main__":
    main()
