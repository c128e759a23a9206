"""The pages hold every word once, in its voice, escaped; and every place that a figure names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from analysis.edition.corpus import read_corpus
from analysis.plots.style import figure
from analysis.publish.reading_room.build import make_room
from analysis.publish.reading_room.flow import last_page, portions, runs
from analysis.publish.reading_room.words import find_anchors
from analysis.publish.room_record import write_room
from analysis.publish.save import save_figure
from analysis.text.passages import split_passages
from tests.publish.conftest import TEXTS, make_project, write_sources

ROOT = Path(__file__).parents[2]
EVIL = (
    "The <script>alert(1)</script> was & is “a thing <b>bold</b> and brave to say,” said Ann.\n\n"
    "Then the sum rose. It was seen by all of them who stood there and looked on, quite awake, "
    "and who had come from far away to look at the sun over the town that morning of May.\n"
)


@pytest.fixture
def evil(project) -> Path:
    """Return a project whose first text holds HTML, a quotation and a correction."""
    corpus = project / "corpus"
    (corpus / "texts" / "first-book.txt").write_bytes(EVIL.encode("utf-8"))
    (corpus / "corrections").mkdir()
    at = EVIL.index("sum")
    (corpus / "corrections" / "first-book.csv").write_text(
        f'char_start,char_end,before,after,reason\n{at},{at + 3},sum,sun,"OCR: <m> for n"\n'
    )
    write_sources(corpus)
    return project


def page_of(root: Path, name: str = "first-book"):
    """Return a page of the reading room as a tree."""
    return html.fromstring(make_room(root).pages[f"{name}.html"])


def save_places(root: Path, *places: str | None) -> None:
    """Save a figure whose table has these places."""
    fig = figure("single")
    fig.subplots()
    table = pd.DataFrame({"place": pd.array(places, dtype="string")})
    save_figure(fig, "places", table=table, caption="Places <i>.", alt="None & none.", root=root)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    """Return the corpus of this project, whose layout is not simple."""
    return read_corpus(ROOT / "corpus")


def test_the_flow_holds_every_character_once_and_every_edit(corpora):
    passages = split_passages(corpora)
    for text in corpora.texts:
        own = passages[passages["doc_id"] == text.doc_id].reset_index(drop=True)
        flow = portions(text, own)
        shown = {id(one.voiced): "" for one in flow}
        words: dict[int | None, str] = {}
        edits = set()
        page = None
        for portion in flow:
            found = runs(text, portion, page=page)
            page = last_page(text, portion)
            assert "".join(run.text for run in found) == portion.text
            shown[id(portion.voiced)] += portion.text
            words[portion.passage] = words.get(portion.passage, "") + portion.text
            edits |= {run.edit for run in found if run.edit} | {
                edit for run in found for edit in run.lost
            }
        for one in text.paragraphs:
            if one.paragraph.placed.text:
                assert shown[id(one)] == one.paragraph.placed.text
        for number, passage in enumerate(own["text"]):
            assert "".join(words[number].split()) == "".join(passage.split())
        assert edits == set(text.edits)


def test_pages_of_this_project_name_each_passage_once(corpora):
    room = make_room(ROOT, corpus=corpora, figures=ROOT / "nothing")
    passages = split_passages(corpora)
    for doc_id, own in passages.groupby("doc_id"):
        tree = html.fromstring(room.pages[f"{doc_id}.html"])
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert tree.xpath("//section[@class='passage']/@id") == own["place"].tolist()
        assert tree.xpath("//script") == []
        for link in tree.xpath("//a/@href"):
            if link.startswith("#"):
                assert link[1:] in ids


def test_a_text_is_escaped(evil):
    source = make_room(evil).pages["first-book.html"]
    assert "<script" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source
    assert "&lt;m&gt; for n" in source
    assert "<b>" not in source


def test_voices_are_apart_and_say_whose_they_are(evil):
    (quoted,) = page_of(evil).xpath("//main//span[contains(@class, 'voice')]")
    assert quoted.get("class") == "voice other"
    assert quoted.get("title") == "Ann"
    assert quoted.text_content() == "a thing <b>bold</b> and brave to say,"


def test_a_correction_shows_what_stood_there(evil):
    tree = page_of(evil)
    (edit,) = tree.xpath("//main//span[contains(@class, 'edit')]")
    assert edit.xpath("string(del)") == "sum"
    assert edit.xpath("string(ins)") == "sun"
    assert edit.get("title") == "sum in the source (correction: OCR: <m> for n)"
    (row,) = tree.xpath("//details//tbody/tr")
    assert [cell.text_content() for cell in row][1:] == ["sum", "sun", "OCR: <m> for n"]


def test_every_place_of_a_figure_is_on_its_page(evil):
    word = EVIL.index("looked")
    places = [
        f"first-book@{word}-{word + 6}",  # a word
        f"first-book@{word + 3}-{word + 30}",  # which another crosses
        f"first-book@0-{len(EVIL)}",  # over two paragraphs
        "second-book@0-10",
        None,
    ]
    save_places(evil, *places)
    room = make_room(evil)
    assert room.lost == ()
    tree = html.fromstring(room.pages["first-book.html"])
    (mark,) = tree.xpath(f"//*[@id='{places[0]}']")
    assert mark.text_content() == "looked"
    for place in places[1:3]:
        (point,) = tree.xpath(f"//*[@id='{place}']")
        assert point.get("class") == "place far"
        assert point.text_content() == ""
    assert html.fromstring(room.pages["second-book.html"]).xpath("//*[@id='second-book@0-10']")


def test_a_place_where_no_word_stands_is_told(evil):
    save_places(evil, "first-book@90000-90010")
    assert make_room(evil).lost == ("first-book@90000-90010",)


def test_of_excerpts_and_counts_no_more_is_shown(evil):
    whole = " ".join(EVIL.split())
    word = EVIL.index("looked")
    save_places(evil, f"first-book@{word}-{word + 6}")
    write_sources(evil / "corpus", publish={"first-book": "excerpt", "second-book": "counts"})
    pages = make_room(evil).pages
    tree = html.fromstring(pages["first-book.html"])
    shown = " ".join(tree.xpath("//main")[0].text_content().split())
    assert whole[:60] in shown
    assert "looked on" not in pages["first-book.html"]
    assert tree.xpath(f"//*[@id='first-book@{word}-{word + 6}']")
    assert "sum" not in pages["first-book.html"].replace("summary", "")
    counts = pages["second-book.html"]
    assert "Rain" not in counts
    assert "mill" not in counts
    assert html.fromstring(counts).xpath("//section") == []
    assert "body" in html.fromstring(counts).xpath("//table//td[1]/text()")


def test_the_index_has_each_figure_with_all_that_is_to_be_had(evil):
    save_places(evil, "second-book@0-10")
    tree = html.fromstring(make_room(evil).pages["index.html"])
    (one,) = tree.xpath("//figure")
    assert one.get("id") == "places"
    assert one.xpath(".//img/@alt") == ["None & none."]
    assert one.xpath(".//img/@src") == ["../places.svg"]
    links = one.xpath(".//a/@href")
    for form in ("svg", "pdf", "png", "csv"):
        assert f"../places.{form}" in links
    assert "../provenance/places.json" in links
    assert "Places <i>." in one.text_content()
    assert "@misc{figure-places," in one.text_content()
    assert tree.xpath("//nav[@aria-label='Texts']//a/@href") == [
        "first-book.html",
        "second-book.html",
    ]


def test_pages_need_nothing_from_elsewhere(evil):
    save_places(evil, "second-book@0-10")
    for name, source in make_room(evil).pages.items():
        tree = html.fromstring(source)
        for link in tree.xpath("//@src | //link/@href"):
            assert not link.startswith(("http", "//")), name
        assert "url(" not in source
        assert "default-src 'none'" in source
        assert tree.xpath("//html/@lang") == ["en"]


def test_writing_twice_changes_nothing_and_old_pages_go(evil):
    assert sorted(write_room(evil)) == ["first-book.html", "index.html", "second-book.html"]
    assert write_room(evil) == ()
    old = evil / "figures/reading-room/third-book.html"
    old.write_text("old")
    write_room(evil)
    assert not old.exists()


def test_anchors_of_no_places_are_none(corpora):
    text = corpora.texts[0]
    passages = split_passages(corpora)
    own = passages[passages["doc_id"] == text.doc_id].reset_index(drop=True)
    anchors = find_anchors([], portions(text, own))
    assert (anchors.marks, anchors.points, anchors.lost) == ({}, {}, ())


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs the browser chromium")
def test_in_a_browser_every_link_opens_its_place(tmp_path):
    from tests.publish.browser import Browser

    root = make_project(tmp_path / "a project")
    text = root / "corpus/texts/first-book.txt"
    text.write_bytes(EVIL.encode("utf-8"))
    write_sources(root / "corpus")
    passages = split_passages(read_corpus(root / "corpus"))
    word = EVIL.index("looked")
    places = [*passages["place"], f"first-book@{word}-{word + 6}", f"first-book@3-{len(EVIL)}"]
    table = pd.DataFrame({"place": places, "x": range(len(places))})
    from analysis.plots.style import link_points

    fig = figure("single")
    ax = fig.subplots()
    link_points(ax.scatter(table["x"], table["x"]), table["place"])
    save_figure(fig, "linked", table=table, caption="Points.", alt="Points.", root=root)
    write_room(root)
    figures = root / "figures"
    with Browser() as browser:
        for page in (figures / "reading-room").glob("*.html"):
            browser.open(page)
            assert browser.complaints == []
            assert all(url.startswith(("file:", "data:")) for url in browser.requests)
            assert browser.ask("document.scripts.length") == 0
            wide = "document.documentElement.scrollWidth <= innerWidth"
            for width in (320, 375, 900):
                browser.resize(width)
                assert browser.ask(wide), (page.name, width)
        browser.open(figures / "reading-room" / "index.html")
        assert browser.ask("[...document.images].map(one => one.naturalWidth > 0)") == [True]
        browser.open(figures / "reading-room" / "first-book.html")
        assert "<script>alert(1)</script>" in browser.ask("document.body.innerText")
        for number, place in enumerate(places):
            browser.open(figures / "linked.svg")
            browser.click(f"document.querySelectorAll('a')[{number}]")
            assert browser.ask("document.querySelector(':target').id") == place
            assert browser.ask("location.href").endswith(f"#{place}")
        assert browser.complaints == []


def test_texts_of_the_tests_are_what_the_pages_show(project):
    for name, text in TEXTS.items():
        shown = page_of(project, name).xpath("//main")[0].text_content()
        for paragraph in text.strip().split("\n\n"):
            assert paragraph in shown
