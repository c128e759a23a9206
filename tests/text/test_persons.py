"""Mentions of persons in small corpora with a planted truth; the finder against brute force."""

import hashlib
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.corpus import Corpus, read_corpus
from analysis.errors import InputError
from analysis.tables import check_table
from analysis.text import persons_names
from analysis.text.persons import find_mentions, missing_candidates, spoken_of
from analysis.text.persons_names import NameFinder, read_name, words_of

INDEX = """
shared = ["Weber"]
titles = ["Comrade"]
[[person]]
id = "braun"
name = "Max Braun"
variants = ["Braun", "M. Braun"]
description = "x"
[[person]]
id = "weber-anna"
name = "Anna Weber"
variants = ["Weber", "Anna [and Karl Weber]"]
description = "x"
[[person]]
id = "weber-karl"
name = "Karl Weber"
variants = ["Weber"]
description = "x"
[[person]]
id = "kraft"
name = "Kraft-Holm"
description = "x"
[apart]
places = ["Braun Street"]
"""

SOURCE = """
[[source]]
id = "{id}"
author = "{author}"
title = "T"
path = "texts/{id}.txt"
sha256 = "{digest}"
profile = "plain-text"
language = "en"
rights = "r"
citation = "c"
citation_key = "k"
"""


@pytest.fixture
def made(tmp_path: Path):
    """Return a function that makes a corpus of texts by id, each "Author|text"."""

    def make(*, index: str = INDEX, **texts: str) -> Corpus:
        (tmp_path / "texts").mkdir(exist_ok=True)
        sources = ""
        for doc_id, whole in texts.items():
            author, text = whole.split("|", 1)
            (tmp_path / "texts" / f"{doc_id}.txt").write_text(text, encoding="utf-8", newline="")
            digest = hashlib.sha256(text.encode()).hexdigest()
            sources += SOURCE.format(id=doc_id, author=author, digest=digest)
        (tmp_path / "sources.toml").write_text(sources, encoding="utf-8")
        (tmp_path / "persons.toml").write_text(index, encoding="utf-8")
        return read_corpus(tmp_path)

    return make


def told(corpus: Corpus) -> list[tuple[str, str | None, str]]:
    mentions = find_mentions(corpus)
    check_table(mentions, "mentions")
    return [
        (row.surface, None if row.person_id is None else str(row.person_id), row.basis)
        for row in mentions.astype(object).where(mentions.notna(), None).itertuples()
    ]


def test_the_longest_name_is_taken_whole_words_only(made):
    corpus = made(
        a="A|Then Max Braun met M. Braun; Braun’s men and the Brauns, braun, BRAUN and Braunism."
    )
    assert told(corpus) == [
        ("Max Braun", "braun", "name"),
        ("M. Braun", "braun", "name"),
        ("Braun", "braun", "name"),
        ("BRAUN", "braun", "name"),
    ]


def test_a_mention_says_where_it_stands(made):
    corpus = made(a="A|Then Max Braun left.\n\nNobody saw Braun again.")
    mentions = find_mentions(corpus)
    raw = corpus.text("a").raw
    assert list(mentions["place"]) == ["a@5-14", "a@33-38"]
    assert [
        raw[start:end]
        for start, end in zip(mentions["char_start"], mentions["char_end"], strict=True)
    ] == ["Max Braun", "Braun"]
    assert set(mentions["layer"]) == {"body"}
    assert set(mentions["voice"]) == {"author"}


def test_a_name_over_a_line_end_is_one(made):
    corpus = made(a="A|It was a grey morning when Max\nBraun left the house that he had bought.")
    assert told(corpus) == [("Max Braun", "braun", "name")]


def test_a_shared_name_is_told_by_the_fuller_one_in_its_paragraph(made):
    corpus = made(a="A|Here Karl Weber came.\n\nLater Anna Weber spoke, and Weber was heard.")
    assert told(corpus)[-1] == ("Weber", "weber-anna", "paragraph")


def test_a_shared_name_is_told_by_the_only_fuller_one_in_its_section(made):
    corpus = made(a="A|Here Karl Weber came.\n\nAt noon Weber was heard.")
    assert told(corpus)[-1] == ("Weber", "weber-karl", "section")


@pytest.mark.parametrize(
    "text",
    [
        "Nobody knows which Weber came.",
        "Anna Weber and Karl Weber met, and then Weber spoke.",
        "Here Karl Weber came.\n\nThere Anna Weber came.\n\nThen Weber spoke.",
    ],
)
def test_a_shared_name_is_left_open_where_nothing_or_too_much_tells(made, text):
    corpus = made(a=f"A|{text}")
    last = find_mentions(corpus).iloc[-1]
    assert last["surface"] == "Weber"
    assert last.isna()["person_id"]
    assert (last["candidates"], last["basis"]) == ("weber-anna weber-karl", "open")


def test_the_next_section_tells_nothing(made):
    corpus = made(a="A|Here Karl Weber came.\n\nPART TWO\n\nThen Weber spoke to them at last.")
    sections = corpus.blocks.set_index("text")["section"]
    assert sections.iloc[0] != sections.iloc[-1], "the text was to have two sections"
    assert told(corpus)[-1] == ("Weber", None, "open")


def test_words_in_square_brackets_must_stand_beside_the_name(made):
    corpus = made(a="A|We saw Anna and Karl Weber. Then Anna left.")
    assert told(corpus) == [("Anna", "weber-anna", "name"), ("Karl Weber", "weber-karl", "name")]


def test_a_hyphen_to_an_unknown_name_makes_another_name(made):
    corpus = made(a="A|We saw Kraft-Holm, Braun-Vogel, Vogel-Braun and an anti-Braun man.")
    assert told(corpus) == [("Kraft-Holm", "kraft", "name"), ("Braun", "braun", "name")]


def test_a_hyphen_between_two_known_names_parts_them(made):
    corpus = made(a="A|We heard of the Braun-Weber letters of Anna Weber.")
    assert [surface for surface, _, _ in told(corpus)] == ["Braun", "Weber", "Anna Weber"]


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("We met Otto Braun there.", True),
        ("We met him at the Braun Institute there.", True),
        ("We met Comrade Braun there.", False),
        ("When did it begin? When Braun came. And when?", False),
        ("We met them, Otto, Braun and her.", False),
    ],
)
def test_an_unknown_name_beside_it_leaves_a_name_open(made, text, open_):
    (row,) = told(made(a=f"A|{text}"))
    assert row == ("Braun", None, "longer name") if open_ else ("Braun", "braun", "name")


def test_what_is_called_after_a_person_is_no_mention(made):
    assert told(made(a="A|We lived in Braun Street, near Braun himself.")) == [
        ("Braun", "braun", "name")
    ]


def test_without_an_index_nobody_is_named(made):
    corpus = made(a="A|Then Max Braun left.")
    (corpus.folder / "persons.toml").unlink()
    assert find_mentions(corpus).empty


def test_what_the_index_misses_is_listed_with_its_place(made):
    corpus = made(
        a="A|Then we met Nils Holm and Braun. The street was empty. Later Nils Holm left.",
        b="B|Nobody saw Nils Holm. The War of the Empire began; no war is like it, no empire.",
    )
    found = missing_candidates(corpus)
    assert found[["name", "n_places", "n_texts"]].to_numpy().tolist() == [["Nils Holm", 3, 2]]
    line = found.iloc[0]
    assert (line["left"], line["surface"]) == ("Then we met ", "Nils Holm")
    assert line["right"].startswith(" and Braun.")
    assert line["place"] == "a@12-21"


def test_rates_by_author_and_by_whose_words(made):
    corpus = made(
        a="Eva|Braun came home with us. He said, “I never saw Braun or Kraft-Holm at home.”",
        b="Udo|Nobody came home with us but Braun.",
    )
    result = spoken_of(find_mentions(corpus), corpus, n_persons=2)
    table = result.table.set_index(["group", "whose", "person_id"])
    # Eva: 7 own words and 8 of others (Kraft-Holm is one word); Udo: 7 words of his own.
    assert list(table.loc[("Eva", "author", "braun"), ["n_mentions", "n_words"]]) == [1, 7]
    assert list(table.loc[("Eva", "others", "braun"), ["n_mentions", "n_words"]]) == [1, 8]
    assert table.loc[("Eva", "others", "braun"), "per_1000_words"] == pytest.approx(1000 / 15)
    assert table.loc[("Udo", "author", "braun"), "per_1000_words"] == pytest.approx(1000 / 7)
    assert table.loc[("Udo", "author", "kraft"), "n_mentions"] == 0
    assert (result.n_named, result.n_persons, result.n_open, result.reason) == (2, 2, 0, "")


def test_rates_are_undefined_where_there_are_no_words(made):
    corpus = made(a="Eva|Braun came home.", b="Udo|Nobody came but Braun.")
    result = spoken_of(find_mentions(corpus), corpus, layers=("footnote",))
    assert result.table.empty
    assert result.reason == "There are no words of Eva, Udo in these layers."


@pytest.mark.parametrize(
    ("settings", "value"),
    [({"by": "place"}, "'place'"), ({"n_persons": 0}, "0"), ({"layers": ("foot",)}, "'foot'")],
)
def test_bad_settings_are_named(made, settings, value):
    corpus = made(a="Eva|Braun came home.")
    with pytest.raises(InputError, match=value):
        spoken_of(find_mentions(corpus), corpus, **settings)


NAMES = ("Ab", "Ab Cd", "Cd Ef", "Ab Cd Ef", "Gh-Ij", "Ij", "Ef [and Ab]", "[the] Gh")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ab", "Cd", "Ef", "Gh", "Ij", "and", "the", "ABX"]),
            st.sampled_from([" ", ". ", ", ", " "]),
        ),
        max_size=25,
    )
)
def test_the_finder_agrees_with_trying_every_name_at_every_place(pairs):
    text = "".join(word + gap for word, gap in pairs)
    words = words_of(text)
    found = [(hit.first, hit.last) for hit in NameFinder(_labelled()).find(words)]
    expected, place = [], 0
    while place < len(words):
        fitting = [len(name.own) for name, _ in _labelled() if _fits(name, words, place)]
        if fitting:
            expected.append((place, place + max(fitting)))
        place += max(fitting, default=1)
    assert found == expected
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))


def _labelled():
    return [(read_name(name), name) for name in NAMES]


def _fits(name, words, place):
    """Return whether a name stands at a place: its words and gaps joined are those of the text."""
    begin, end = place - name.first, place - name.first + len(name.words)
    if begin < 0 or end > len(words):
        return False
    here = words[begin].letters + "".join(
        word.gap + word.letters for word in words[begin + 1 : end]
    )
    own = name.words[0] + "".join(
        gap + word for gap, word in zip(name.gaps, name.words[1:], strict=True)
    )
    return here == own


def test_the_work_grows_with_the_text_and_not_faster(monkeypatch):
    calls = 0
    stands = persons_names._stands

    def counted(*args, **settings):
        nonlocal calls
        calls += 1
        return stands(*args, **settings)

    monkeypatch.setattr(persons_names, "_stands", counted)
    finder = NameFinder(_labelled())
    work = []
    for times in (1, 10, 100):
        calls = 0
        list(finder.find(words_of("Ab and Cd Ef met the Gh, Ab Cd. " * times)))
        work.append(calls)
    assert work[1] <= 10 * work[0]
    assert work[2] <= 100 * work[0]
