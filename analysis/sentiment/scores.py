"""Valence of passages: each lexicon and each voice a series of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.sentiment.context import context_factors, masked
from analysis.sentiment.lexicons import LEXICONS_OUT_OF_THE_BOX, Lexicon, read_lexicon
from analysis.sentiment.vader import mean_compounds
from analysis.tables import LAYERS, VOICES, as_table, check_table

LexiconLike = str | Path | Lexicon
_NEEDED = ("passage_id", "term", "voice")


def score_sentiment(
    tokens: pd.DataFrame,
    lexicons: Sequence[LexiconLike] | None = None,
    *,
    voices: Collection[str] | None = None,
    layers: Collection[str] | None = None,
    mask: Collection[str] = (),
    negation: bool = False,
    intensifiers: bool = False,
) -> pd.DataFrame:
    """Return the mean valence of each passage, by lexicon and voice; higher is more positive.

    Tokens are counted, not types: a word that stands three times counts three times. Scores of
    two lexicons have different units; compare their ranks (`mean_rank`), not their values.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table, or any frame with its columns passage_id, term and voice; VADER needs
        token and sentence_index too, negation and intensifiers need sentence_index.
    lexicons : sequence of str, Path or Lexicon, optional
        Names (`lexicon_names`), paths of tables with the columns term and valence, or lexicons
        that were read; all that work out of the box by default.
    voices, layers : collection of str, optional
        Which voices and layers are scored; all that the tokens have by default.
    mask : collection of str
        Words and phrases whose tokens are not scored (they stay in n_tokens): names of this
        corpus that a lexicon takes for moods, such as "party" or "red army".
    negation : bool
        For lexicons that are bags of words: turn a matched word that follows a negation within
        three tokens of its sentence, by VADER's factor of -0.74 about the lexicon's centre.
        VADER always does so by its own rules.
    intensifiers : bool
        Strengthen or weaken a matched word after "very", "hardly" and their like, by VADER's
        29.3 percent. English only, as negation is.

    Returns
    -------
    DataFrame
        The sentiment table, one row a passage, lexicon and voice that occurs in the passage, in
        the order of the tokens and of the lexicons. mean_valence is in the lexicon's unit, by
        matched token (for VADER: the mean over sentences of its compound, -1 to 1), null where
        n_matched is 0; n_tokens are the tokens of that voice in the passage, the same for every
        lexicon; coverage is n_matched / n_tokens.

    Raises
    ------
    InputError
        If a lexicon, voice or layer is unknown, a lexicon is given twice, or no word of a
        lexicon of one's own occurs in the tokens.
    SchemaError
        If the tokens lack a column.

    Notes
    -----
    Known biases: lexicons are made for other times and kinds of text (`Lexicon.made_for`), they
    score names (Party, Opposition, Red Army) and the words of quoted enemies. VADER reads the
    tokens joined by spaces, so capitals count but exclamation marks do not.
    """
    check_table(tokens, "tokens", columns=_NEEDED)
    chosen = _lexicons(lexicons)
    kept = _selected(tokens, voices=voices, layers=layers)
    group, groups = _passages_and_voices(kept)
    blind = masked(kept, phrases=mask)
    codes, distinct = pd.factorize(kept["term"])
    terms = distinct.tolist()  # Strings of Python's: those of pandas are slow to go through.
    factor = None
    if negation or intensifiers:
        factor = context_factors(kept, negation=negation, intensifiers=intensifiers)
    n_tokens = np.bincount(group, minlength=len(groups))
    parts = []
    for lexicon, is_own in chosen:
        value = np.array([lexicon.valences.get(term, np.nan) for term in terms])
        valence = np.where(blind, np.nan, value[codes]) if len(terms) else np.zeros(0)
        matched = np.isfinite(valence)
        if is_own and not matched.any():
            raise InputError(
                f"No word of the lexicon {lexicon.name} occurs in the tokens; "
                "is it in another language or spelling?"
            )
        n_matched = np.bincount(group[matched], minlength=len(groups))
        if lexicon.rule == "vader":
            mean = mean_compounds(kept, group=group, matched=matched, blind=blind)
        else:
            if factor is not None:
                valence = lexicon.centre + (valence - lexicon.centre) * factor
            total = np.bincount(group[matched], weights=valence[matched], minlength=len(groups))
            mean = total / np.where(n_matched > 0, n_matched, 1)
        mean = np.where(n_matched > 0, mean, np.nan)
        columns = {"mean_valence": mean, "n_matched": n_matched, "n_tokens": n_tokens}
        parts.append(groups.assign(lexicon=lexicon.name, **columns))
    return _table(parts)


def _passages_and_voices(tokens: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the group of each token, and the passage and voice of each group, as they come."""
    passage, passages = pd.factorize(tokens["passage_id"])
    voice, voices = pd.factorize(tokens["voice"])
    group, pairs = pd.factorize(passage * max(len(voices), 1) + voice)
    first = np.asarray(pairs) // max(len(voices), 1)
    second = np.asarray(pairs) % max(len(voices), 1)
    groups = pd.DataFrame({"passage_id": passages.take(first), "voice": voices.take(second)})
    return group, groups


def _table(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the sentiment table: passages in their order, then lexicons, then voices."""
    scores = pd.concat(parts, ignore_index=True)
    scores["coverage"] = scores["n_matched"] / scores["n_tokens"]
    passage = pd.factorize(scores["passage_id"])[0]
    lexicon = pd.factorize(scores["lexicon"])[0]
    voice = scores["voice"].map({voice: place for place, voice in enumerate(VOICES)})
    order = np.lexsort((voice.to_numpy(dtype=float), lexicon, passage))
    return as_table(scores.iloc[order], "sentiment")


def _lexicons(lexicons: Sequence[LexiconLike] | None) -> list[tuple[Lexicon, bool]]:
    """Return each lexicon, and whether it is the user's own."""
    if lexicons is None:
        lexicons = LEXICONS_OUT_OF_THE_BOX
    if isinstance(lexicons, (str, Path, Lexicon)) or not lexicons:
        raise InputError(f"lexicons must be a list with at least one lexicon, not {lexicons!r}.")
    chosen = [entry if isinstance(entry, Lexicon) else read_lexicon(entry) for entry in lexicons]
    names = [lexicon.name for lexicon in chosen]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"The lexicon {name} is given twice; leave one out or rename it.")
    carried = [lexicon.name in LEXICONS_OUT_OF_THE_BOX for lexicon in chosen]
    return [(lexicon, not known) for lexicon, known in zip(chosen, carried, strict=True)]


def _selected(
    tokens: pd.DataFrame, *, voices: Collection[str] | None, layers: Collection[str] | None
) -> pd.DataFrame:
    """Return the tokens of these voices and layers, checked."""
    kept = tokens
    for what, names, known in (("voice", voices, VOICES), ("layer", layers, LAYERS)):
        if names is None:
            continue
        if isinstance(names, str):
            raise InputError(f"{what}s must be a list of names: write [{names!r}].")
        strange = sorted(set(names) - set(known))
        if strange:
            raise InputError(f"There is no {what} {strange[0]!r}; use some of {', '.join(known)}.")
        check_table(tokens, "tokens", columns=(what,))
        kept = kept[kept[what].isin(list(names))]
    return kept.reset_index(drop=True)
