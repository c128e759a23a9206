"""Topics over the time that passages narrate, with the uncertainty of their dates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import InputError
from analysis.results import Shown
from analysis.topics.held_out import BLOCK
from analysis.topics.result import TopicResult
from analysis.topics.shuffled import blocks_of

Numbers = NDArray[np.float64]

FEWEST = 3.0
"""Passages expected in a step below which no share is given."""


@dataclass(frozen=True, kw_only=True, eq=False)
class TopicsOverTime(Shown):
    """Each topic's share of the words that narrate each stretch of time.

    Attributes
    ----------
    table : DataFrame
        One row a topic, group and step: group (doc_id, or ``all``), topic, year (decimal; the
        step's beginning), dates (``all``, or ``not carried``: passages dated by carrying the last
        date forward left out), share, low, high (the middle 95 % of draws), n_passages (expected),
        reason (why share is NaN; else empty).
    step : float
        Years.
    n_draws : int
    """

    table: pd.DataFrame
    step: float
    n_draws: int

    def plot_table(self) -> pd.DataFrame:
        """Return `table`, rounded to 6 decimals."""
        return self.table.round(6)


def topics_over_time(
    topics: TopicResult,
    times: pd.DataFrame,
    *,
    seed: int,
    step: float = 1.0,
    n_draws: int = 200,
    block: int = BLOCK,
) -> TopicsOverTime:
    """Return each topic's share over narrated time, by text and in all texts.

    In each draw every passage has a day drawn evenly from the time that it may narrate, blocks of
    neighbouring passages are drawn with replacement within each text, and gamma is one of its
    draws, so that the interval holds the uncertainty of dates, passages and topics together.

    Parameters
    ----------
    topics : TopicResult
    times : DataFrame
        passage_id, first_year, after_year (decimal, half-open; NaN if undated) and basis, as in
        ``narrated_times(passages).table``.
    seed : int
    step : float
        Years; a quarter is .25.
    n_draws : int
    block : int
        Passages a block.

    Raises
    ------
    InputError
        If a column is missing, a passage has no row, the step is not above 0, or no passage is
        dated.
    """
    if not step > 0:
        raise InputError(f"step is {step!r}; give years above 0.")
    dates = _dates(topics, times)
    begin = np.floor(np.nanmin(dates["first_year"]) / step) * step
    n_steps = int(np.ceil((np.nanmax(dates["after_year"]) - begin) / step - 1e-9))
    rng = np.random.default_rng([seed, 7])
    tables = []
    for kind in ("all", "not carried"):
        usable = dates["first_year"].notna().to_numpy()
        if kind == "not carried":
            usable = usable & (dates["basis"] != "carried").to_numpy()
        drawn, expected = _draws(
            topics,
            dates=dates,
            usable=usable,
            begin=float(begin),
            step=step,
            n_steps=n_steps,
            n_draws=n_draws,
            block=block,
            rng=rng,
        )
        tables.append(
            _table(topics, drawn=drawn, expected=expected, begin=float(begin), step=step, kind=kind)
        )
    return TopicsOverTime(
        table=pd.concat(tables, ignore_index=True), step=float(step), n_draws=n_draws
    )


def _dates(topics: TopicResult, times: pd.DataFrame) -> pd.DataFrame:
    """Return the dates of the topics' passages, in their order."""
    needed = ("passage_id", "first_year", "after_year", "basis")
    if not isinstance(times, pd.DataFrame):
        raise InputError(
            f"times is a {type(times).__name__}; give a table, narrated_times(passages).table."
        )
    for name in needed:
        if name not in times.columns:
            raise InputError(
                f"The times lack the column {name!r}; give narrated_times(passages).table."
            )
    by_passage = times.set_index("passage_id")
    for passage in topics.passages["passage_id"]:
        if passage not in by_passage.index:
            raise InputError(f"The passage {passage!r} has no row in the times; give all passages.")
    dates = by_passage.loc[topics.passages["passage_id"], list(needed[1:])].reset_index()
    if dates["first_year"].isna().all():
        raise InputError("No passage is dated; there is no time to draw topics over.")
    return dates


def _draws(
    topics: TopicResult,
    *,
    dates: pd.DataFrame,
    usable: NDArray[np.bool_],
    begin: float,
    step: float,
    n_steps: int,
    n_draws: int,
    block: int,
    rng: np.random.Generator,
) -> tuple[Numbers, Numbers]:
    """Return shares, draws by groups by steps by topics, and expected passages of each step."""
    doc_ids = tuple(topics.passages["doc_id"])
    texts = list(dict.fromkeys(doc_ids))
    group_of = np.array([texts.index(doc_id) + 1 for doc_id in doc_ids])
    words = topics.passages["n_words"].to_numpy(dtype=np.float64)
    first = dates["first_year"].to_numpy(dtype=np.float64)
    width = dates["after_year"].to_numpy(dtype=np.float64) - first
    gammas = np.nan_to_num(topics.gamma_draws)
    blocks = blocks_of(doc_ids, size=block)
    by_text = [[rows for rows in blocks if doc_ids[rows[0]] == text] for text in texts]
    shares = np.full((n_draws, len(texts) + 1, n_steps, gammas.shape[2]), np.nan)
    expected = np.zeros((len(texts) + 1, n_steps))
    for draw in range(n_draws):
        drawn = _drawn_rows(by_text, rng=rng)
        drawn = drawn[usable[drawn] & (words[drawn] > 0)]
        days = first[drawn] + width[drawn] * rng.random(len(drawn))
        steps = np.clip(((days - begin) / step).astype(np.int64), 0, n_steps - 1)
        weighted = gammas[draw % len(gammas)][drawn] * words[drawn][:, None]
        sums = np.zeros(shares.shape[1:])
        for group in (np.zeros_like(drawn), group_of[drawn]):
            np.add.at(sums, (group, steps), weighted)
            np.add.at(expected, (group, steps), 1.0 / n_draws)
        total = sums.sum(axis=2, keepdims=True)
        shares[draw] = np.where(total > 0, sums / np.where(total > 0, total, 1.0), np.nan)
    return shares, expected


def _drawn_rows(by_text: list[list[list[int]]], *, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the passages of blocks drawn with replacement within each text."""
    rows: list[int] = []
    for blocks in by_text:
        for number in rng.integers(len(blocks), size=len(blocks)):
            rows += blocks[number]
    return np.array(rows, dtype=np.int64)


def _table(
    topics: TopicResult, *, drawn: Numbers, expected: Numbers, begin: float, step: float, kind: str
) -> pd.DataFrame:
    """Return one row a topic, group and step."""
    groups = ["all", *dict.fromkeys(topics.passages["doc_id"])]
    rows = []
    for group, name in enumerate(groups):
        for number in range(drawn.shape[2]):
            enough = expected[group, number] >= FEWEST
            for topic in range(drawn.shape[3]):
                values = drawn[:, group, number, topic]
                values = values[~np.isnan(values)]
                rows.append(
                    {
                        "group": name,
                        "topic": topic + 1,
                        "year": begin + number * step,
                        "dates": kind,
                        "share": values.mean() if enough else np.nan,
                        "low": np.quantile(values, 0.025) if enough else np.nan,
                        "high": np.quantile(values, 0.975) if enough else np.nan,
                        "n_passages": expected[group, number],
                        "reason": ""
                        if enough
                        else f"fewer than {FEWEST:.0f} passages narrate this time",
                    }
                )
    return pd.DataFrame(rows)
