"""Which tokens name a person: by words and phrases, or by a table of mentions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.sentiment.context import masked
from analysis.tables import check_table

Persons = Mapping[str, Collection[str]] | pd.DataFrame


def named_tokens(tokens: pd.DataFrame, persons: Persons) -> dict[str, np.ndarray]:
    """Return for each person which tokens name them.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table, in reading order.
    persons : mapping or DataFrame
        From a person to the words or phrases that name them (English possessives count too), or
        the mentions table: its rows with a person_id, persons by (-mentions, person_id).

    Raises
    ------
    InputError
        If no person is named.
    """
    if isinstance(persons, pd.DataFrame):
        named = _by_mentions(tokens, mentions=persons)
    elif not isinstance(persons, Mapping):
        raise InputError(
            f"persons is a {type(persons).__name__}; give find_mentions(corpus), or the words that "
            'name each person, such as {"Lenin": ["lenin"]}.'
        )
    else:
        bare = tokens.assign(term=tokens["term"].str.removesuffix("'s"))
        named = {person: masked(bare, phrases=names) for person, names in persons.items()}
    if not named:
        raise InputError("No person is named; give a person with the words that name them.")
    return named


def _by_mentions(tokens: pd.DataFrame, *, mentions: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return for each person_id which tokens lie in one of its mentions."""
    check_table(mentions, "mentions", columns=("doc_id", "char_start", "char_end", "person_id"))
    check_table(tokens, "tokens", columns=("doc_id", "char_start", "char_end"))
    known = mentions[mentions["person_id"].notna()]
    counts = known["person_id"].value_counts()
    order = sorted(counts.index, key=lambda person: (-int(counts[person]), str(person)))
    named = {str(person): np.zeros(len(tokens), dtype=bool) for person in order}
    start = tokens["char_start"].to_numpy(dtype=np.int64)
    for (doc_id, person), own in known.groupby(["doc_id", "person_id"], sort=False):
        rows = np.flatnonzero((tokens["doc_id"] == doc_id).to_numpy(dtype=bool))
        spans = own.sort_values("char_start", kind="stable")
        begins = spans["char_start"].to_numpy(dtype=np.int64)
        ends = spans["char_end"].to_numpy(dtype=np.int64)
        at = np.searchsorted(begins, start[rows], side="right") - 1
        inside = (at >= 0) & (start[rows] < ends[np.maximum(at, 0)])
        named[str(person)][rows[inside]] = True
    return named
