"""Every measure on other tables than that of stylo: its formula, written out pair by pair."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.authors.distances import distances
from analysis.authors.measures import MEASURES


def table(shape: tuple[int, int], *, seed: int) -> pd.DataFrame:
    """Return percentages with zeros among them, columns in order of frequency."""
    rng = np.random.default_rng(seed)
    rows = rng.gamma(0.7, 1.0, size=shape) * np.linspace(4, 0.2, shape[1])
    rows[rng.random(shape) < 0.2] = 0.0
    rows[0] += 0.01
    order = np.argsort(-rows.sum(axis=0))
    return pd.DataFrame(rows[:, order], index=[f"t{k}" for k in range(shape[0])])


def z_scores(rows: np.ndarray) -> np.ndarray:
    columns = []
    for column in rows.T:
        mean = sum(column) / len(column)
        deviation = math.sqrt(sum((value - mean) ** 2 for value in column) / (len(column) - 1))
        columns.append([(value - mean) / deviation for value in column])
    return np.array(columns).T


def by_formula(measure: str, rows: np.ndarray, a: int, b: int) -> float:
    n = rows.shape[1]
    z = z_scores(rows)
    x, y = (z[a], z[b]) if MEASURES[measure].z_scores else (rows[a], rows[b])
    pairs = list(zip(x, y, strict=True))
    apart = [abs(p - q) for p, q in pairs]
    if measure == "burrows":
        return sum(apart) / n
    if measure == "argamon":
        return math.sqrt(sum(d**2 for d in apart)) / n
    if measure == "eder":
        return sum(d * (1 + n - rank) / n for rank, d in enumerate(apart))
    if measure == "eder_simple":
        return sum(abs(math.sqrt(p) - math.sqrt(q)) for p, q in pairs)
    if measure in ("cosine", "cosine_delta"):
        lengths = math.sqrt(sum(p * p for p in x)) * math.sqrt(sum(q * q for q in y))
        return 1 - sum(p * q for p, q in pairs) / lengths
    if measure == "minmax":
        return 1 - sum(min(pair) for pair in pairs) / sum(max(pair) for pair in pairs)
    if measure == "entropy":
        total = 0.0
        for column in rows.T:
            shares = [(value + 1) / sum(column + 1) for value in column]
            spread = -sum(share * math.log(share) for share in shares)
            total += abs(math.log(column[a] + 2) - math.log(column[b] + 2)) / spread
        return total
    if measure == "manhattan":
        return sum(apart)
    if measure == "euclidean":
        return math.sqrt(sum(d**2 for d in apart))
    seen = [(abs(p - q), p + q) for p, q in pairs if p + q > 0]
    return sum(d / total for d, total in seen) * n / len(seen)


@pytest.mark.parametrize("shape", [(3, 2), (6, 9), (4, 60)])
@pytest.mark.parametrize("measure", MEASURES)
def test_other_tables_too(measure: str, shape: tuple[int, int]) -> None:
    frequencies = table(shape, seed=shape[1])
    matrix = distances(frequencies, measure=measure, n_terms=shape[1]).matrix.to_numpy()
    for a in range(shape[0]):
        for b in range(a):
            expected = by_formula(measure, frequencies.to_numpy(), a, b)
            assert matrix[a, b] == pytest.approx(expected, rel=1e-9)
