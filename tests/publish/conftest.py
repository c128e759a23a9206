"""A small project of its own: two texts, whose rights differ, and no notebook."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from analysis.plots.style import HUES, figure, link_points, styled

TEXTS = {
    "first-book": "The sun rose over the town.\n\nNobody saw it rise, for all were asleep.\n",
    "second-book": "Rain fell.\n\nThe river rose as well, and the mill stood still.\n",
}


def write_sources(corpus: Path, *, publish: dict[str, str] | None = None) -> None:
    """Write a sources.toml for the texts as they lie in the corpus folder."""
    publish = publish or {}
    entries = [
        f"""[[source]]
id = "{name}"
author = "Author of {name}"
title = "Title of {name}"
path = "texts/{name}.txt"
sha256 = "{hashlib.sha256((corpus / "texts" / f"{name}.txt").read_bytes()).hexdigest()}"
profile = "plain-text"
language = "en"
rights = "Written for the tests"
citation = "Anonymous. {name}."
citation_key = "{name}"
publish = "{publish.get(name, "full")}"
"""
        for name in TEXTS
    ]
    (corpus / "sources.toml").write_text("\n".join(entries), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the root of a project with two texts."""
    root = tmp_path / "a project"
    texts = root / "corpus" / "texts"
    texts.mkdir(parents=True)
    for name, text in TEXTS.items():
        (texts / f"{name}.txt").write_bytes(text.encode("utf-8"))
    write_sources(root / "corpus")
    return root


@pytest.fixture
def table() -> pd.DataFrame:
    """Return a plot table of three points, the last without a place."""
    return pd.DataFrame(
        {
            "place": pd.array(["first-book@0-27", "second-book@0-10", None], dtype="string"),
            "position": pd.array([1, 2, 3], dtype="Int64"),
            "valence": [1 / 3, -0.0, float("nan")],
        }
    )


@styled
def draw_points(ax, table):
    """Return the axes with the points of a plot table."""
    points = ax.scatter(table["position"], table["valence"].fillna(0), color=HUES[0])
    link_points(points, table["place"])
    ax.set_title("The second point is lower")
    ax.set_xlabel("Position")
    return ax


@pytest.fixture
def drawn(table):
    """Return a figure of the table."""
    fig = figure("single")
    draw_points(fig.subplots(), table)
    return fig
