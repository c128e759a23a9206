"""Whether a conclusion holds with other numbers of topics and other preparations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.topics.consensus import agreement, departures
from analysis.topics.result import TopicResult, shares_by_text

FOUND = 0.5
"""From which agreement on a topic counts as found again."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Followed(Shown):
    """A conclusion on each topic, followed through other fits.

    Attributes
    ----------
    table : DataFrame
        topic, variant, agreement (with the topic of the variant that is most alike, over the terms
        that both have; 1 the same, 0 unrelated), other_topic (its number there), found (agreement
        at least .5), holds (whether the conclusion holds there; null if it was not found).
    summary : DataFrame
        topic, holds (in the fit itself), n_variants, n_found, n_holds, share_holds (of the variants
        in which it was found; NaN if none). Variants share their passages: the share describes,
        it is no probability.
    """

    table: pd.DataFrame
    summary: pd.DataFrame

    def plot_table(self) -> pd.DataFrame:
        """Return `table`, rounded to 6 decimals."""
        return self.table.round(6)


def follow_topics(
    topics: TopicResult,
    *,
    variants: Mapping[str, TopicResult],
    conclusion: Callable[[pd.Series], bool],
) -> Followed:
    """Return in which other fits a conclusion on each topic holds.

    Parameters
    ----------
    topics : TopicResult
    variants : mapping of str to TopicResult
        By what differs: ``8 topics``, ``without names`` ... They need not have the same terms.
    conclusion : callable
        Of a topic's shares by text (a Series by doc_id) to whether the conclusion holds, such as
        ``lambda shares: shares.idxmax() == "a"``.

    Raises
    ------
    InputError
        If there is no variant, or one has hardly a term in common with the topics.
    """
    if not variants:
        raise InputError("There is no variant to follow the topics through; give one at least.")
    own = _shares(topics)
    rows = []
    for variant, other in variants.items():
        alike = _agreements(topics, other, variant=variant)
        shares = _shares(other)
        for index in range(len(alike)):
            best = int(np.argmax(np.round(alike[index], 9)))
            found = bool(alike[index, best] >= FOUND)
            rows.append(
                {
                    "topic": index + 1,
                    "variant": variant,
                    "agreement": float(alike[index, best]),
                    "other_topic": best + 1,
                    "found": found,
                    "holds": bool(conclusion(shares[best + 1])) if found else pd.NA,
                }
            )
    table = pd.DataFrame(rows).astype({"holds": "boolean"})
    table = table.sort_values("topic", kind="stable").reset_index(drop=True)
    by_topic = table.groupby("topic")
    n_found, n_holds = by_topic["found"].sum(), by_topic["holds"].sum().astype(int)
    summary = pd.DataFrame(
        {
            "topic": n_found.index,
            "holds": [bool(conclusion(own[topic])) for topic in n_found.index],
            "n_variants": len(variants),
            "n_found": n_found.to_numpy(),
            "n_holds": n_holds.to_numpy(),
            "share_holds": np.where(
                n_found > 0, n_holds / np.where(n_found > 0, n_found, 1), np.nan
            ),
        }
    )
    return Followed(table=table, summary=summary)


def _shares(topics: TopicResult) -> dict[int, pd.Series]:
    """Return each topic's shares by text."""
    table = shares_by_text(topics)
    return {
        topic: table[table["topic"] == topic].set_index("doc_id")["share"]
        for topic in range(1, topics.settings.n_topics + 1)
    }


def _agreements(topics: TopicResult, other: TopicResult, *, variant: str) -> np.ndarray:
    """Return the agreement of every topic with every topic of another fit, over common terms."""
    place = {term: column for column, term in enumerate(other.terms)}
    common = [term for term in topics.terms if term in place]
    if 2 * len(common) < min(len(topics.terms), len(other.terms)):
        raise InputError(
            f"The variant {variant!r} has {len(common)} terms in common with the topics; follow "
            "topics through fits of the same texts."
        )
    ours = [column for column, term in enumerate(topics.terms) if term in place]
    theirs = [place[term] for term in common]
    sides = [
        departures(fit.beta[:, columns], frequencies=fit.frequencies[columns])
        for fit, columns in ((topics, ours), (other, theirs))
    ]
    return agreement(sides[0], sides[1])
