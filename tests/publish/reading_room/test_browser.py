"""The pages in a real browser: every link opens its place, nothing is asked for, all fits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from analysis.publish.reading_room.pages import write_reading_room
from tests.publish.browser import Browser
from tests.publish.conftest import make_project
from tests.publish.reading_room.test_pages import (
    EVIL,
    ROOT,
    links_of,
    make_evil,
    passages_of,
    save_places,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="needs the browser chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser with one page."""
    with Browser() as one:
        yield one


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """Return a project with a reading room, and a figure that links to places of all kinds."""
    root = make_evil(make_project(tmp_path_factory.mktemp("small") / "a project"))
    save_places(root, *places_of(root))
    write_reading_room(root)
    return root


def places_of(root: Path) -> list[str]:
    """Return passages, a word, a span that crosses another, one over passages, a beginning."""
    word = EVIL.index("looked")
    return [
        *passages_of(root),
        f"first-book@{word}-{word + 6}",
        f"first-book@{word + 3}-{word + 30}",
        f"first-book@{word + 3}-{len(EVIL) - 40}",
        f"first-book@{word}",
        "second-book@0-10",
    ]


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Path:
    """Return a copy of this project's corpus and figures with a reading room."""
    root = tmp_path_factory.mktemp("real") / "project"
    for folder in ("corpus", "figures"):
        shutil.copytree(ROOT / folder, root / folder)
    for stale in (root / "figures" / "reading-room").glob("*.html"):
        stale.unlink()
    write_reading_room(root)
    return root


def pages(root: Path) -> list[Path]:
    """Return the pages of a reading room."""
    return sorted((root / "figures" / "reading-room").glob("*.html"))


def in_view(browser: Browser) -> bool:
    """Return whether the target of the link begins in the window, below what sticks to its top."""
    return browser.ask(
        "(() => { const box = document.querySelector(':target').getBoundingClientRect();"
        " return box.top >= 0 && box.top < innerHeight; })()"
    )


def marked(browser: Browser) -> str:
    """Return the words that the page marks."""
    return " ".join(
        browser.ask(
            """(() => {
              const probe = document.createElement("p");
              probe.style.background = "var(--mark)";
              document.body.append(probe);
              const mark = getComputedStyle(probe).backgroundColor;
              probe.remove();
              return [...document.querySelectorAll(".leaf[id], .words, .note, main h2")]
                .filter(one => getComputedStyle(one).backgroundColor === mark)
                .map(one => one.innerText).join(" ");
            })()"""
        ).split()
    )


@pytest.mark.parametrize("which", ["small", "real"])
def test_nothing_is_asked_for_and_all_fits(browser, request, which):
    for page in pages(request.getfixturevalue(which)):
        browser.resize(1000)
        browser.open(page)
        assert browser.complaints == []
        assert all(url.startswith(("file:", "data:")) for url in browser.requests)
        assert browser.ask("document.scripts.length") == 0
        assert browser.ask("[...document.images].every(one => one.naturalWidth > 0)")
        for width in (320, 390, 700, 1300):
            browser.resize(width)
            wide = browser.ask("document.documentElement.scrollWidth")
            assert wide <= browser.ask("innerWidth"), (page.name, width)
    browser.resize(1000)


def test_a_script_in_a_text_is_text(browser, small):
    browser.open(small / "figures/reading-room/first-book.html")
    assert "<script>alert(1)</script>" in browser.ask("document.querySelector('main').innerText")
    assert browser.ask("document.querySelectorAll('main b').length") == 0


def test_a_click_on_a_point_opens_its_place_and_marks_it(browser, small):
    browser.resize(1000)
    words = {
        4: "on, quite",  # behind the word that another place is
        6: "The <script>alert(1)</script> was",  # the passage in which a place begins
    }
    for number, place in enumerate(places_of(small)):
        browser.open(small / "figures/places.svg")
        browser.click(f"document.querySelectorAll('a')[{number}]")
        assert browser.ask("document.querySelector(':target').id") == place
        assert in_view(browser), place
        text = marked(browser)
        assert text, place
        assert words.get(number, "") in text
    assert browser.complaints == []


def test_a_place_over_passages_is_marked_from_its_beginning_to_its_end(browser, small):
    word = EVIL.index("looked")
    place = f"first-book@{word + 3}-{len(EVIL) - 40}"
    browser.open(small / "figures/reading-room/first-book.html")
    browser.ask(f"location.hash = '{place}'")
    expected = " ".join(EVIL[word + 3 : len(EVIL) - 40].split()).replace("sum", "sun", 1)
    # The correction of the first "sum" stands after the place begins.
    assert marked(browser).replace(" ", "") == expected.replace(" ", "")


def test_what_stood_in_the_source_shows_when_asked_for(browser, small):
    browser.open(small / "figures/reading-room/first-book.html")
    visible = "getComputedStyle(document.querySelector('.words del')).display !== 'none'"
    assert browser.ask(visible) is False
    browser.ask("document.querySelector('#before').click()")
    assert browser.ask(visible) is True


def test_the_keyboard_reaches_the_words(browser, small):
    browser.open(small / "figures/reading-room/first-book.html")
    press = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    browser._call("Input.dispatchKeyEvent", type="keyDown", **press)
    assert browser.ask("document.activeElement.className") == "skip"
    assert browser.ask("document.activeElement.getBoundingClientRect().left >= 0")
    assert browser.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    browser._call("Input.dispatchKeyEvent", type="keyDown", **enter)
    assert browser.ask("document.activeElement.id") == "words"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_reader(browser, small, scheme):
    scheme_wanted = [{"name": "prefers-color-scheme", "value": scheme}]
    browser._call("Emulation.setEmulatedMedia", features=scheme_wanted)
    browser.open(small / "figures/reading-room/first-book.html")
    ground = browser.ask("getComputedStyle(document.body).backgroundColor")
    browser._call("Emulation.setEmulatedMedia", features=[])
    dark = sum(int(part) for part in ground[4:-1].split(",")) < 3 * 64
    assert dark == (scheme == "dark")


def test_every_link_of_every_figure_of_this_project_opens_its_place(browser, real):
    figures = real / "figures"
    browser.resize(1000)
    opened: set[str] = set()
    for svg in sorted(figures.glob("*.svg")):
        links = [link for link in links_of(svg) if link.startswith("reading-room/")]
        for link in dict.fromkeys(links):
            if link in opened:
                continue
            opened.add(link)
            page, _, place = link.partition("#")
            if not browser.ask("location.href").split("#")[0].endswith(page):
                browser.open(figures / page)
            browser.ask(f"location.hash = '{place}'")
            assert browser.ask("document.querySelector(':target').id") == place
            assert in_view(browser), place
            assert marked(browser), place
        if links:
            number = len(links) // 2
            browser.open(svg)
            every = "[...document.querySelectorAll('a')]"
            chosen = (
                f"{every}.filter(one => one.href.baseVal.startsWith('reading-room/'))[{number}]"
            )
            target = browser.ask(f"{chosen}.href.baseVal")
            browser._loaded = False
            browser.ask(f"{chosen}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
            browser._wait()
            assert browser.ask("document.querySelector(':target').id") == unquote(
                target.partition("#")[2]
            )
    assert opened
    assert browser.complaints == []
