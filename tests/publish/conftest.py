"""A small project of its own: two texts, and two notebooks where they are asked for."""

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
    return make_project(tmp_path / "a project")


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


POINTS = """# %% [markdown]
# # How long are the passages?

# %%
import analysis as an
from analysis.plots.style import figure, link_points, styled

size = 9
passages = an.split_passages(an.read_corpus())
table = passages[["place", "passage_index", "n_tokens"]]

# %%
fig = figure("single")
ax = fig.subplots()
link_points(ax.scatter(table["passage_index"], table["n_tokens"], s=size), table["place"])
ax.set_title("Passages have words")
an.save_figure(
    fig,
    "points",
    table=table,
    caption="Words by passage. n = 2; no interval.",
    alt="Two points.",
    parameters={"n_tokens": 150},
    seed=3,
)
"""

VALENCE = """# %%
from pathlib import Path

import analysis as an
from analysis.plots.style import figure
from analysis.sentiment.lexicons import read_lexicon

valences = read_lexicon(Path("corpus/lexicons/mine.csv")).valences

# %%
import pandas as pd

table = pd.DataFrame({"term": list(valences), "valence": list(valences.values())})
fig = figure("single")
fig.subplots().bar(table["term"], table["valence"])
an.save_figure(fig, "valence", table=table, caption="A lexicon. n = 2.", alt="Two bars.")
"""


@pytest.fixture
def with_notebooks(project: Path) -> Path:
    """Return the root of a project with two notebooks that make a figure each."""
    return add_notebooks(project)


def add_notebooks(project: Path) -> Path:
    """Return the project after adding two notebooks, and a lexicon that the second one reads."""
    (project / "notebooks").mkdir()
    (project / "notebooks" / "00-points.py").write_text(POINTS, encoding="utf-8")
    (project / "notebooks" / "01-valence.py").write_text(VALENCE, encoding="utf-8")
    (project / "corpus" / "lexicons").mkdir()
    lexicon = project / "corpus" / "lexicons" / "mine.csv"
    lexicon.write_text("term,valence\ngood,1\nbad,-1\n", encoding="utf-8")
    return project


def make_project(root: Path) -> Path:
    """Return the root of a new project with two texts."""
    texts = root / "corpus" / "texts"
    texts.mkdir(parents=True)
    for name, text in TEXTS.items():
        (texts / f"{name}.txt").write_bytes(text.encode("utf-8"))
    write_sources(root / "corpus")
    return root
