"""The tone of an author's words near the mention of a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.sentiment.context import masked
from analysis.sentiment.lexicons import Lexicon, read_lexicon
from analysis.sentiment.mentions import Persons, named_tokens
from analysis.tables import check_table
from analysis.uncertainty.blocks import LEAST_BLOCKS, block_numbers, jackknife_interval

BLOCK = 5
"""Passages a jackknife block."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PersonsResult(Shown):
    """How positive the words near each person are, against the author's other words.

    Attributes
    ----------
    table : DataFrame
        One row a person, group and lexicon: n_mentions, n_words (near), n_matched, valence_near,
        valence_elsewhere, difference (higher: warmer than elsewhere), low, high (jackknife over
        blocks of five passages, for more text of the same kind), reason where they are NaN.
    lines : DataFrame
        One row a mention: person, group, passage_id, char_start, char_end, line (the words near
        it) and the valence of each lexicon.
    reach : int
        How many tokens on each side are near.
    """

    table: pd.DataFrame
    lines: pd.DataFrame
    reach: int

    def plot_table(self) -> pd.DataFrame:
        """Return the table, rounded to 6 decimals."""
        return self.table.round(6)


def around_persons(
    tokens: pd.DataFrame,
    persons: Persons,
    *,
    lexicons: Sequence[str | Lexicon] = ("afinn", "bing", "labmt"),
    groups: Mapping[str, str] | None = None,
    voices: Collection[str] = ("author",),
    reach: int = 20,
    mask: Collection[str] = (),
    level: float = 0.95,
) -> PersonsResult:
    """Return the mean valence of the words near mentions of each person, by group.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table, in reading order.
    persons : mapping of str to collection of str, or DataFrame
        From a person to the words or phrases that name them, such as
        ``{"Trotsky": ["trotsky", "lev davidovich"]}`` (English possessives count too), or the
        mentions table. "He" and "she" are not followed.
    lexicons : sequence of str or Lexicon
        Those whose scores are means over words.
    groups : mapping of str to str, optional
        From doc_id to a group, such as its author; each text by default.
    voices : collection of str
        Whose words and mentions count: the author's own by default.
    reach : int
        Tokens of these voices on each side of a mention, within its passage.
    mask : collection of str
        Words and phrases that are not scored.
    level : float
        Of the interval.

    Returns
    -------
    PersonsResult

    Raises
    ------
    InputError
        If no person is named, or a lexicon's rule is not a bag of words.

    Notes
    -----
    A word near two mentions counts once. Known bias: words near a name are about many things;
    a person who is mentioned in battles has battles' words.
    """
    check_table(tokens, "tokens", columns=("passage_id", "doc_id", "term", "voice", "token"))
    if reach < 1:
        raise InputError(f"The reach is {reach}; give at least one token on each side.")
    spoken = tokens[tokens["voice"].isin(list(voices))].reset_index(drop=True)
    read = [_bag(entry) for entry in lexicons]
    scored = {lexicon.name: _valences(spoken, lexicon=lexicon, mask=mask) for lexicon in read}
    group = spoken["doc_id"].map(dict(groups)) if groups else spoken["doc_id"]
    block = _blocks(spoken)
    rows: list[dict[str, object]] = []
    lines: list[dict[str, object]] = []
    for person, named in named_tokens(spoken, persons).items():
        near = _near(named, passage=pd.factorize(spoken["passage_id"])[0], reach=reach) & ~named
        for name in dict.fromkeys(group.dropna()):
            own = (group == name).to_numpy(dtype=bool)
            mentions = np.flatnonzero(named & own & ~np.concatenate([[False], named[:-1]]))
            about = {"person": person, "group": name, "n_mentions": len(mentions)}
            for lexicon, valence in scored.items():
                rows.append(
                    {
                        **about,
                        "lexicon": lexicon,
                        "n_words": int((near & own).sum()),
                        **_difference(
                            valence[own],
                            near=near[own],
                            named=named[own],
                            block=block[own],
                            level=level,
                        ),
                    }
                )
            lines.extend(
                {
                    "person": person,
                    "group": name,
                    **_line(spoken, place=int(place), reach=reach, scored=scored),
                }
                for place in mentions
            )
    return PersonsResult(table=pd.DataFrame(rows), lines=pd.DataFrame(lines), reach=reach)


def _bag(entry: str | Lexicon) -> Lexicon:
    """Return the lexicon, which has to be a bag of words."""
    lexicon = entry if isinstance(entry, Lexicon) else read_lexicon(entry)
    if lexicon.rule != "bag":
        raise InputError(f"The scores of {lexicon.name} are no means over words; leave it out.")
    return lexicon


def _valences(tokens: pd.DataFrame, *, lexicon: Lexicon, mask: Collection[str]) -> np.ndarray:
    """Return the valence of each token, NaN where the lexicon has none or it is masked."""
    codes, terms = pd.factorize(tokens["term"])
    value = np.array([lexicon.valences.get(term, np.nan) for term in terms])
    return np.where(masked(tokens, phrases=mask), np.nan, value[codes])


def _blocks(tokens: pd.DataFrame) -> np.ndarray:
    """Return the jackknife block of each token: runs of passages of one text."""
    passages = tokens.drop_duplicates("passage_id")[["passage_id", "doc_id"]]
    number: dict[str, tuple[str, int]] = {}
    for doc_id, own in passages.groupby("doc_id", sort=False):
        blocks = block_numbers(len(own), length=BLOCK)
        number.update(
            {
                passage: (str(doc_id), int(block))
                for passage, block in zip(own["passage_id"], blocks, strict=True)
            }
        )
    return tokens["passage_id"].map(number).to_numpy(dtype=object)


def _near(named: np.ndarray, *, passage: np.ndarray, reach: int) -> np.ndarray:
    """Return which tokens stand within reach of a named one in the same passage."""
    near = named.copy()
    for step in range(1, reach + 1):
        same = passage[step:] == passage[:-step]
        near[step:] |= named[:-step] & same
        near[:-step] |= named[step:] & same
    return near


def _difference(
    valence: np.ndarray, *, near: np.ndarray, named: np.ndarray, block: np.ndarray, level: float
) -> dict[str, object]:
    """Return mean valence near and elsewhere, and their difference with its interval."""
    matched = np.isfinite(valence) & ~named
    inside, outside = matched & near, matched & ~near
    sides = {"near": inside, "elsewhere": outside}
    codes, names = pd.factorize(block)
    total = {
        side: np.bincount(codes[at], weights=valence[at], minlength=len(names))
        for side, at in sides.items()
    }
    count = {side: np.bincount(codes[at], minlength=len(names)) for side, at in sides.items()}
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = {side: total[side].sum() / count[side].sum() for side in sides}
        left = {
            side: (total[side].sum() - total[side]) / (count[side].sum() - count[side])
            for side in sides
        }
    without = left["near"] - left["elsewhere"]
    texts = np.array([doc_id for doc_id, _ in names], dtype=object)
    by_text = [without[texts == doc_id] for doc_id in dict.fromkeys(texts)]
    value = float(mean["near"] - mean["elsewhere"])
    interval = jackknife_interval(value, by_text, level=level)
    held = int((count["near"] > 0).sum())
    reason = interval.reason
    if 0 < held < LEAST_BLOCKS:
        reason = f"mentioned in {held} blocks of passages; an interval needs {LEAST_BLOCKS}"
    if held == 0:
        reason = "no scored word near a mention"
    withheld = bool(reason)
    return {
        "n_matched": int(inside.sum()),
        "valence_near": float(mean["near"]),
        "valence_elsewhere": float(mean["elsewhere"]),
        "difference": value,
        "low": float("nan") if withheld else interval.low,
        "high": float("nan") if withheld else interval.high,
        "reason": reason,
    }


def _line(
    tokens: pd.DataFrame, *, place: int, reach: int, scored: Mapping[str, np.ndarray]
) -> dict[str, object]:
    """Return one mention with the words near it and their mean valence by lexicon."""
    passage = tokens["passage_id"].to_numpy(dtype=object)
    first, last = max(place - reach, 0), min(place + reach + 1, len(tokens))
    at = np.arange(first, last)
    at = at[passage[at] == passage[place]]
    row = tokens.iloc[place]
    means = {}
    for lexicon, valence in scored.items():
        values = valence[at][np.isfinite(valence[at])]
        means[lexicon] = float(values.mean()) if len(values) else float("nan")
    return {
        "passage_id": row["passage_id"],
        "char_start": int(row["char_start"]) if "char_start" in row else -1,
        "char_end": int(row["char_end"]) if "char_end" in row else -1,
        "line": " ".join(tokens["token"].iloc[at]),
        **means,
    }
