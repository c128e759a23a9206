"""Which words make the difference between some passages and others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.results import Shown
from analysis.sentiment.context import masked
from analysis.sentiment.lexicons import Lexicon, read_lexicon
from analysis.sentiment.trends import TrendResult
from analysis.tables import check_table


@dataclass(frozen=True, kw_only=True, eq=False)
class WordShift(Shown):
    """The difference in mean valence between two sets of passages, word by word.

    Attributes
    ----------
    table : DataFrame
        One row a matched term: term, n_target, n_reference, share_target, share_reference (of
        matched tokens), valence, contribution. Contributions add up to ``difference``; they are
        ordered by size, then term.
    difference : float
        Mean valence of the target less that of the reference, in the lexicon's unit.
    mean_target, mean_reference : float
    n_target, n_reference : int
        Matched tokens.
    lexicon : str
    reason : str
        Why the difference is NaN.
    """

    table: pd.DataFrame
    difference: float
    mean_target: float
    mean_reference: float
    n_target: int
    n_reference: int
    lexicon: str
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return the table, rounded to 6 decimals, as its parts add up before rounding."""
        return self.table.round(6)


def word_shift(
    tokens: pd.DataFrame,
    passage_ids: Collection[str],
    *,
    lexicon: str | Lexicon = "labmt",
    reference_ids: Collection[str] | None = None,
    voices: Collection[str] = ("author",),
    mask: Collection[str] = (),
) -> WordShift:
    """Return what each word adds to the difference between some passages and the rest.

    Positive contributions raise the target above the reference: more of a word that lies above
    the reference's mean, or less of one that lies below it.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    passage_ids : collection of str
        The target: passages of the tokens.
    lexicon : str or Lexicon
        One whose scores are means over words; VADER's are not.
    reference_ids : collection of str, optional
        What they are compared with; the other passages of the same texts by default.
    voices, mask : collection of str
        As for `score_sentiment`.

    Returns
    -------
    WordShift
        With the difference NaN and a reason where one side has no matched word.

    Raises
    ------
    InputError
        If a passage is not in the tokens, or the lexicon's rule is not a bag of words.

    Notes
    -----
    contribution = (valence - mean of the reference) x (share in target - share in reference).
    Dodds and Danforth (2010), doi:10.1007/s10902-009-9150-9; Gallagher et al. (2021),
    doi:10.1140/epjds/s13688-021-00260-3.
    """
    read = lexicon if isinstance(lexicon, Lexicon) else read_lexicon(lexicon)
    if read.rule != "bag":
        raise InputError(
            f"The scores of {read.name} are no means over words, so words cannot add up to them; "
            "explain the passages with afinn, bing, labmt, pattern or a lexicon of your own."
        )
    check_table(tokens, "tokens", columns=("passage_id", "doc_id", "term", "voice"))
    target, reference = _sides(tokens, passage_ids=passage_ids, reference_ids=reference_ids)
    spoken = tokens["voice"].isin(list(voices)) & ~masked(tokens, phrases=mask)
    matched = tokens[spoken & tokens["term"].isin(list(read.valences))]
    one = _counts(matched, passage_ids=target)
    other = _counts(matched, passage_ids=reference)
    terms = sorted(set(one.index) | set(other.index))
    table = pd.DataFrame({"term": terms})
    for name, counts in (("target", one), ("reference", other)):
        table[f"n_{name}"] = counts.reindex(terms, fill_value=0).to_numpy(dtype=np.int64)
    table["valence"] = [read.valences[term] for term in terms]
    return _shifted(table, lexicon=read.name)


def _shifted(table: pd.DataFrame, *, lexicon: str) -> WordShift:
    """Return the word shift of counted terms."""
    n_target, n_reference = int(table["n_target"].sum()), int(table["n_reference"].sum())
    for name, total in (("target", n_target), ("reference", n_reference)):
        table[f"share_{name}"] = table[f"n_{name}"] / (total if total else np.nan)
    mean_target = float((table["valence"] * table["share_target"]).sum(min_count=1))
    mean_reference = float((table["valence"] * table["share_reference"]).sum(min_count=1))
    difference = table["share_target"] - table["share_reference"]
    table["contribution"] = (table["valence"] - mean_reference) * difference
    order = np.lexsort((table["term"], -table["contribution"].abs().fillna(0.0)))
    columns = ["term", "n_target", "n_reference", "share_target", "share_reference"]
    empty = "target" if not n_target else "reference"
    return WordShift(
        table=table.iloc[order][[*columns, "valence", "contribution"]].reset_index(drop=True),
        difference=mean_target - mean_reference,
        mean_target=mean_target,
        mean_reference=mean_reference,
        n_target=n_target,
        n_reference=n_reference,
        lexicon=lexicon,
        reason="" if n_target and n_reference else f"the {empty} has no word of {lexicon}",
    )


def _sides(
    tokens: pd.DataFrame,
    *,
    passage_ids: Collection[str],
    reference_ids: Collection[str] | None,
) -> tuple[set[str], set[str]]:
    """Return the passages of the target and of the reference, checked."""
    if isinstance(passage_ids, str) or not passage_ids:
        raise InputError(f"passage_ids must be a list of passages, not {passage_ids!r}.")
    texts = tokens.drop_duplicates("passage_id").set_index("passage_id")["doc_id"]
    target = set(passage_ids)
    unknown = sorted((target | set(reference_ids or ())) - set(texts.index))
    if unknown:
        raise InputError(f"The tokens have no passage {unknown[0]!r}; give ids that they have.")
    if reference_ids is not None:
        return target, set(reference_ids)
    same_texts = texts[texts.isin(texts[list(target)])]
    return target, set(same_texts.index) - target


def _counts(tokens: pd.DataFrame, *, passage_ids: set[str]) -> pd.Series:
    """Return how often each term occurs in these passages."""
    return tokens.loc[tokens["passage_id"].isin(list(passage_ids)), "term"].value_counts()


def explain_peaks(
    result: TrendResult,
    tokens: pd.DataFrame,
    *,
    lexicon: str | Lexicon = "labmt",
    mask: Collection[str] = (),
) -> tuple[WordShift, ...]:
    """Return a word shift for each called peak and trough, in the order of ``result.peaks``.

    The target is the passages under the window, the reference the rest of the same texts, in the
    voices of the arc. The words are those of one lexicon, also where the arc is a mean rank.
    """
    peaks: Iterable[str] = result.peaks["passage_ids"]
    return tuple(
        word_shift(tokens, ids.split(), lexicon=lexicon, voices=result.settings.voices, mask=mask)
        for ids in peaks
    )
