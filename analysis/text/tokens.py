"""Tokens: the running words of passages, each with its place, layer and voice."""

from __future__ import annotations

import bisect
from typing import Any

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.errors import InputError
from analysis.tables import SCHEMAS, as_table, check_table
from analysis.text.running import RunningText, running_text
from analysis.text.words import DEFAULT_WORD_RULE, normalise, word_spans


def tokenize(
    passages: pd.DataFrame, *, corpus: Corpus | None = None, rule: str = DEFAULT_WORD_RULE
) -> pd.DataFrame:
    """Return the tokens of passages: one row a running word, in order, in all layers and voices.

    ``raw[char_start:char_end]`` of a token gives it after the logged edits; `token` keeps its case,
    `term` is normalised. Voices are not filtered here but when counting and scoring.

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
    needed = ("passage_id", "doc_id", "char_start", "char_end")
    check_table(passages, "passages", columns=needed)
    columns: dict[str, list[Any]] = {name: [] for name in SCHEMAS["tokens"].names}
    places: dict[str, tuple[RunningText, np.ndarray[Any, np.dtype[np.int64]]]] = {}
    for doc_id in dict.fromkeys(passages["doc_id"]):
        running = running_text(corpus.text(str(doc_id)))
        words = running.words
        if rule != DEFAULT_WORD_RULE:
            words = np.array(word_spans(running.text, rule=rule), dtype=np.int64).reshape(-1, 2)
        places[str(doc_id)] = running, words
    rows = zip(*(passages[name] for name in needed), strict=True)
    for passage_id, doc_id, char_start, char_end in rows:
        running, words = places[str(doc_id)]
        _append(
            columns,
            running,
            words=words,
            passage_id=str(passage_id),
            span=(int(char_start), int(char_end)),
        )
    return as_table(pd.DataFrame(columns), "tokens")


def _append(
    columns: dict[str, list[Any]],
    running: RunningText,
    *,
    words: np.ndarray[Any, np.dtype[np.int64]],
    passage_id: str,
    span: tuple[int, int],
) -> None:
    """Append the tokens of one passage to the columns."""
    start = int(np.searchsorted(running.starts, span[0]))
    end = int(np.searchsorted(running.ends, span[1], side="right"))
    first = int(np.searchsorted(words[:, 0], start))
    last = int(np.searchsorted(words[:, 0], end))
    sentence_starts = [sentence[0] for sentence in running.sentences]
    paragraph_starts = [paragraph[0] for paragraph in running.paragraphs]
    opening = bisect.bisect_right(sentence_starts, start) - 1
    for index, (begin, stop) in enumerate(words[first:last].tolist(), 1):
        token = running.text[begin:stop]
        kind = running.kinds[int(running.voices[begin])]
        paragraph = bisect.bisect_right(paragraph_starts, begin) - 1
        columns["passage_id"].append(passage_id)
        columns["doc_id"].append(running.doc_id)
        columns["token_index"].append(index)
        columns["sentence_index"].append(bisect.bisect_right(sentence_starts, begin) - opening)
        columns["char_start"].append(int(running.starts[begin]))
        columns["char_end"].append(int(running.ends[stop - 1]))
        columns["token"].append(token)
        columns["term"].append(normalise(token))
        columns["layer"].append(running.layers[paragraph])
        columns["voice"].append(kind.voice)
        columns["speaker"].append(kind.speaker)
