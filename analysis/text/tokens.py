"""Tokens: the running words of passages, each with its place, layer and voice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.errors import InputError
from analysis.tables import SCHEMAS, as_table, check_table
from analysis.text.running import Codes, RunningText, Span, running_text
from analysis.text.words import DEFAULT_WORD_RULE, normalise, word_spans

_NEEDED = ("passage_id", "doc_id", "char_start", "char_end")


def tokenize(
    passages: pd.DataFrame, *, corpus: Corpus | None = None, rule: str = DEFAULT_WORD_RULE
) -> pd.DataFrame:
    """Return the tokens of passages: one row a running word, in order, in all layers and voices.

    ``raw[char_start:char_end]`` of a token gives it after the edits that lie inside (by the default
    rule: another may cut a compound in two that one edit corrects); `token` keeps its case, `term`
    is normalised. Voices are not filtered here but when counting and scoring.

    Parameters
    ----------
    passages : DataFrame
        What `split_passages` returns, or some of its rows.
    corpus : Corpus, optional
        The corpus that the passages are of; those of `split_passages` remember it.
    rule : str
        What counts as a word: English.all (the default: contractions and hyphenated compounds are
        one word), English.contr or English.

    Returns
    -------
    DataFrame
        The tokens table; `token_index` and `sentence_index` count from 1 in each passage.

    Raises
    ------
    InputError
        If the corpus of the passages is not known, or the rule is unknown.
    """
    corpus = corpus if corpus is not None else getattr(passages, "corpus", None)
    if not isinstance(corpus, Corpus):
        raise InputError(
            "These passages do not remember their corpus (they were read from a file or merged); "
            "give it: tokenize(passages, corpus=corpus)."
        )
    check_table(passages, "passages", columns=_NEEDED)
    places: dict[str, tuple[RunningText, Codes]] = {}
    for doc_id in map(str, dict.fromkeys(passages["doc_id"])):
        running = running_text(corpus.text(doc_id))
        words = running.words
        if rule != DEFAULT_WORD_RULE:
            words = np.array(word_spans(running.text, rule=rule), dtype=np.int64).reshape(-1, 2)
        places[doc_id] = running, words
    columns: dict[str, list[Any]] = {name: [] for name in SCHEMAS["tokens"].names}
    texts = passages["text"] if "text" in passages.columns else [None] * len(passages)
    rows = zip(*(passages[name] for name in _NEEDED), texts, strict=True)
    for passage_id, doc_id, char_start, char_end, text in rows:
        running, words = places[str(doc_id)]
        span = _located(running, span=(int(char_start), int(char_end)), text=text)
        first, last = np.searchsorted(words[:, 0], span)
        if first < last:
            _append(columns, running, words=words[first:last], passage_id=str(passage_id))
    return as_table(pd.DataFrame(columns), "tokens")


def _located(running: RunningText, *, span: Span, text: object) -> Span:
    """Return where the passage with a raw span is in the running text.

    Where a correction gave several words one place, the passage's `text` tells where it begins.
    """
    start = int(np.searchsorted(running.starts, span[0]))
    if isinstance(text, str) and text:
        for place in range(start, int(np.searchsorted(running.starts, span[0], side="right"))):
            if running.text.startswith(text, place):
                return place, place + len(text)
    return start, int(np.searchsorted(running.ends, span[1], side="right"))


def _append(
    columns: dict[str, list[Any]], running: RunningText, *, words: Codes, passage_id: str
) -> None:
    """Append the tokens of one passage, at least one, to the columns."""
    n = len(words)
    begins, stops = words[:, 0], words[:, 1]
    sentences = np.searchsorted(running.sentence_starts, begins, side="right")
    paragraphs = np.searchsorted(running.paragraph_starts, begins, side="right") - 1
    kinds = [running.kinds[code] for code in running.voices[begins].tolist()]
    found = [running.text[begin:stop] for begin, stop in words.tolist()]
    columns["passage_id"] += [passage_id] * n
    columns["doc_id"] += [running.doc_id] * n
    columns["token_index"] += range(1, n + 1)
    columns["sentence_index"] += (sentences - sentences[0] + 1).tolist()
    columns["char_start"] += running.starts[begins].tolist()
    columns["char_end"] += running.ends[stops - 1].tolist()
    columns["token"] += found
    columns["term"] += map(normalise, found)
    columns["layer"] += [running.layers[number] for number in paragraphs.tolist()]
    columns["voice"] += [kind.voice for kind in kinds]
    columns["speaker"] += [kind.speaker for kind in kinds]
