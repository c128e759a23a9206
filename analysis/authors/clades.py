"""Sets of leaves as a tree: which are kept, how they nest, Newick, and where to draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

Clade = tuple[str, ...]


def collapse(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the column ``kept``: more than half of the trees have the set.

    Two sets that more than half have are in one tree together, so that they nest or are apart.
    """
    return table.assign(kept=table["support"] > 0.5)


def children_of(leaves: Sequence[str], clades: Sequence[Clade]) -> dict[Clade, list[Clade]]:
    """Return the children of every set: the largest sets in it, and the leaves that are left.

    The root is the set of all leaves. Children stand in the order of their first leaf.
    """
    root = tuple(leaves)
    place = {leaf: number for number, leaf in enumerate(leaves)}
    nested: dict[Clade, list[Clade]] = {root: []}
    for clade in sorted(clades, key=lambda clade: (-len(clade), clade)):
        holders = [held for held in nested if set(clade) < set(held)]
        nested[min(holders, key=len)].append(clade)
        nested[clade] = []
    for clade, inner in nested.items():
        covered = {leaf for child in inner for leaf in child}
        inner += [(leaf,) for leaf in clade if leaf not in covered]
        inner.sort(key=lambda child: min(place[leaf] for leaf in child))
    return nested


def newick(leaves: Sequence[str], *, support: Mapping[Clade, float]) -> str:
    """Return the tree in Newick form, supports to two places as node labels."""
    nested = children_of(leaves, list(support))

    def written(clade: Clade) -> str:
        if len(clade) == 1:
            return "'" + clade[0].replace("'", "''") + "'"
        inner = ",".join(written(child) for child in nested[clade])
        label = f"{support[clade]:.2f}" if clade in support else ""
        return f"({inner}){label}"

    return written(tuple(leaves)) + ";"


def layout(leaves: Sequence[str], *, clades: Sequence[Clade]) -> pd.DataFrame:
    """Return one row a node with its parent and its place; leaves stand at the same depth.

    Columns: node, parent, clade (leaves joined by " + "), label (of a leaf), x, y. Leaves have y
    0, 1, 2 from the top; an inner node stands midway between its first and last child. x is the
    depth: 0 at the root.
    """
    nested = children_of(leaves, clades)
    deepest = _depth(tuple(leaves), nested=nested)
    rows: list[dict[str, object]] = []
    next_leaf = 0

    def place(clade: Clade, *, parent: int, depth: int) -> float:
        nonlocal next_leaf
        number = len(rows)
        row: dict[str, object] = {
            "node": number, "parent": parent, "clade": " + ".join(clade), "label": "",
        }  # fmt: skip
        rows.append(row)
        if len(clade) == 1:
            y = float(next_leaf)
            next_leaf += 1
            row.update(label=clade[0], x=float(deepest), y=y)
            return y
        heights = [place(child, parent=number, depth=depth + 1) for child in nested[clade]]
        y = (heights[0] + heights[-1]) / 2
        row.update(x=float(depth), y=y)
        return y

    place(tuple(leaves), parent=-1, depth=0)
    return pd.DataFrame(rows)


def _depth(clade: Clade, *, nested: Mapping[Clade, Sequence[Clade]]) -> int:
    """Return how many branches lie between a set and its deepest leaf."""
    if len(clade) == 1:
        return 0
    return 1 + max(_depth(child, nested=nested) for child in nested[clade])
