"""Consensus trees: which texts keep standing together when their passages are drawn anew.

Support is the stability of this text sample under other passages and other numbers of words. It
is no probability that a branch is true: texts by different authors reach high support too, which
is why `calibrate_tree` sets beside it how often they do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.authors.checks import check_one_of, check_whole
from analysis.authors.clades import collapse, layout, newick
from analysis.authors.coded import code_texts
from analysis.authors.leaves import bits, check_leaves, leaves_of
from analysis.authors.measures import MEASURES
from analysis.authors.resampling import LINKAGES, Forest, Linkage, grow
from analysis.results import Shown

STABILITY = "stability of this text sample, not the probability that a branch is true"


@dataclass(frozen=True, kw_only=True, eq=False)
class TreeResult(Shown):
    """A consensus tree and the support of its branches.

    Attributes
    ----------
    clades : DataFrame
        One row a set of leaves that any tree has: clade (leaves joined by " + "), n_leaves,
        support (share of trees, 0 to 1), kept (above one half), share_different (share of draws
        of the same shape by all different authors in which some set reaches this support; NaN
        until `calibrate_tree`).
    leaves : tuple of str
        Texts, or halves of long texts (``text a``, ``text b``).
    newick : str
        The tree with branches up to one half collapsed; supports as node labels.
    bands : tuple of int
        The numbers of most frequent words.
    n_trees : int
        Resamples times bands.
    support_is : str
        What support means, for captions.
    """

    clades: pd.DataFrame
    leaves: tuple[str, ...]
    newick: str
    bands: tuple[int, ...]
    n_trees: int
    forest: Forest = field(repr=False)
    lengths: tuple[int, ...] = ()
    half_words: int | None = None
    seed: int = 1
    support_is: str = STABILITY
    reference: str = ""
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return one row a branch of the collapsed tree, rounded to 6 decimals.

        Columns: node, parent, label (of a leaf), support, share_different, x (depth), y.
        """
        kept = self.clades[self.clades["kept"]]
        table = layout(self.leaves, clades=[tuple(c.split(" + ")) for c in kept["clade"]])
        known = kept.set_index("clade")[["support", "share_different"]]
        return table.join(known, on="clade").round(6)


def consensus_tree(
    tokens: pd.DataFrame,
    *,
    voices: Collection[str] = ("author",),
    n_terms: Sequence[int] = (100, 200, 300, 400, 500),
    n_resamples: int = 200,
    passage_words: int = 150,
    half_words: int | None = None,
    measure: str = "burrows",
    linkage: Linkage = "average",
    seed: int = 1,
) -> TreeResult:
    """Return the tree on which most resamples of passages and numbers of words agree.

    Parameters
    ----------
    tokens : DataFrame
        The tokens table.
    voices : collection of str
    n_terms : sequence of int
        The numbers of most frequent words; each resample gives one tree for each.
    n_resamples : int
        Each draws as many passages, with replacement, from every leaf as the shortest leaf has:
        leaves of equal length are equally noisy.
    passage_words : int
        Running words of a passage.
    half_words : int, optional
        A text of at least twice so many words is two leaves, its halves. A half and its sister
        show how near one text stands to itself.
    measure, linkage : str
        The distance, and how clusters are joined: average, complete, single or ward.
    seed : int

    Raises
    ------
    InputError
        For fewer than three leaves, a leaf shorter than two passages, or unknown names.

    Notes
    -----
    Every tree has every leaf, so that support is counted over all trees (Eder 2017,
    doi:10.1093/llc/fqv039, on consensus over bands; majority rule of Margush and McMorris 1981).
    """
    check_one_of(measure, name="measure", known=MEASURES)
    check_one_of(linkage, name="linkage", known=LINKAGES)
    for value, name in ((n_resamples, "n_resamples"), (passage_words, "passage_words")):
        check_whole(value, name=name)
    if half_words is not None:
        check_whole(half_words, name="half_words")
    forest = Forest(
        bands=tuple(sorted(n_terms)), n_resamples=n_resamples, passage_words=passage_words,
        measure=measure, linkage=linkage,
    )  # fmt: skip
    texts = code_texts(tokens, voices=voices)
    names, leaves, _ = leaves_of(texts, half_words=half_words)
    check_leaves(names, leaves=leaves, passage_words=passage_words)
    counted = grow(leaves, forest=forest, n_vocabulary=len(texts.vocabulary), seed=seed)
    clades = _clade_table(counted, names=names, n_trees=forest.n_trees)
    kept = clades[clades["kept"]]
    return TreeResult(
        clades=clades,
        leaves=names,
        newick=newick(
            names,
            support={
                tuple(clade.split(" + ")): float(support)
                for clade, support in zip(kept["clade"], kept["support"], strict=True)
            },
        ),
        bands=forest.bands,
        n_trees=forest.n_trees,
        forest=forest,
        lengths=tuple(len(words) for words in texts.words),
        half_words=half_words,
        seed=seed,
    )


def _clade_table(counted: Counter[int], *, names: Sequence[str], n_trees: int) -> pd.DataFrame:
    """Return one row a set of leaves, by support, then by name."""
    rows = [
        {
            "clade": " + ".join(names[bit] for bit in bits(mask)),
            "n_leaves": mask.bit_count(),
            "support": count / n_trees,
        }
        for mask, count in counted.items()
        if 1 < mask.bit_count() < len(names)
    ]
    table = pd.DataFrame(rows).sort_values(
        ["support", "n_leaves", "clade"], ascending=[False, True, True], kind="stable"
    )
    return collapse(table.reset_index(drop=True)).assign(share_different=np.nan)
