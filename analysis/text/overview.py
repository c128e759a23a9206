"""First looks at a corpus: how many words are whose, and where a word stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.errors import InputError
from analysis.results import Shown
from analysis.tables import RUNNING_LAYERS
from analysis.text.concordance import kwic
from analysis.text.words import DEFAULT_WORD_RULE, word_spans

ROUNDING = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class WordsByVoice(Shown):
    """How many words of each layer and voice a corpus has.

    `table` has one row a doc_id, layer and voice: n_words, their share of the text's words, and
    `kept`, whether the default analyses count them (the author's words of the running text).
    """

    table: pd.DataFrame
    rule: str

    @property
    def kept_share(self) -> pd.Series:
        """Return the share of each text's words that the default analyses count, by doc_id."""
        kept = self.table[self.table["kept"]].groupby("doc_id", sort=False)["share"].sum()
        return kept.reindex(self.table["doc_id"].drop_duplicates(), fill_value=0.0)

    def plot_table(self) -> pd.DataFrame:
        """Return the table with shares rounded to 6 decimals."""
        return self.table.round({"share": ROUNDING})


@dataclass(frozen=True, kw_only=True, eq=False)
class Dispersion(Shown):
    """Where a word stands in each text.

    `table` has one row a hit: doc_id, passage_id, place, position (running words from the text's
    beginning), voice, layer, token. `rates` has one row a doc_id and voice: n_hits, n_words, and
    per_thousand (hits for a thousand running words of that voice).
    """

    term: str
    table: pd.DataFrame
    rates: pd.DataFrame
    n_words: dict[str, int]

    def plot_table(self) -> pd.DataFrame:
        """Return one row a hit with the length of its text; a text without hits has one row."""
        empty = [doc_id for doc_id in self.n_words if doc_id not in set(self.table["doc_id"])]
        rows = pd.concat([self.table, pd.DataFrame({"doc_id": empty})], ignore_index=True)
        rows["n_words"] = rows["doc_id"].map(self.n_words)
        rows["term"] = self.term
        order = {doc_id: number for number, doc_id in enumerate(self.n_words)}
        return rows.sort_values(
            ["doc_id", "position"], key=lambda one: one.map(order) if one.name == "doc_id" else one
        ).reset_index(drop=True)


def words_by_voice(corpus: Corpus, *, rule: str = DEFAULT_WORD_RULE) -> WordsByVoice:
    """Return how many words each text has in each layer and voice, notes and headings included.

    Parameters
    ----------
    corpus : Corpus
        What `read_corpus` returns.
    rule : str
        What counts as a word, see `tokenize`.
    """
    counts: dict[tuple[str, str, str], int] = {}
    for text in corpus.texts:
        for one in text.paragraphs:
            for start, _ in word_spans(one.paragraph.placed.text, rule=rule):
                key = (text.doc_id, one.layer, one.at(start).voice)
                counts[key] = counts.get(key, 0) + 1
    table = pd.DataFrame(
        [(*key, count) for key, count in sorted(counts.items())],
        columns=["doc_id", "layer", "voice", "n_words"],
    )
    order = {text.doc_id: number for number, text in enumerate(corpus.texts)}
    table = table.sort_values("doc_id", key=lambda one: one.map(order), kind="stable")
    table["share"] = table["n_words"] / table.groupby("doc_id")["n_words"].transform("sum")
    table["kept"] = table["layer"].isin(RUNNING_LAYERS) & (table["voice"] == "author")
    return WordsByVoice(table=table.reset_index(drop=True), rule=rule)


def word_dispersion(
    tokens: pd.DataFrame, term: str, *, voices: Collection[str] | None = None
) -> Dispersion:
    """Return where a word stands in each text, and how often for a thousand words of a voice.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    term : str
        A word, in any case; ``*`` stands for any letters. No phrase.
    voices : collection of str, optional
        Only these voices; positions count all running words all the same.

    Raises
    ------
    InputError
        If the term is a phrase or empty.
    """
    if len(term.split()) != 1:
        raise InputError(f"The term {term!r} is not one word; give one, such as 'terror*'.")
    numbered = tokens.assign(position=tokens.groupby("doc_id", sort=False).cumcount() + 1)
    place = numbered["doc_id"] + "@" + numbered["char_start"].astype(str)
    position = dict(zip(place, numbered["position"], strict=True))
    hits = kwic(tokens, term, window=0)
    chosen = list(voices) if voices is not None else sorted(set(tokens["voice"]))
    hits = hits[hits["voice"].isin(chosen)]
    hits = hits.assign(
        doc_id=[one.partition("@")[0] for one in hits["place"]],
        position=[position[one.rpartition("-")[0]] for one in hits["place"]],
    )
    columns = ["doc_id", "passage_id", "place", "position", "voice", "layer", "token"]
    n_words = tokens.groupby("doc_id", sort=False).size()
    by_voice = tokens[tokens["voice"].isin(chosen)].groupby(["doc_id", "voice"], sort=False).size()
    rates = by_voice.rename("n_words").reset_index()
    n_hits = hits.groupby(["doc_id", "voice"]).size().to_dict()
    keys = zip(rates["doc_id"], rates["voice"], strict=True)
    rates.insert(2, "n_hits", np.array([n_hits.get(key, 0) for key in keys], dtype=np.int64))
    rates["per_thousand"] = 1000 * rates["n_hits"] / rates["n_words"]
    return Dispersion(
        term=term,
        table=hits[columns].reset_index(drop=True),
        rates=rates,
        n_words={str(doc_id): int(count) for doc_id, count in n_words.items()},
    )
