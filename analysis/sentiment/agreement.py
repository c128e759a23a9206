"""Where lexicons agree, which words they quarrel about, and which words carry a corpus's scores."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.sentiment.context import masked
from analysis.sentiment.lexicons import (
    LEXICONS_OUT_OF_THE_BOX,
    Lexicon,
    lexicon_names,
    read_lexicon,
)
from analysis.tables import check_table


@dataclass(frozen=True, kw_only=True, eq=False)
class AgreementResult(Shown):
    """How far lexicons order the same passages alike.

    Attributes
    ----------
    matrix : DataFrame
        Spearman's rank correlation over passages that both scored, lexicon by lexicon: 1 is the
        same order, 0 none.
    pairs : DataFrame
        One row a pair: lexicon_a, lexicon_b, n_passages, rho, same_sign (share of passages on the
        same side of both neutral points).
    share_same_sign : float
        Share of passages, scored by all, that all lexicons put on the same side of neutral.
    n_passages : int
        Passages scored by all.
    voice : str
    reason : str
        Why values are NaN.
    """

    matrix: pd.DataFrame
    pairs: pd.DataFrame
    share_same_sign: float
    n_passages: int
    voice: str
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return one row an ordered pair of lexicons, rounded to 6 decimals: for a heat map."""
        long = self.matrix.rename_axis(index="lexicon_a").reset_index()
        return long.melt("lexicon_a", var_name="lexicon_b", value_name="rho").round(6)


def lexicon_agreement(scores: pd.DataFrame, *, voice: str = "author") -> AgreementResult:
    """Return the rank correlations between lexicons and how often they agree in sign.

    Parameters
    ----------
    scores : DataFrame
        The sentiment table of two or more lexicons.
    voice : str
        Whose words.

    Returns
    -------
    AgreementResult
        Without a value where fewer than 3 passages are scored by both.

    Raises
    ------
    InputError
        If the scores have fewer than two lexicons in that voice.

    Notes
    -----
    Agreement is not truth: lexicons made from each other agree (VADER's makers knew AFINN).
    """
    check_table(scores, "sentiment")
    wide = scores[scores["voice"] == voice].pivot(
        index="passage_id", columns="lexicon", values="mean_valence"
    )
    names = [name for name in dict.fromkeys(scores["lexicon"]) if name in wide]
    if len(names) < 2:
        raise InputError(
            f"Agreement needs two lexicons in the voice {voice!r}, and there are {len(names)}; "
            "score more."
        )
    wide = wide[names].astype(float)
    matrix = wide.corr(method="spearman", min_periods=3)
    sides = (wide - pd.Series({name: _centre(name) for name in names})).map(np.sign)
    rows = []
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            both = sides[[one, other]].dropna()
            rows.append(
                {
                    "lexicon_a": one,
                    "lexicon_b": other,
                    "n_passages": len(both),
                    "rho": matrix.loc[one, other],
                    "same_sign": float((both[one] == both[other]).mean()) if len(both) else np.nan,
                }
            )
    whole = sides.dropna()
    alike = whole.nunique(axis=1) == 1
    return AgreementResult(
        matrix=matrix.rename_axis(index=None, columns=None),
        pairs=pd.DataFrame(rows),
        share_same_sign=float(alike.mean()) if len(whole) else float("nan"),
        n_passages=len(whole),
        voice=voice,
        reason="" if len(whole) >= 3 else "fewer than 3 passages are scored by all lexicons",
    )


def _centre(name: str) -> float:
    """Return the neutral point of a lexicon by its name in a table; 0 for one's own."""
    return read_lexicon(name).centre if name in lexicon_names(carried=True) else 0.0


def word_influence(
    tokens: pd.DataFrame,
    lexicons: Sequence[str | Lexicon] = LEXICONS_OUT_OF_THE_BOX,
    *,
    voices: Collection[str] = ("author",),
    mask: Collection[str] = (),
) -> pd.DataFrame:
    """Return how much each word weighs in a lexicon's scores of these tokens.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    lexicons : sequence of str or Lexicon
    voices : collection of str
    mask : collection of str
        Words and phrases that are not scored.

    Returns
    -------
    DataFrame
        One row a lexicon and matched term: lexicon, term, n (tokens), valence (the lexicon's
        unit), distance (n times valence less the lexicon's centre) and share (of the sum of
        absolute distances, 0 to 1), in the order of the lexicons and (-share, term). For VADER
        it is its word list, before its rules for sentences.
    """
    check_table(tokens, "tokens", columns=("passage_id", "term", "voice"))
    kept = tokens[tokens["voice"].isin(list(voices))].reset_index(drop=True)
    counts = kept.loc[~masked(kept, phrases=mask), "term"].value_counts()
    parts = []
    for lexicon in _read(lexicons):
        terms = [term for term in counts.index if term in lexicon.valences]
        frame = pd.DataFrame({"term": terms, "n": counts[terms].to_numpy(dtype=np.int64)})
        frame["valence"] = frame["term"].map(lexicon.valences.get).astype(float)
        frame["distance"] = frame["n"] * (frame["valence"] - lexicon.centre)
        total = frame["distance"].abs().sum()
        frame["share"] = frame["distance"].abs() / (total if total > 0 else np.nan)
        frame = frame.assign(negative=-frame["share"]).sort_values(["negative", "term"])
        parts.append(frame.drop(columns="negative").assign(lexicon=lexicon.name))
    columns = ["lexicon", "term", "n", "valence", "distance", "share"]
    return pd.concat(parts, ignore_index=True)[columns]


def contested_words(
    tokens: pd.DataFrame,
    lexicons: Sequence[str | Lexicon] = LEXICONS_OUT_OF_THE_BOX,
    *,
    voices: Collection[str] = ("author",),
) -> pd.DataFrame:
    """Return the words that some lexicon calls positive and another negative.

    Parameters
    ----------
    tokens, lexicons, voices
        As for `word_influence`.

    Returns
    -------
    DataFrame
        One row a term, by (-n, term): term, n (tokens), and a column of valences a lexicon, in
        its own unit, NaN where it has not the word.
    """
    read = _read(lexicons)
    weights = word_influence(tokens, read, voices=voices)
    sides = np.sign(weights["distance"])
    both = weights.assign(side=sides).groupby("term")["side"].agg(["min", "max"])
    quarrel = both.index[(both["min"] < 0) & (both["max"] > 0)]
    chosen = weights[weights["term"].isin(quarrel)]
    wide = chosen.pivot(index="term", columns="lexicon", values="valence")
    wide = wide.reindex(columns=[lexicon.name for lexicon in read]).rename_axis(columns=None)
    wide.insert(0, "n", chosen.drop_duplicates("term").set_index("term")["n"])
    ordered = wide.reset_index().assign(less=lambda table: -table["n"])
    return ordered.sort_values(["less", "term"]).drop(columns="less").reset_index(drop=True)


def _read(lexicons: Sequence[str | Lexicon]) -> list[Lexicon]:
    """Return the lexicons, read where they are names."""
    return [entry if isinstance(entry, Lexicon) else read_lexicon(entry) for entry in lexicons]
