"""The tables of topics beside shuffled corpora."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.topics.agreement import mean_over_topics, run_agreements
from analysis.topics.result import TopicResult

Numbers = NDArray[np.float64]

OVERALL_COLUMNS = ("measure", "value", "shuffled", "excess", "low", "high", "shuffled_reach")

_MOST = 1.0 - 1e-9

UNDEFINED = (
    "excess",
    "excess_low",
    "excess_high",
    "block_agreement",
    "block_low",
    "block_high",
    "block_excess",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """What the refits gave, each corpora by topics.

    Attributes
    ----------
    shuffled : array
        Stability of the topics of shuffled corpora.
    shuffled_blocks : array
        Their agreement with the topics of a resampled corpus.
    blocks : array
        The real topics' agreement with those of resampled corpora.
    """

    shuffled: Numbers
    shuffled_blocks: Numbers
    blocks: Numbers


def upper_bound(agreements: Numbers, *, level: float) -> float:
    """Return what one more agreement stays below with the given chance; below 1.

    A prediction bound for normal values, on Fisher's z (the inverse hyperbolic tangent), as
    agreements end at 1.
    """
    z = np.arctanh(np.clip(agreements, -_MOST, _MOST))
    spread = float(z.std(ddof=1)) * np.sqrt(1 + 1 / len(z))
    return float(np.tanh(z.mean() + stats.t.ppf(level, len(z) - 1) * spread))


def topics_beside_shuffled(table: pd.DataFrame, *, found: Found, bound: float) -> pd.DataFrame:
    """Return one row a topic: its stability, the excess, and its agreement over blocks.

    Parameters
    ----------
    table : DataFrame
        ``TopicResult.topics``.
    found : Found
    bound : float
        Above which a topic is called stable.
    """
    stability = table["stability"].to_numpy()
    half = (table["high"] - table["low"]).to_numpy() / 2
    excess = stability - found.shuffled.mean()
    width = np.hypot(half, _null_error(found.shuffled.mean(axis=1)))
    blocks = found.blocks if len(found.blocks) else np.full((1, len(table)), np.nan)
    return pd.DataFrame(
        {
            "topic": table["topic"],
            "terms": table["terms"],
            "stability": stability,
            "stability_low": table["low"],
            "stability_high": table["high"],
            "excess": excess,
            "excess_low": excess - width,
            "excess_high": excess + width,
            "stable": stability > bound,
            "block_agreement": blocks.mean(axis=0),
            "block_low": np.quantile(blocks, 0.025, axis=0),
            "block_high": np.quantile(blocks, 0.975, axis=0),
            "block_excess": blocks.mean(axis=0) - found.shuffled_blocks.mean(),
        }
    )


def overall_excess(topics: TopicResult, *, found: Found) -> pd.DataFrame:
    """Return one row a measure: the mean over topics, that of shuffled corpora, and the excess."""
    pairs = run_agreements([run.beta for run in topics.runs], frequencies=topics.frequencies)
    value, error = mean_over_topics(pairs)
    rows = [_excess("seeds", value=value, error=error, shuffled=found.shuffled.mean(axis=1))]
    if len(found.blocks):
        means = found.blocks.mean(axis=1)
        rows.append(
            _excess(
                "blocks",
                value=float(means.mean()),
                error=float(means.std(ddof=1)) if len(means) > 1 else float("nan"),
                shuffled=found.shuffled_blocks.mean(axis=1),
            )
        )
    return pd.DataFrame(rows)


def _excess(measure: str, *, value: float, error: float, shuffled: Numbers) -> dict[str, object]:
    """Return one row: value less the mean of shuffled corpora, and what one of these may reach."""
    half = np.hypot(stats.norm.ppf(0.975) * error, _null_error(shuffled))
    excess = value - shuffled.mean()
    spread = shuffled.std(ddof=1) * np.sqrt(1 + 1 / len(shuffled))
    reach = shuffled.mean() + stats.t.ppf(0.975, len(shuffled) - 1) * spread
    values = (measure, value, shuffled.mean(), excess, excess - half, excess + half, reach)
    return dict(zip(OVERALL_COLUMNS, values, strict=True))


def _null_error(of_corpora: Numbers) -> float:
    """Return half the 95 % interval of the mean of shuffled corpora."""
    error = of_corpora.std(ddof=1) / np.sqrt(len(of_corpora))
    return float(stats.t.ppf(0.975, len(of_corpora) - 1) * error)


def without_texts(agreements: Numbers, *, texts: list[str]) -> pd.DataFrame:
    """Return the table of agreements with the topics found without a text."""
    rows = [
        {"topic": topic, "left_out": text, "agreement": value}
        for text, values in zip(texts, agreements.tolist(), strict=False)
        for topic, value in enumerate(values, start=1)
    ]
    table = pd.DataFrame(rows, columns=["topic", "left_out", "agreement"])
    return table.sort_values("topic", kind="stable").reset_index(drop=True)


def shuffled_table(nulls: Numbers) -> pd.DataFrame:
    """Return the stability of each topic of each shuffled corpus."""
    n_shuffles, n_topics = nulls.shape
    return pd.DataFrame(
        {
            "shuffle": np.repeat(np.arange(1, n_shuffles + 1), n_topics),
            "topic": np.tile(np.arange(1, n_topics + 1), n_shuffles),
            "stability": nulls.ravel(),
        }
    )


def agreement_without_texts(texts: pd.DataFrame) -> pd.DataFrame:
    """Return how far each topic stays where a text is left out (`StabilityResult.by_texts`).

    Parameters
    ----------
    texts : DataFrame
        topic, left_out, agreement.
    """
    rows = [
        {
            "topic": topic,
            "agreement": held["agreement"].mean(),
            "low": held["agreement"].min(),
            "high": held["agreement"].max(),
            "most_missed": held["left_out"].iloc[int(held["agreement"].argmin())],
        }
        for topic, held in texts.groupby("topic", sort=True)
    ]
    return pd.DataFrame(rows, columns=["topic", "agreement", "low", "high", "most_missed"])
