"""How often texts by all different authors give a branch as stable as one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from analysis.authors.checks import check_whole
from analysis.authors.coded import CodedTexts
from analysis.authors.draws import ALL_DIFFERENT, Drawer
from analysis.authors.leaves import bits, leaves_of
from analysis.authors.reference import KnownAuthors, presidential_messages
from analysis.authors.resampling import grow
from analysis.authors.trees import TreeResult
from analysis.kept import kept, key_of


def calibrate_tree(
    tree: TreeResult,
    reference: KnownAuthors | None = None,
    *,
    seed: int = 1,
    n_draws: int = 100,
    max_years: int | None = 35,
    keep: Path | str | None = None,
) -> TreeResult:
    """Return the tree with the share of all-different draws that reach each support.

    Draws have texts as many and as long as the user's, each by another author, and grow trees in
    the same way. A set of two halves of one text does not count there. With `keep`, a folder, the
    draws are kept there (`analysis.kept`).

    Notes
    -----
    A support of .95 is reached by about one in ten draws of texts of 5, 7 and 22 thousand words by
    all different authors, since every leaf is resampled at the length of the shortest. Packages
    that resample each text at its own length give it to one in three: a support is to be read
    beside draws that were made as it was.
    """
    check_whole(n_draws, name="n_draws", least=10)
    known = reference if reference is not None else presidential_messages()
    settings: dict[str, Any] = {"seed": seed, "n_draws": n_draws, "max_years": max_years}
    grown = {"lengths": tree.lengths, "half_words": tree.half_words, "forest": tree.forest}
    highest = kept(
        partial(_highest_of_draws, tree, known, **settings),
        key=key_of("tree-draws", inputs={**settings, **grown, "made_with": known.made_with}),
        folder=keep,
        classes={},
    )
    if highest is None:
        return replace(tree, reference=known.name, reason="The reference has too few authors.")
    reached = np.array(highest)
    share = [float((reached >= support).mean()) for support in tree.clades["support"]]
    return replace(tree, clades=tree.clades.assign(share_different=share), reference=known.name)


def _highest_of_draws(
    tree: TreeResult, known: KnownAuthors, *, seed: int, n_draws: int, max_years: int | None
) -> tuple[float, ...] | None:
    """Return the highest support of each draw; None if there are too few authors to draw from."""
    drawer = Drawer(known, lengths=sorted(tree.lengths), max_years=max_years)
    rng = np.random.default_rng([seed, len(tree.lengths)])
    highest = []
    for number in range(n_draws):
        draw = drawer.draw(ALL_DIFFERENT, rng=rng)
        if draw is None:
            return None
        texts = CodedTexts(
            names=tuple(map(str, range(len(draw.words)))), words=draw.words, vocabulary=()
        )
        _, leaves, owners = leaves_of(texts, half_words=tree.half_words)
        counted = grow(
            leaves, forest=tree.forest, n_vocabulary=len(known.vocabulary), seed=seed + number
        )
        highest.append(_highest(counted, owners=owners) / tree.forest.n_trees)
    return tuple(highest)


def _highest(counted: Counter[int], *, owners: Sequence[int]) -> int:
    """Return how often the most frequent set occurs that is not within one text."""
    every = (1 << len(owners)) - 1
    return max(
        (
            count
            for mask, count in counted.items()
            if mask != every and len({owners[bit] for bit in bits(mask)}) > 1
        ),
        default=0,
    )
