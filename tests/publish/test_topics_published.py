"""Topics for a reader: tables from the kept fit, the page of cards, the view for those who ask."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from lxml import html as parser

from analysis.edition.corpus import read_corpus
from analysis.errors import CorpusError, InputError
from analysis.kept import ReadOnly
from analysis.plots.style import figure
from analysis.publish import topic_tables
from analysis.publish.export import make_table
from analysis.publish.ldavis import ldavis_page
from analysis.publish.reading_room.pages import make_reading_room
from analysis.publish.save import save_figure
from analysis.tables import check_table
from analysis.topics import fit as fitting
from analysis.topics.fit import fit_topics
from analysis.topics.planted import plant_topics
from tests.publish.conftest import write_sources

ROOT = Path(__file__).parents[2]


@pytest.fixture
def no_fit(monkeypatch):
    """Fail where topics are fitted instead of read."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("fitted anew")

    monkeypatch.setattr(fitting, "_fit", refuse)


@pytest.mark.skipif(sys.platform != "linux", reason="Kept fits belong to one architecture.")
def test_tables_of_topics_come_from_the_fit_that_the_notebook_keeps(corpus, no_fit):
    before = sorted((ROOT / topic_tables.FITS).iterdir())
    terms, shares = make_table(corpus, "topic_terms"), make_table(corpus, "passage_topics")
    cards = make_table(corpus, "topic_cards")
    for name, table in (("topic_terms", terms), ("passage_topics", shares), ("topic_cards", cards)):
        check_table(table, name)
    assert cards["topic"].tolist() == terms["topic"].unique().tolist()
    top = terms.groupby("topic").head(10).groupby("topic")["term"].agg(", ".join)
    assert cards["terms"].tolist() == top.tolist()
    assert cards["stable"].notna().all()
    assert cards["name"].notna().any()
    assert sorted((ROOT / topic_tables.FITS).iterdir()) == before


def test_a_folder_to_read_from_is_not_written(tmp_path):
    counts = plant_topics(3, n_passages=8, n_topics=2, n_terms=20).counts
    settings = {"n_topics": 2, "seed": 1, "n_seeds": 1, "burn_in": 5, "alpha": 0.1}
    made = fit_topics(counts, **settings, keep=ReadOnly(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []
    fit_topics(counts, **settings, keep=tmp_path)
    (path,) = tmp_path.iterdir()
    read = fit_topics(counts, **settings, keep=ReadOnly(folder=tmp_path))
    np.testing.assert_array_equal(read.beta, made.beta)
    path.write_bytes(b"")
    with pytest.raises(CorpusError, match="is damaged"):
        fit_topics(counts, **settings, keep=ReadOnly(folder=tmp_path))


def cards(**change: object) -> pd.DataFrame:
    """Return the cards of two topics."""
    return pd.DataFrame(
        {
            "topic": [1, 2],
            "name": pd.array(["The <sun>", None], dtype="string"),
            "share": [0.6, 0.4],
            "terms": ["sun, rose", "rain, river"],
            "frex_terms": ["rose, sun", "river, rain"],
            "stability": [0.91, np.nan],
            "low": [0.85, np.nan],
            "high": [0.95, np.nan],
            "stable": pd.array([True, None], dtype="boolean"),
            "shares_by_text": ["first-book 75%; second-book 3%"] * 2,
            "place_1": ["first-book@0-27", "second-book@0-10"],
            "place_2": pd.array(["first-book@29-71", None], dtype="string"),
            "place_3": pd.array([None, None], dtype="string"),
            "cautions": ["", "It is of names."],
        }
        | change
    )


def save_cards(root: Path, table: pd.DataFrame) -> None:
    """Save a figure whose table is one of cards."""
    fig = figure("single")
    fig.subplots().plot([0, 1])
    save_figure(fig, "cards", table=table, caption="Two cards.", alt="Cards.", root=root)


def topics_page(root: Path) -> parser.HtmlElement:
    """Return the page of cards as a tree."""
    return parser.fromstring(make_reading_room(root).pages["topics.html"])


def test_the_page_of_cards_shows_them_and_leads_to_the_passages(project):
    save_cards(project, cards())
    pages = make_reading_room(project).pages
    page = parser.fromstring(pages["topics.html"])
    assert page.xpath("//h2/text()") == ["1 The <sun>", "2 without a name"]
    said = page.text_content()
    for words in ("sun, rose", "0.91 (0.85 to 0.95 over seeds): beyond", "It is of names."):
        assert words in said
    assert "The sun rose over the town." in said
    assert "Anonymous. first-book. [first-book@0-27]" in said
    # Every link leads to something that is there.
    for link in page.xpath("//main//a/@href"):
        name, _, at = link.partition("#")
        target = parser.fromstring(pages[name])
        assert not at or target.xpath("//*[@id=$at]", at=at)
    # And every page leads here.
    for name, content in pages.items():
        assert parser.fromstring(content).xpath("//nav//a[@href='topics.html']"), name
    assert "<sun>" not in pages["topics.html"].decode()


@pytest.mark.slow
def test_of_a_text_that_is_only_counted_no_word_is_shown(project):
    write_sources(project / "corpus", publish={"first-book": "counts", "second-book": "excerpt"})
    save_cards(project, cards())
    page = topics_page(project)
    said = page.text_content()
    assert "over the town" not in said
    assert "Anonymous. first-book. [first-book@0-27], not shown here" in said
    assert not [link for link in page.xpath("//main//a/@href") if "first-book.html#" in link]
    # Of an excerpt the passages that figures name may be shown.
    assert "Rain fell." in said


@pytest.mark.slow
def test_places_and_texts_that_are_no_more_do_not_stop_the_page(project):
    gone = ["third-book@0-9", "first-book@0-27"]
    save_cards(project, cards(place_1=gone, shares_by_text=["third-book 9%"] * 2))
    said = topics_page(project).text_content()
    assert "third-book@0-9" in said
    assert "third-book 9%" in said


@pytest.mark.slow
def test_without_cards_there_is_no_page(project):
    assert "topics.html" not in make_reading_room(project).pages
    save_cards(project, cards().drop(columns="frex_terms"))
    assert "topics.html" not in make_reading_room(project).pages


def test_no_text_may_have_the_page_s_name(tmp_path, make_corpus):
    corpus = read_corpus(make_corpus(tmp_path, {"topics": "Some words stand here.\n"}))
    with pytest.raises(CorpusError, match=r"has a page topics\.html of its own"):
        make_reading_room(tmp_path, corpus=corpus)


@pytest.fixture
def fitted():
    counts = plant_topics(3, n_passages=12, n_topics=3, n_terms=40).counts
    return counts, fit_topics(counts, n_topics=3, seed=1, n_seeds=1, burn_in=20, alpha=0.1)


def fake_package(folder: Path) -> ModuleType:
    """Return a stand-in for pyLDAvis that tells what it was given."""
    (folder / "js").mkdir()
    for name, content in (
        ("d3.v5.min.js", "d3 = '</script>';"),
        ("ldavis.js", "unversioned"),
        ("ldavis.v1.0.0.js", "old"),
        ("ldavis.v3.0.0.js", "LDAvis = 1;"),
        ("ldavis.v1.0.0.css", "p { color: red }"),
    ):
        (folder / "js" / name).write_text(content)
    module = ModuleType("pyLDAvis")
    module.__file__ = str(folder / "__init__.py")

    def prepare(*given: object, **settings: object) -> SimpleNamespace:
        module.given, module.settings = given, settings
        return SimpleNamespace(to_json=lambda: json.dumps({"terms": "</script>"}))

    module.prepare = prepare
    return module


def test_the_view_holds_all_it_needs_and_topics_keep_their_numbers(fitted, tmp_path, monkeypatch):
    counts, topics = fitted
    package = fake_package(tmp_path)
    monkeypatch.setitem(sys.modules, "pyLDAvis", package)
    page = ldavis_page(counts, topics).decode()
    assert package.settings == {"sort_topics": False, "mds": "pcoa", "n_jobs": 1}
    beta, gamma, lengths, names, frequencies = package.given
    np.testing.assert_allclose(beta.sum(axis=1), 1.0)
    assert (np.array(frequencies) > 0).all()
    assert beta.shape == (3, len(names))
    assert sum(lengths) == sum(frequencies) == counts.matrix.sum()
    assert len(gamma) == len(lengths)
    # Four scripts and styles, closed where the page closes them, and nothing from elsewhere.
    assert "LDAvis = 1;" in page
    assert "old" not in page
    assert page.count("</script>") == 3
    assert re.findall(r"""(?:src|href)=["']?""", page) == []
    assert "default-src 'none'" in page


def test_pyldavis_itself_makes_the_same_page_twice(fitted):
    pytest.importorskip("pyLDAvis", reason="It is an extra: pip install -e .[ldavis]")
    page = ldavis_page(*fitted)
    assert page == ldavis_page(*fitted)
    (values,) = re.findall(rb"new LDAvis\([^{]*(\{.*\})\);", page)
    assert json.loads(values)["topic.order"] == [1, 2, 3]


def test_where_it_is_not_installed_or_makes_no_sense_a_sentence_says_so(fitted, monkeypatch):
    counts, topics = fitted
    monkeypatch.setitem(sys.modules, "pyLDAvis", None)
    with pytest.raises(InputError, match=r"pyLDAvis is not installed.*\[ldavis\]"):
        ldavis_page(counts, topics)
    two = replace(topics, settings=replace(topics.settings, n_topics=2))
    with pytest.raises(InputError, match="A map of 2 topics has no two axes"):
        ldavis_page(counts, two)
