"""The words of the pages: each once, escaped, with voice, edits, lines and place."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
from bisect import bisect_right
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from analysis.edition.corpus import read_corpus
from analysis.publish.reading_room.flow import grouped, parts_of
from analysis.publish.reading_room.html import Html, escaped, joined, tag
from analysis.publish.reading_room.margin import passage_margin
from analysis.publish.reading_room.places import Locator, find_targets, span_of
from analysis.publish.reading_room.said import said_count, said_dates, said_list, said_years
from analysis.publish.reading_room.shown import shown_of
from analysis.publish.reading_room.text import line_marks
from analysis.publish.reading_room.words import Marked, words_html
from analysis.tables import RUNNING_LAYERS
from analysis.text.passages import split_passages
from analysis.text.persons import find_mentions
from analysis.text.reading import read_passage

ROOT = Path(__file__).parents[3]
SMALL = (
    "The town slept.\n\n"
    "Rain fell, and “the river is rising, and nobody has seen it yet,” said Ann Brook to her son.\n"
    "He did not an-\nswer. The tbe mill stood still.\n\n"
    "Then it was over.\n"
)


def small_text(folder: Path, raw: str = SMALL, corrections: str = ""):
    """Return a text of its own corpus, and its passages."""
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "a.txt").write_bytes(raw.encode("utf-8"))
    if corrections:
        (folder / "corrections").mkdir()
        (folder / "corrections" / "a.csv").write_text(
            f"char_start,char_end,before,after,reason\n{corrections}", encoding="utf-8"
        )
    (folder / "sources.toml").write_text(
        f"""[[source]]
id = "a"
author = "An Author"
title = "A Title"
path = "texts/a.txt"
sha256 = "{hashlib.sha256(raw.encode("utf-8")).hexdigest()}"
profile = "plain-text"
language = "en"
rights = "none"
citation = "An Author. A Title."
citation_key = "a"
""",
        encoding="utf-8",
    )
    corpus = read_corpus(folder)
    return corpus.texts[0], split_passages(corpus)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Return a small text with a quotation, a correction and a word cut by a line's end."""
    at = SMALL.index("tbe ")
    return small_text(
        tmp_path_factory.mktemp("corpus") / "c", corrections=f"{at},{at + 4},tbe ,,<twice>\n"
    )


@pytest.fixture(scope="module")
def corpus():
    """Return the corpus of this project, whose layout is not simple."""
    return read_corpus(ROOT / "corpus")


def of_text(corpus, doc_id):
    """Return a text and the passages of it alone."""
    passages = split_passages(corpus)
    return corpus.text(doc_id), passages[passages["doc_id"] == doc_id].reset_index(drop=True)


def page_words(part, marked=None):
    """Return the words of a part as a tree."""
    return parser.fromstring(f"<p>{words_html(part, marked or Marked())}</p>")


def seen(tree) -> str:
    """Return what a reader sees of some words: no deleted ones, no names of speakers."""
    for element in tree.xpath(".//del | .//*[@class='who'] | .//*[@class='heard']"):
        element.drop_tree()
    return tree.text_content()


def test_html_escapes_all_but_html():
    assert escaped("<a & \"b\" 'c'>") == "&lt;a &amp; &quot;b&quot; &#x27;c&#x27;&gt;"
    assert escaped("null \x00 bell \x07 tab \t") == "null \ufffd bell \ufffd tab \t"
    assert escaped(Html("<b>")) == "<b>"
    assert joined(["<", Html("<i>")], between=", ") == "&lt;, <i>"
    made = tag("a", "x<y", href='"&', class_="c", aria_label="l", title=None, hidden=True)
    assert made == '<a href="&quot;&amp;" class="c" aria-label="l" hidden>x&lt;y</a>'
    assert tag("br") == "<br>"


@pytest.mark.parametrize(
    ("earliest", "latest", "said"),
    [
        (None, None, "undated"),
        ("1920", "1920", "1920"),
        ("1919", "1921", "1919–1921"),
        ("1920-07", "1920-09", "July – September 1920"),
        ("1919-12", "1920-01", "December 1919 – January 1920"),
        ("1920-09-05", "1920-09-05", "5 September 1920"),
        ("1920-09", "1921", "September 1920 – 1921"),
    ],
)
def test_dates_in_words(earliest, latest, said):
    assert said_dates(earliest, latest) == said


def test_other_things_in_words():
    assert said_years("1870/1924") == "(1870–1924)"
    assert said_years("/1924") == "(died 1924)"
    assert said_years("1870/") == "(born 1870)"
    assert said_years(None) == ""
    assert said_count(1, "text") == "1 text"
    assert said_count(1200, "text") == "1,200 texts"
    assert said_list(["a", "b", "c"]) == "a, b and c"


def test_the_parts_hold_every_character_once_and_every_edit(corpus):
    for text in corpus.texts:
        _, passages = of_text(corpus, text.doc_id)
        parts = parts_of(text, passages)
        assert [part.block for part in parts] == sorted(part.block for part in parts)
        shown: dict[int, str] = {}
        for part in parts:
            shown[id(part.voiced)] = shown.get(id(part.voiced), "") + part.text
        for one in text.paragraphs:
            assert shown.get(id(one), "") == one.paragraph.placed.text
        for number, words in enumerate(passages["text"]):
            found = " ".join(part.text for part in parts if part.passage == number)
            assert found.split() == words.split()
        assert {edit for part in parts for edit in part.edits} == set(text.edits)


def test_words_shown_are_those_of_the_edition(corpus):
    for text in corpus.texts:
        for part in parts_of(*of_text(corpus, text.doc_id)):
            assert seen(page_words(part)) == part.text


def test_a_word_that_a_page_or_a_note_cuts_stays_whole(corpus):
    text, passages = of_text(corpus, "serge-lenin-stalin")
    for one, other in itertools.pairwise(parts_of(text, passages)):
        if one.voiced is other.voiced and one.passage == other.passage:
            cut = one.text[-1].isalpha() and other.text[0].isalpha()
            assert not cut, (one.text[-20:], other.text[:20])


def test_groups_are_the_passages_in_order_with_their_notes(corpus):
    for text in corpus.texts:
        _, passages = of_text(corpus, text.doc_id)
        parts = parts_of(text, passages)
        groups = grouped(parts)
        assert [n for group in groups for n in group.parts] == list(range(len(parts)))
        in_order = [group.passage for group in groups if group.passage is not None]
        assert in_order == list(range(len(passages)))
        for group in groups:
            layers = {parts[number].layer for number in group.parts}
            if group.passage is None:
                assert not layers & set(RUNNING_LAYERS)
            else:
                assert not layers & {"title", "heading"}


def test_a_quotation_tells_who_speaks_to_be_seen_and_heard(small):
    part = parts_of(*small)[1]
    (voice,) = page_words(part).xpath(".//*[contains(@class, 'voice')]")
    assert voice.get("class") == "voice other"
    assert voice.get("title") == "Words of Ann Brook"
    assert voice.xpath("string(*[@class='who'])") == "Ann Brook"
    assert voice.xpath("*[@class='who']/@aria-hidden") == ["true"]
    assert voice.xpath("string(*[@class='heard'])") == "[Ann Brook:] "
    assert seen(voice) == "the river is rising, and nobody has seen it yet,"


def test_an_edit_shows_what_stood_there(small):
    part = parts_of(*small)[1]
    tree = page_words(part)
    lost, joined_line = tree.xpath(".//*[@class='corrected']"), tree.xpath(".//*[@class='join']")
    assert [one.xpath("string(del)") for one in lost] == ["tbe "]
    assert lost[0].get("title") == "left out: <twice>"
    assert [one.xpath("string(del)") for one in joined_line] == ["-⏎"]
    assert "He did not answer. The mill" in seen(tree)


def test_what_stood_before_every_edit_gives_the_source_back(corpus):
    for text in corpus.texts:
        parts = parts_of(*of_text(corpus, text.doc_id))
        by_block: dict[int, str] = {}
        for part in parts:
            tree = page_words(part)
            for element in tree.xpath(
                ".//ins | .//*[@class='join']/text() | .//*[@class='who'] | .//*[@class='heard']"
            ):
                if isinstance(element, str):
                    holder = element.getparent()
                    if element.is_tail:
                        holder.tail = ""
                    else:
                        holder.text = ""
                else:
                    element.drop_tree()
            by_block[part.block] = by_block.get(part.block, "") + tree.text_content()
        # A word that a note or page cuts stands whole in the earlier block.
        starts = [block.char_start for block in text.blocks]
        moved: set[int] = set()
        for part in parts:
            own = text.blocks[part.block]
            for at in part.starts[part.starts >= own.char_end][:1].tolist():
                moved |= {part.block, bisect_right(starts, at) - 1}
        n_checked = 0
        for number, found in by_block.items():
            block = text.blocks[number]
            over = [
                edit
                for edit in text.edits
                if edit.char_start < block.char_end
                and edit.char_end > block.char_start
                and not block.char_start <= edit.char_start <= edit.char_end <= block.char_end
            ]
            if over or number in moved:
                continue
            raw = text.raw[block.char_start : block.char_end]
            assert _bare(found) == _bare(raw), block
            n_checked += 1
        assert n_checked > 0.85 * len(by_block)


def _bare(words: str) -> str:
    """Return words without blanks and line ends, shown as signs or not."""
    return "".join(words.replace("⏎", "").replace("␣", "").split())


def test_a_word_that_was_changed_says_why(tmp_path):
    at = SMALL.index("mill")
    text, passages = small_text(tmp_path / "c", corrections=f"{at},{at + 4},mill,mi11,OCR\n")
    (changed,) = page_words(parts_of(text, passages)[1]).xpath(".//*[@class='corrected']")
    assert (changed.xpath("string(del)"), changed.xpath("string(ins)")) == ("mill", "mi11")
    assert changed.get("title") == "mill in the source: OCR"


def test_an_excerpt_leaves_out_the_notes_of_its_passages(corpus):
    text, passages = of_text(corpus, "serge-memoirs")
    source = dataclasses.replace(text.source, publish="excerpt")
    text = dataclasses.replace(text, source=source)
    mentions = find_mentions(corpus)
    everything = {place: ["f"] for place in passages["place"]}
    shown, _ = shown_of(
        text, passages, places=everything, mentions=mentions[mentions["doc_id"] == "serge-memoirs"]
    )
    layers = {shown.parts[n].layer for group in shown.groups if group for n in group.parts}
    assert layers <= set(RUNNING_LAYERS)
    assert any(part.layer == "editor_note" for part in shown.parts)


def test_lines_stand_where_parts_begin_and_at_every_fifth(tmp_path):
    raw = "One.\n\n" + "\n".join(f"Line {number} of it" for number in range(3, 14)) + "\n"
    text, passages = small_text(tmp_path / "c", raw=raw)
    parts = parts_of(text, passages)
    shown = SimpleNamespace(text=text, parts=parts, groups=grouped(parts))
    marks = line_marks(shown)
    told = [(line, parts[n].text[at:].split(" of")[0]) for n in marks for at, line in marks[n]]
    assert told == [(1, "One."), (3, "Line 3"), (10, "Line 10")]


def leaves_of(targets, place: str) -> list[str]:
    """Return the ids of the pieces of a place."""
    for name, ids in targets.rules:
        if name == place:
            return list(ids)
    return [place]


def spans(places: list[str]) -> dict[str, tuple[int, int]]:
    """Return the raw span of each place."""
    return {place: span_of(place)[1:] for place in places}


SPANS = st.lists(
    st.tuples(st.integers(0, len(SMALL) - 1), st.integers(1, 90)).map(
        lambda one: f"a@{one[0]}-{min(one[0] + one[1], len(SMALL))}"
    ),
    max_size=8,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(places=SPANS)
def test_pieces_of_a_place_are_its_characters_whatever_crosses_it(small, places):
    parts = parts_of(*small)
    locator = Locator.of(parts, shown=range(len(parts)))
    targets = find_targets(spans(places), locator)
    words: dict[str, str] = {}
    behind: dict[str, str] = {}
    ids: list[str] = []
    for number, part in enumerate(parts):
        marked = Marked(
            leaves=targets.leaves.get(number, ()), anchors=targets.anchors.get(number, ())
        )
        tree = page_words(part, marked)
        ids += tree.xpath("//@id")
        for anchor in tree.xpath("//*[@class='anchor']"):
            # What a reader sees from here to the end of the part.
            marked_tree = page_words(part, marked)
            (here,) = marked_tree.xpath(f"//*[@id='{anchor.get('id')}']")
            here.text = "\u241f"
            behind[anchor.get("id")] = seen(marked_tree).partition("\u241f")[2]
        for leaf in tree.xpath("//*[@class='leaf']"):
            words[leaf.get("id")] = seen(leaf)
        assert seen(page_words(part, marked)) == part.text
    assert len(ids) == len(set(ids))
    assert set(places) <= set(ids)
    for place in places:
        _, start, end = span_of(place)
        expected = first = ""
        for part in parts:
            inside = np.flatnonzero((part.starts >= start) & (part.ends <= end))
            if len(inside):
                piece = part.text[inside[0] : inside[-1] + 1]
                first = first if expected.strip() else piece
                expected += piece
        if expected.strip():
            found = "".join(words[one] for one in leaves_of(targets, place))
            assert found.split() == expected.split()
            if place in behind:
                assert behind[place].startswith(first)


def test_a_place_without_words_opens_at_the_next(small):
    parts = parts_of(*small)
    gap = SMALL.index("\n\nRain")
    targets = find_targets(
        spans([f"a@{gap}-{gap + 2}"]), Locator.of(parts, shown=range(len(parts)))
    )
    assert targets.anchors == {1: [(0, f"a@{gap}-{gap + 2}")]}
    assert targets.rules == []


def test_a_place_without_an_end_is_the_note_or_passage_that_holds_it(corpus):
    text, passages = of_text(corpus, "serge-memoirs")
    note = next(block for block in text.blocks if block.layer == "editor_note")
    inside = int(passages["char_start"].iloc[4]) + 50
    places = {f"serge-memoirs@{at}": ["f"] for at in (note.char_start + 9, inside)}
    mentions = find_mentions(corpus).iloc[:0]
    shown, _ = shown_of(text, passages, places=places, mentions=mentions)
    leaves = {
        leaf.id: shown.parts[number].text[leaf.begin : leaf.end]
        for number, of_part in shown.targets.leaves.items()
        for leaf in of_part
    }
    found = {
        place: " ".join("".join(leaves[one] for one in leaves_of(shown.targets, place)).split())
        for place in places
    }
    raw = text.raw[note.char_start : note.char_end]
    assert _bare(found[f"serge-memoirs@{note.char_start + 9}"]) == _bare(raw)
    held = passages["text"].iloc[4]
    assert _bare(found[f"serge-memoirs@{inside}"]) == _bare(held)


def test_pages_of_the_margin_are_those_that_the_passage_is_cited_with(corpus):
    text, passages = of_text(corpus, "serge-lenin-stalin")
    parts = parts_of(text, passages)
    for number in range(0, len(passages), 13):
        row = passages.iloc[number]
        own = [part for part in parts if part.passage == number]
        reading = read_passage(corpus, row["place"])
        tree = parser.fromstring(passage_margin(text, row, parts=own, figures={}))
        first, last = (reading.page or "").partition("-")[::2]
        where = f"pp. {first}–{last}" if last else f"p. {first}"
        lines = f"lines {reading.line_start}–{reading.line_end}"
        assert tree.xpath("string(ul/li[2])") == f"{where}, {lines}"
        cited = f"{text.source.citation.rstrip('.')}, {where} [{row['place']}]."
        assert tree.xpath("string(details[@class='cite']/p)") == cited


def test_of_no_parts_every_place_is_stray(small):
    targets = find_targets(spans(["a@0-5"]), Locator.of(parts_of(*small), shown=()))
    assert targets.stray == ("a@0-5",)
