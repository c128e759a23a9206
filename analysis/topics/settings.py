"""What a fit of topics depends on, besides the counts: all of it is kept with the result."""

from __future__ import annotations

from collections.abc import Mapping
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
        check_priors(alpha=self.alpha, eta_total=self.eta_total)
        if not 0 <= self.eta_proportional <= 1:
            raise InputError(
                f"eta_proportional is {self.eta_proportional!r}; give a share from 0 to 1."
            )

    def sweeps_before(self) -> int:
        """Return how many sweeps a run makes before those between its samples."""
        return self.burn_in

    def run_seeds(self) -> tuple[int, ...]:
        """Return the seed of every run: the given one first, then numbers drawn from it.

        They are drawn, not counted up, so that two fits with neighbouring seeds share no run.
        """
        further = np.random.SeedSequence(self.seed).generate_state(4 * self.n_seeds) % _NEAR_SEED
        distinct = dict.fromkeys([self.seed, *(int(value) for value in further)])
        return tuple(distinct)[: self.n_seeds]


@dataclass(frozen=True, kw_only=True)
class StartedSettings(FitSettings):
    """Settings whose runs do not start by chance, which large corpora have (`settings_for`).

    Every run draws a sample of its own to start from, so that stability over seeds is not that of
    one start.

    Attributes
    ----------
    start_passages : int
        tomotopy: how many passages, drawn by each run's seed, give the rough topics from which the
        run starts (`start_topics`). A quarter of the prior weight of the terms, `START_SHARE` of
        `eta_total`, is then spread as they are in the rough topic.
    mixed_burn_in : int
        Sweeps on top of `burn_in` where passages mix topics (`alpha` from `MIXED` on): their rough
        topics are rougher.
    """

    start_passages: int
    mixed_burn_in: int = 0

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        super().__post_init__()
        _whole(self.start_passages, least=1, what="start_passages")
        _whole(self.mixed_burn_in, least=0, what="mixed_burn_in")

    def sweeps_before(self) -> int:
        """Return how many sweeps a run makes before those between its samples."""
        return self.burn_in + (self.mixed_burn_in if self.alpha >= MIXED else 0)


START_SHARE = 0.25
"""Part of the prior of a run with a start that has the shape of its rough topics."""

MIXED = 0.25
"""The prior weight of a topic, in words, from which on passages count as mixing topics."""

LARGE = 400_000
"""From so many counted words on a corpus is large, if it has enough passages a topic too."""

LARGE_PASSAGES = 500
"""Passages a topic that a large corpus has at least."""

_LARGE_SCHEDULE = {"burn_in": 20, "mixed_burn_in": 60, "thin": 1}

_STARTED = ("start_passages", "mixed_burn_in")

MOST_BURN_IN, LEAST_BURN_IN = 400, 100
_SMALL = 100_000


def check_priors(**given: Any) -> None:
    """Raise an InputError for a prior that is no number above 0."""
    for name, value in given.items():
        number = isinstance(value, Real) and not isinstance(value, bool)
        if not number or not 0 < float(value) < np.inf:
            raise InputError(f"{name} is {value!r}; give a number above 0.")


def is_large(*, n_words: float, n_passages: int, n_topics: int) -> bool:
    """Return whether runs start from rough topics, if the caller does not say how they run.

    Parameters
    ----------
    n_words : float
        Counted words of the corpus.
    n_passages : int
        Passages with words.
    n_topics : int
    """
    return n_topics > 1 and n_words >= LARGE and n_passages >= LARGE_PASSAGES * n_topics


def settings_for(
    given: Mapping[str, Any], *, n_words: float, n_passages: int, n_topics: int
) -> FitSettings:
    """Return the settings of a fit: as given, and the schedule by the size of the corpus.

    tomotopy on a large corpus (`is_large`), unless `burn_in` or `start_passages` is given: each run
    starts from rough topics of 500 passages a topic, at most half of them all, and makes 20 sweeps
    (80 where passages mix topics); the samples are those of the next 20. Else a run starts by
    chance and makes `burn_in_for`.

    Parameters
    ----------
    given : mapping
        As in `FitSettings` and `StartedSettings`; a `burn_in` of None is not given.
    n_words, n_passages, n_topics
        As in `is_large`.
    """
    _whole(n_topics, least=1, what="n_topics")
    known = dict(given)
    if known.get("burn_in") is None:
        known.pop("burn_in", None)
    says_nothing = not {"burn_in", "start_passages"} & known.keys()
    tomotopy = known.get("backend", BACKENDS[0]) == BACKENDS[0]
    large = is_large(n_words=n_words, n_passages=n_passages, n_topics=n_topics)
    if says_nothing and tomotopy and large:
        sample = min(LARGE_PASSAGES * n_topics, n_passages // 2)
        known = {**_LARGE_SCHEDULE, "start_passages": sample, **known}
    known.setdefault("burn_in", burn_in_for(n_words))
    kind: type[FitSettings] = StartedSettings if known.get("start_passages") else FitSettings
    if kind is FitSettings:
        known = {name: known[name] for name in known if name not in _STARTED}
    return kind(n_topics=n_topics, **known)


def burn_in_for(n_words: float) -> int:
    """Return how many sweeps are made before the first sample of a run that starts by chance.

    400 up to 100,000 counted words, then fewer, to 100 from 1,600,000 on: each topic has more
    words there, and a run settles in fewer sweeps.
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
