"""What a fit of topics depends on, besides the counts: all of it is kept with the result."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np

from analysis.errors import InputError

BACKENDS = ("tomotopy", "gensim", "sklearn-lda", "sklearn-nmf")
"""What can fit topics. The first is the default; the others are for comparison."""

_REFUSED = ("multicore", "ldamulticore", "gensim-multicore", "gensim-ldamulticore")
_NEAR_SEED = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class FitSettings:
    """Everything a fit depends on besides the counts.

    Attributes
    ----------
    n_topics : int
        K, how many topics.
    seed : int
        That of the first run; the other runs' seeds follow from it (`run_seeds`).
    backend : str
        One of `BACKENDS`.
    n_seeds : int
        How many runs the consensus is of.
    alpha : float
        Prior weight of each topic in a passage, in words. Unused by sklearn-nmf.
    eta_total : float
        Prior weight of all terms together in a topic, in words. Unused by sklearn-nmf.
    eta_proportional : float
        Which part of `eta_total` is spread over the terms as the corpus is; the rest is spread
        evenly over the terms that occur. 0 is the symmetric prior of the textbooks.
    burn_in, n_samples, thin : int
        tomotopy: sweeps before the first sample, how many samples are averaged, and sweeps from
        one to the next. The other backends make `burn_in` passes at most, and end when they have
        converged.
    optimise_alpha : bool
        tomotopy: fit alpha, a value a topic, to the passages while sampling.
    """

    n_topics: int
    seed: int
    backend: str = "tomotopy"
    n_seeds: int = 20
    alpha: float = 0.1
    eta_total: float = 100.0
    eta_proportional: float = 0.5
    burn_in: int = 400
    n_samples: int = 20
    thin: int = 5
    optimise_alpha: bool = False

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if self.backend.lower().replace("_", "-") in _REFUSED:
            raise InputError(
                f"The backend {self.backend!r} gives other topics each time, as its processes "
                f"race; use 'gensim', which gives the same."
            )
        _one_of(self.backend, allowed=BACKENDS, what="backend")
        for name, least in _LEAST.items():
            _whole(getattr(self, name), least=least, what=name)
        for name in ("alpha", "eta_total"):
            value = getattr(self, name)
            number = isinstance(value, Real) and not isinstance(value, bool)
            if not number or not 0 < float(value) < np.inf:
                raise InputError(f"{name} is {value!r}; give a number above 0.")

        if not 0 <= self.eta_proportional <= 1:
            raise InputError(
                f"eta_proportional is {self.eta_proportional!r}; give a share from 0 to 1."
            )

    def run_seeds(self) -> tuple[int, ...]:
        """Return the seed of every run: the given one first, then numbers drawn from it.

        They are drawn, not counted up, so that two fits with neighbouring seeds share no run.
        """
        further = np.random.SeedSequence(self.seed).generate_state(4 * self.n_seeds) % _NEAR_SEED
        distinct = dict.fromkeys([self.seed, *(int(value) for value in further)])
        return tuple(distinct)[: self.n_seeds]


MOST_BURN_IN, LEAST_BURN_IN = 400, 100
_SMALL = 100_000


def burn_in_for(n_words: float) -> int:
    """Return how many sweeps are made before the first sample, if the caller does not say.

    400 up to 100,000 counted words, then fewer, to 100 from 1,600,000 on: each topic has more
    words there, and a run settles in fewer sweeps (``benchmarks/topics_speed.py``).
    """
    wanted: float = MOST_BURN_IN * (_SMALL / max(n_words, _SMALL)) ** 0.5
    return max(LEAST_BURN_IN, round(wanted))


_LEAST = {"n_topics": 1, "seed": 0, "n_seeds": 1, "burn_in": 0, "n_samples": 1, "thin": 1}


def _one_of(value: Any, *, allowed: tuple[str, ...], what: str) -> None:
    """Raise an InputError if the value is not allowed."""
    if value not in allowed:
        raise InputError(f"There is no {what} {value!r}: use one of {', '.join(allowed)}.")


def _whole(value: Any, *, least: int, what: str) -> None:
    """Raise an InputError if the value is not a whole number from `least`."""
    number = isinstance(value, Integral) and not isinstance(value, bool)
    if not number or int(value) < least:
        raise InputError(f"{what} is {value!r}; give a whole number from {least}.")
    if what == "seed" and value > _NEAR_SEED:
        raise InputError(f"seed is {value!r}; give a whole number up to {_NEAR_SEED}.")
