"""The pages: every place that a figure names, no more than may be shown, nothing from elsewhere."""

from __future__ import annotations

import csv
import itertools
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from lxml import etree
from lxml import html as parser

from analysis.edition.corpus import read_corpus
from analysis.errors import CorpusError
from analysis.plots.style import figure, link_points
from analysis.publish.reading_room.pages import make_reading_room, write_reading_room
from analysis.publish.reading_room.shell import style
from analysis.publish.save import save_figure
from tests.publish.conftest import TEXTS, make_project, write_sources

ROOT = Path(__file__).parents[3]
EVIL = (
    "The <script>alert(1)</script> was & is “a thing <b>bold</b> and brave to say,” said Ann.\n\n"
    + "\n\n".join(
        f"In {year} the sun rose once more. It was seen by all of them who stood there and looked "
        "on, quite awake, and who had come from far away to look at the sum over the town that "
        "morning of May, which was as bright as any that they had known, and as cold, and who then "
        "went home to sleep for as long as they could, since nobody would wake them on that day. "
        "Of what they had seen they told their children, who told it to theirs, who did not "
        "believe it; for by then the sun had risen so often that nobody rose to see it do so. "
        "Only the keeper of the tower had written it down, with the hour and the weather and the "
        "names of those who had come, and his book lay there until the tower fell; and what it "
        "says is all that there is to say about the matter, as far as anybody can tell by now."
        for year in (1919, 1920, 1921)
    )
    + "\n"
)


pytestmark = pytest.mark.slow


@pytest.fixture
def evil(project) -> Path:
    """Return a project whose first text holds HTML, a quotation and a correction."""
    return make_evil(project)


@pytest.fixture(scope="module")
def real():
    """Return the reading room of this project."""
    return make_reading_room(ROOT)


def make_evil(root: Path) -> Path:
    """Return the project after making its first text hold HTML, a quotation and a correction."""
    corpus = root / "corpus"
    (corpus / "texts" / "first-book.txt").write_bytes(EVIL.encode("utf-8"))
    (corpus / "corrections").mkdir()
    at = EVIL.index("sum")
    (corpus / "corrections" / "first-book.csv").write_text(
        f'char_start,char_end,before,after,reason\n{at},{at + 3},sum,sun,"OCR: <m> for n"\n'
    )
    (corpus / "persons.toml").write_text(
        '[[person]]\nid = "ann"\nname = "Ann"\nyears = "1870/"\ndescription = "speaks <up>"\n'
    )
    write_sources(corpus)
    return root


def passages_of(root: Path, doc_id: str = "first-book") -> list[str]:
    """Return the places of the default passages of a text."""
    from analysis.text.passages import split_passages

    table = split_passages(read_corpus(root / "corpus"))
    return table.loc[table["doc_id"] == doc_id, "place"].tolist()


def save_places(root: Path, *places: str | None) -> None:
    """Save a figure whose table has these places, each with a point that links to it."""
    table = pd.DataFrame({"place": pd.array(places, dtype="string"), "x": range(len(places))})
    fig = figure("single")
    link_points(fig.subplots().scatter(table["x"], table["x"]), table["place"])
    save_figure(fig, "places", table=table, caption="Places <i>.", alt="None & none.", root=root)


def trees(root: Path) -> dict[str, parser.HtmlElement]:
    """Return the pages as trees."""
    return {name: parser.fromstring(page) for name, page in make_reading_room(root).pages.items()}


def links_of(svg: Path) -> list[str]:
    """Return what a figure links to, relative to its folder."""
    tree = etree.fromstring(svg.read_bytes())
    return [unquote(one) for one in tree.xpath("//@*[local-name()='href']") if "/" in one]


def test_every_link_and_place_of_a_figure_is_on_its_page(evil):
    word = EVIL.index("looked")
    places = [
        *passages_of(evil),
        f"first-book@{word}-{word + 6}",
        f"first-book@{word + 3}-{word + 30}",
        f"first-book@0-{len(EVIL)}",
        f"first-book@{word}",
        "second-book@0-10",
    ]
    save_places(evil, *places, None)
    room = make_reading_room(evil)
    assert room.lost == ()
    ids = {name: parser.fromstring(page).xpath("//@id") for name, page in room.pages.items()}
    links = [one for one in links_of(evil / "figures/places.svg") if one.startswith("reading-room")]
    assert len(links) == len(places)
    for link, place in zip(links, places, strict=True):
        name, _, target = link.removeprefix("reading-room/").partition("#")
        assert target == place
        assert ids[name].count(place) == 1


def test_figures_of_this_project_open_where_their_tables_say(real):
    figures = ROOT / "figures"
    assert real.lost == ()
    ids = {name: set(parser.fromstring(page).xpath("//@id")) for name, page in real.pages.items()}
    links = [link for svg in figures.glob("*.svg") for link in links_of(svg)]
    for link in links:
        if link.startswith("reading-room/"):
            name, _, target = link.removeprefix("reading-room/").partition("#")
            assert target in ids[name], link
    for table in figures.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for key in ("place", "place_a", "place_b"):
                    if row.get(key):
                        assert row[key] in ids[f"{row[key].split('@')[0]}.html"], (table, row)


def test_pages_link_only_to_what_is_there(evil, real):
    save_places(evil, *passages_of(evil))
    for room in (make_reading_room(evil), real):
        pages = {name: parser.fromstring(page) for name, page in room.pages.items()}
        ids = {name: tree.xpath("//@id") for name, tree in pages.items()}
        for name, tree in pages.items():
            assert len(ids[name]) == len(set(ids[name])), name
            for link in tree.xpath("//a/@href"):
                path, _, target = link.partition("#")
                if path.startswith("https://www.wikidata.org/"):
                    continue
                if path.startswith("../"):
                    assert target == ""
                else:
                    assert (path or name) in pages, link
                    assert target in ("", *ids[path or name]), (name, link)


def test_a_text_is_escaped(evil):
    save_places(evil, "first-book@4-12")
    pages = make_reading_room(evil).pages
    for page in pages.values():
        assert b"<script" not in page
        assert b"<b>" not in page
        assert b"<i>" not in page
        assert b"<up>" not in page
    words = parser.fromstring(pages["first-book.html"]).xpath("string(//main)")
    assert "<script>alert(1)</script>" in words
    assert "“Ann[Ann:] a thing <b>bold</b> and brave to say,” said Ann." in words
    assert "OCR: <m> for n" in words


def test_a_passage_says_all_that_is_known_of_it(evil):
    save_places(evil, *passages_of(evil))
    tree = trees(evil)["first-book.html"]
    places = passages_of(evil)
    passages = tree.xpath("//article")
    assert [one.get("id") for one in passages] == places
    start = places[1].removeprefix("first-book@").split("-")[0]
    assert passages[1].xpath("span/@id") == [f"first-book@{start}"]
    said = [" ".join(one.text_content().split()) for one in passages[1].xpath("header/ul/li")]
    assert said == ["first-book:0002", "line 5", "1920 (explicit)", places[1]]
    cited = passages[1].xpath("string(header/details[@class='cite']/p)")
    assert cited == f"Anonymous. first-book [{places[1]}]."
    assert passages[1].xpath("header//a/@href") == [f"#{places[1]}", "index.html#places"]
    (edits,) = passages[0].xpath(".//details[@class='edits']")
    assert edits.xpath("string(summary)") == "1 correction"
    assert edits.xpath("string(ul)") == "sum became sun: OCR: <m> for n"


def test_excerpts_show_the_named_passages_alone(evil):
    places = passages_of(evil)
    assert len(places) == 3
    start = int(places[1].split("@")[1].split("-")[0])
    word = EVIL.index("quite awake", start)
    save_places(evil, f"first-book@{word}-{word + 5}", f"first-book@{start + 3}-{len(EVIL)}")
    write_sources(evil / "corpus", publish={"first-book": "excerpt"})
    room = make_reading_room(evil)
    tree = parser.fromstring(room.pages["first-book.html"])
    assert tree.xpath("//article/@id") == [places[1]]
    shown = tree.text_content()
    assert "1920 the sun" in shown
    assert "1919" not in room.pages["first-book.html"].decode()
    assert "1921 the sun" not in shown
    assert "1 of 3, with" in shown
    assert len(tree.xpath("//p[@class='gap']")) == 2
    for place in (f"first-book@{word}-{word + 5}", f"first-book@{start + 3}-{len(EVIL)}"):
        assert len(tree.xpath(f"//*[@id='{place}']")) == 1
    assert tree.xpath(f"string(//*[@id='first-book@{word}-{word + 5}'])") == "quite"


def test_of_counts_no_word_is_shown_and_nothing_links_there(evil):
    save_places(evil, "first-book@4-12", "second-book@0-10")
    write_sources(evil / "corpus", publish={"first-book": "counts"})
    save_places(evil, "first-book@4-12", "second-book@0-10")
    pages = make_reading_room(evil).pages
    counted = pages["first-book.html"].decode()
    for word in set(re.findall(r"[a-z]{5,}", EVIL)) - {"their", "there", "which", "would", "known"}:
        assert not re.search(rf"\b{word}\b", parser.fromstring(counted).xpath("string(//main)"))
    for words in ("brave", "nobody", "sun rose", "alert", "1919"):
        assert words not in counted
    tree = parser.fromstring(counted)
    assert "numbers alone" in tree.text_content()
    assert "body" in tree.xpath("//td[1]/text()")
    assert "persons.html" not in pages
    index = parser.fromstring(pages["index.html"])
    assert index.xpath("//*[@class='places']//a/@href") == ["second-book.html#second-book@0-10"]
    assert [one for one in links_of(evil / "figures/places.svg") if "first-book" in one] == []


def test_the_index_has_each_figure_with_all_that_belongs_to_it(evil):
    save_places(evil, "second-book@0-10")
    (one,) = trees(evil)["index.html"].xpath("//figure")
    assert one.get("id") == "places"
    assert one.xpath(".//img/@alt") == ["None & none."]
    assert one.xpath(".//img/@src") == ["../places.png"]
    assert one.xpath("./a/@href") == ["../places.svg"]
    links = one.xpath(".//a/@href")
    for form in ("svg", "pdf", "png", "csv"):
        assert f"../places.{form}" in links
    assert "../provenance/places.json" in links
    assert "Places <i>." in one.text_content()
    assert "@misc{figure-places," in one.text_content()
    assert "second-book.html#second-book@0-10" in links


def test_a_figure_of_a_notebook_links_to_it_as_executed(real):
    for one in parser.fromstring(real.pages["index.html"]).xpath("//figure"):
        (executed,) = [link for link in one.xpath(".//a/@href") if link.endswith(".ipynb")]
        assert (ROOT / "figures/reading-room" / executed).resolve().parent == ROOT / "notebooks"


def test_persons_are_linked_both_ways(evil):
    pages = trees(evil)
    (name,) = pages["first-book.html"].xpath("//main//a[@class='person']")
    assert (name.text_content(), name.get("href")) == ("Ann", "persons.html#ann")
    entry = pages["persons.html"]
    assert entry.xpath("string(//dt[@id='ann'])") == "Ann (born 1870)"
    assert f"first-book.html#{passages_of(evil)[0]}" in entry.xpath("//dd//a/@href")


def test_pages_need_nothing_from_elsewhere_and_no_script(evil):
    save_places(evil, "second-book@0-10")
    for name, page in make_reading_room(evil).pages.items():
        tree = parser.fromstring(page)
        assert tree.xpath("//script | //iframe | //object | //@onclick") == []
        for link in tree.xpath("//@src | //link/@href"):
            assert not link.startswith(("http", "//")), name
        assert b"url(" not in page
        assert b"@import" not in page
        assert b"default-src &#x27;none&#x27;" in page
        assert tree.xpath("//html/@lang") == ["en"]
        assert tree.xpath("//a[@class='skip']/@href") == ["#words"]
        assert len(tree.xpath("//main[@id='words']")) == 1
        assert len(tree.xpath("//h1")) == 1
        assert all(image.get("alt") for image in tree.xpath("//img"))
    words = trees(evil)["first-book.html"].xpath("//div[@class='words']/@lang")
    assert words
    assert set(words) == {"en"}


def test_writing_twice_changes_nothing_and_old_pages_go(evil):
    names = {"index.html", "first-book.html", "second-book.html", "persons.html"}
    assert set(write_reading_room(evil).written) == names
    assert write_reading_room(evil).written == ()
    old = evil / "figures/reading-room/third-book.html"
    old.write_text("old")
    (evil / "figures/reading-room/index.html").write_text("edited")
    assert write_reading_room(evil).written == ("index.html",)
    assert not old.exists()


@pytest.mark.slow
def test_bytes_do_not_depend_on_the_hash_seed_or_the_place(evil, tmp_path):
    save_places(evil, *passages_of(evil), "first-book@4-300")
    pages = make_reading_room(evil).pages
    other = tmp_path / "elsewhere"
    evil.rename(other)
    code = (
        "import hashlib, sys; from pathlib import Path; "
        "from analysis.publish.reading_room.pages import make_reading_room as make; "
        "pages = make(Path(sys.argv[1])).pages; "
        "sys.stdout.buffer.write(b''.join(pages[name] for name in sorted(pages)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    made = subprocess.run(
        [sys.executable, "-c", code, str(other)],
        capture_output=True,
        check=True,
        env=environment,
        cwd=ROOT,
    )
    assert made.stdout == b"".join(pages[name] for name in sorted(pages))


def test_a_place_that_is_in_no_text_is_told_and_still_opens(evil):
    save_places(evil, "first-book@90000-90010", "no-book@1-2")
    room = make_reading_room(evil)
    assert room.lost == ("first-book@90000-90010", "no-book@1-2")
    tree = parser.fromstring(room.pages["first-book.html"])
    assert len(tree.xpath("//*[@id='first-book@90000-90010']")) == 1


def test_a_text_cannot_have_the_page_of_the_index(tmp_path):
    root = make_project(tmp_path / "p")
    listed = root / "corpus/sources.toml"
    listed.write_text(listed.read_text().replace('id = "first-book"', 'id = "index"'))
    with pytest.raises(CorpusError, match=r"index\.html of its own; give the text 'index' another"):
        make_reading_room(root)


def test_without_figures_the_texts_can_be_read(project):
    pages = trees(project)
    assert set(pages) == {"index.html", "first-book.html", "second-book.html"}
    assert "There are no figures yet" in pages["index.html"].text_content()
    for name, text in TEXTS.items():
        for paragraph in text.strip().split("\n\n"):
            assert paragraph in pages[f"{name}.html"].xpath("string(//main)")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_is_readable_on_its_ground():
    blocks = re.findall(r":root \{(.*?)\}", style(), flags=re.DOTALL)
    light, dark, paper = (
        {k: v if len(v) == 7 else f"#{''.join(2 * c for c in v[1:])}" for k, v in found}
        for found in (re.findall(r"--([a-z]+): (#[0-9a-f]+);", block) for block in blocks)
    )
    inks = ("ink", "soft", "link", "other", "earlier", "editor", "cut")
    grounds = ("paper", "card", "quoted", "note", "mark")
    for theme in (light, dark, paper):
        assert {*inks, *grounds} <= theme.keys()
        for ink, ground in itertools.product(inks, grounds):
            one, other = sorted((luminance(theme[ink]), luminance(theme[ground])))
            assert (other + 0.05) / (one + 0.05) >= 4.5, (ink, ground)
