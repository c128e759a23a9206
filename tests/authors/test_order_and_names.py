"""The order in which texts come and what they are called change no number."""

import numpy as np
import pandas as pd
import pytest

import analysis as an

NAMES = {"a": "z", "b": "y", "c": "x"}


def words(n: int, *, seed: int) -> str:
    rng = np.random.default_rng(seed)
    p = np.exp(-np.log(np.arange(1, 41) + 2.0) + 0.3 * rng.normal(size=40))
    return " ".join(f"w{w:02d}" for w in rng.choice(40, size=n, p=p / p.sum()))


@pytest.fixture(scope="module")
def both(made_tokens):
    """Return a comparison of three texts, and of the same texts renamed and turned around."""
    made = {"a": words(1600, seed=1), "b": words(1800, seed=2), "c": words(4200, seed=3)}
    turned = {NAMES[doc]: made[doc] for doc in reversed(made)}
    results = []
    for texts, authors in (
        (made, {"a": "One", "b": "Two", "c": "Two"}),
        (turned, {"x": "Second", "y": "Second", "z": "First"}),
    ):
        documents = pd.DataFrame({"doc_id": list(authors), "author": list(authors.values())})
        tokens = made_tokens(texts)
        first = authors["a" if "a" in authors else "z"]
        groups = {
            label: [doc for doc, author in authors.items() if author == label]
            for label in sorted(set(authors.values()), key=lambda label: label != first)
        }
        results.append(
            (
                tokens,
                an.compare(
                    groups, tokens=tokens, documents=documents, slice_length=200, n_terms=40
                ),
            )
        )
    return results


def by_pair(table: pd.DataFrame, columns: list[str], *, named: dict[str, str]) -> pd.DataFrame:
    """Return the numbers of each pair, whichever of the two stands first."""
    pairs = [
        " ".join(sorted((named.get(one, one), named.get(other, other))))
        for one, other in zip(table["text_a"], table["text_b"], strict=True)
    ]
    keys = [pairs, table["measure"]] if "measure" in table else [pairs]
    return table.set_index(keys)[columns].sort_index()


def test_distances_and_intervals(both) -> None:
    (_, there), (_, turned) = both
    columns = ["distance", "low", "high", "p_one_kind"]
    # Texts of 9 and 21 slices: the exchanges are drawn.
    pd.testing.assert_frame_equal(
        by_pair(there.slices.table, columns, named=NAMES),
        by_pair(turned.slices.table, columns, named={}),
        check_names=False,
    )
    assert there.contrast == pytest.approx(turned.contrast)


def test_noise_floors(both) -> None:
    (_, there), (_, turned) = both
    tables = [
        by_pair(
            result.floor.table.assign(
                floor=lambda table: table["floor_a"] + table["floor_b"],
                high=lambda table: table[["floor_high_a", "floor_high_b"]].max(axis=1),
            ),
            ["distance", "floor", "high", "above_floor"],
            named=named,
        )
        for result, named in ((there, NAMES), (turned, {}))
    ]
    pd.testing.assert_frame_equal(*tables, check_names=False)


def test_keyness(both) -> None:
    (_, there), (_, turned) = both
    pd.testing.assert_frame_equal(there.keyness.table, turned.keyness.table)


def test_classification(both) -> None:
    (_, there), (_, turned) = both
    ours = there.classification.summary.set_index("doc_id").rename(index=NAMES)
    theirs = turned.classification.summary.set_index("doc_id").loc[ours.index]
    for column in ("right_texts_out", "right_slices_out"):
        assert ours[column].tolist() == theirs[column].tolist()


def test_trees_and_grids(both) -> None:
    (tokens, there), (other, turned) = both
    trees = [
        an.consensus_tree(table, n_terms=(20, 40), n_resamples=20, passage_words=50)
        for table in (tokens, other)
    ]
    supports = [
        {
            frozenset(named.get(leaf, leaf) for leaf in clade.split(" + ")): support
            for clade, support in zip(tree.clades["clade"], tree.clades["support"], strict=True)
        }
        for tree, named in zip(trees, (NAMES, {}), strict=True)
    ]
    assert supports[0] == supports[1]
    settings = an.GridSettings(
        n_terms=(20, 40), slice_length=(200,), measure=("burrows",), noise=("none", "all texts")
    )
    values = [
        an.sensitivity(table, groups=result.groups, settings=settings).cells["value"]
        for table, result in ((tokens, there), (other, turned))
    ]
    np.testing.assert_allclose(*values)
