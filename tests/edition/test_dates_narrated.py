"""What each piece of a text narrates: own dates, carried dates, an editor's, or none."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.dates_editorial import read_editorial_dates
from analysis.edition.dates_narrated import date_corpus, narrated_time, time_of
from analysis.edition.dates_partial import TimeSpan, shifted
from analysis.edition.dates_pieces import MAX_CARRY, date_text
from analysis.errors import CorpusError, InputError

SOURCE = """
[[source]]
id = "a"
author = "A"
title = "T"
path = "a.txt"
sha256 = "{digest}"
profile = "web-transcription"
language = "en"
rights = "r"
citation = "c"
citation_key = "k"
year_written = "1936"
"""
HEADER = "doc_id,char_start,char_end,begins,date_earliest,date_latest,reason\n"


@pytest.fixture
def make(tmp_path: Path):
    """Return a function that makes a corpus of one text of paragraphs, with editorial rows.

    A row is (words of the text, earliest, latest): it begins and ends with these words.
    """

    def made(*paragraphs: str, rows=(), headings=()) -> Corpus:
        text = "\n\n".join(paragraphs) + "\n"
        (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
        digest = hashlib.sha256(text.encode()).hexdigest()
        (tmp_path / "sources.toml").write_text(SOURCE.format(digest=digest), encoding="utf-8")
        lines = [
            f'a,{start},{start + len(words)},"{words[:12]}",{one},{two},why\n'
            for words, one, two in rows
            for start in [text.index(words)]
        ]
        (tmp_path / "dates.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
        overrides = [
            f'{text.index(words)},{text.index(words) + len(words)},"{words}",layer,heading,why\n'
            for words in headings
        ]
        (tmp_path / "overrides").mkdir(exist_ok=True)
        (tmp_path / "overrides" / "a.csv").write_text(
            "char_start,char_end,begins,field,value,reason\n" + "".join(overrides), encoding="utf-8"
        )
        return read_corpus(tmp_path)

    return made


def told(corpus: Corpus) -> list[tuple[str | None, str, int]]:
    """Return span, basis and distance of each piece of the text."""
    return [
        (piece.span.edtf if piece.span else None, piece.basis, piece.distance)
        for piece in date_corpus(corpus)["a"].pieces
    ]


def at(corpus: Corpus, words: str):
    start = corpus.text("a").raw.index(words)
    return narrated_time(corpus, "a", char_start=start, char_end=start + len(words))


def test_a_date_is_carried_over_a_few_paragraphs_and_no_further(make):
    corpus = make("It began on May 5, 1917.", *["They went on with it."] * (MAX_CARRY + 2))
    assert told(corpus) == [
        ("1917-05-05", "explicit", 0),
        # a month is the finest that is carried
        *[("1917-05", "carried", distance) for distance in range(1, MAX_CARRY + 1)],
        (None, "none", 0),
        (None, "none", 0),
    ]


def test_the_last_date_of_a_paragraph_is_carried_and_all_of_them_are_its_own(make):
    corpus = make("In 1917 it began, and in 1919 it ended.", "They went home.")
    assert told(corpus) == [("1917/1919", "explicit", 0), ("1919", "carried", 1)]


def test_nothing_is_carried_into_another_section(make):
    corpus = make("In 1917 it began.", "The end", "They went home.", headings=["The end"])
    assert told(corpus) == [("1917", "explicit", 0), (None, "none", 0)]


def test_the_date_of_a_heading_is_carried_into_its_section(make):
    corpus = make("It was cold.", "November 1917", "They came.", headings=["November 1917"])
    assert told(corpus) == [(None, "none", 0), ("1917-11", "carried", 1)]


def test_dates_of_texts_asides_and_names_date_nothing(make):
    corpus = make(
        "His April Theses were printed in 1917. The book was written in 1919.",
        "They went home, tired and hungry as they were (she remembered it in 1936).",
    )
    assert told(corpus) == [(None, "none", 0), (None, "none", 0)]
    assert at(corpus, "They went home").basis == f"none: no date within {MAX_CARRY} paragraphs"


def test_a_note_is_not_told_and_dates_nothing(make):
    note = "[She died in 1953, far away.]"
    corpus = make("In 1917 it began.", note, "They went home.")
    assert at(corpus, note).basis == "none: not part of the running text"
    assert at(corpus, "They went home.").span.edtf == "1917"


def test_an_editors_row_is_right_against_dates_and_may_say_that_there_is_no_time(make):
    first = "The Commune of 1871 was much like it."
    corpus = make(first, "One may think so.", "They went on.", rows=[
        (first, "1917-03", "1917-04"),
        ("One may think so.", "", ""),
    ])  # fmt: skip
    assert told(corpus) == [
        ("1917-03/1917-04", "editorial", 0),
        (None, "none", 0),
        ("1917-03/1917-04", "carried", 2),
    ]
    assert at(corpus, "One may think so.").basis == "none: narrates no time"
    assert at(corpus, first).reason == "why"


def test_a_row_about_a_part_cuts_the_paragraph_there(make):
    corpus = make(
        "In 1920 he died. He had been young once and long. In 1920 they buried him.",
        rows=[("He had been young once and long.", "1887", "1900")],
    )
    assert told(corpus) == [
        ("1920", "explicit", 0),
        ("1887/1900", "editorial", 0),
        ("1920", "explicit", 0),
    ]


def test_days_without_a_year_take_that_of_the_editors_time(make):
    corpus = make(
        "He died in 1922.",
        "The session was on November 24.",
        rows=[("The session was on November 24.", "1920-07", "1920-12")],
    )
    (mention,) = date_corpus(corpus)["a"].mentions[1]
    assert mention.earliest == "1920-11-24"


def test_the_word_about_the_old_calendar_holds_for_its_section(make):
    corpus = make(
        "In 1917 (February, by the old calendar) it fell.",
        "On February 27th they won.",
        "The end",
        "On February 27th they lost.",
        headings=["The end"],
    )
    days = [
        one for found in date_corpus(corpus)["a"].mentions for one in found if one.kind == "day"
    ]
    assert [(one.earliest, one.old_style) for one in days] == [
        ("1917-03-12", "1917-02-27"),
        ("1917-02-27", None),
    ]


def test_relative_dates_are_counted_from_near_dates_only(make):
    corpus = make("In 1917 it began.", "Two years later it was over.")
    assert told(corpus) == [("1917", "explicit", 0), ("1919", "relative", 0)]
    far = make("In 1917 it began.", *["It went on."] * 5, "Two years later it was over.")
    assert told(far)[-1] == (None, "none", 0)


def test_a_part_of_a_paragraph_has_the_dates_that_stand_in_it(make):
    corpus = make("He was there. In 1917 it began so well. It went on and on. In 1921 it ended.")
    assert at(corpus, "In 1917 it began so well.").span == TimeSpan(earliest="1917", latest="1917")
    within = at(corpus, "It went on and on.")
    assert (within.span.edtf, within.basis) == ("1917", "carried within the paragraph")
    # before the first date there is only the time of the whole
    assert at(corpus, "He was there.").span.edtf == "1917/1921"
    assert at(corpus, "In 1921 it ended.").basis == "explicit"


def test_a_line_or_two_of_another_time_does_not_widen_a_stretch(make):
    long = "In 1920 they met, and talked of many things that were to be done by all of them."
    corpus = make(long, "In 1887 it snowed.", "In 1921 they met again, and talked of the same.")
    raw = corpus.text("a").raw
    time = narrated_time(corpus, "a", char_start=0, char_end=len(raw))
    assert (time.span.edtf, time.basis) == ("1920/1921", "explicit")


def test_a_stretch_of_which_little_is_dated_is_not(make):
    thought = "One may think about it as one likes, for nobody will ever know what it was."
    corpus = make("In 1920 he did.", thought, rows=[(thought, "", "")])
    raw = corpus.text("a").raw
    end = raw.index(thought) + len(thought)
    assert narrated_time(corpus, "a", char_start=0, char_end=end).basis == "none: narrates no time"


def test_a_place_that_is_none_is_refused(make):
    corpus = make("In 1920 he did.")
    with pytest.raises(InputError, match="a@3-900 is no place of the text: it has 16 characters"):
        narrated_time(corpus, "a", char_start=3, char_end=900)
    with pytest.raises(InputError, match="no text 'b'"):
        narrated_time(corpus, "b", char_start=0, char_end=3)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("b,0,3,In,1920,1920,why", "there is no text 'b'; the corpus has a"),
        ("a,0,x,In,1920,1920,why", "must be whole numbers"),
        ("a,0,3,On,1920,1920,why", "'On' does not stand at 0; mend its offsets"),
        ("a,2,5,In,1920,1920,why", "that stands at 0 now"),
        ("a,0,3,In,1920,,why", "give date_earliest and date_latest, or neither"),
        ("a,0,3,In,1920-13,1921,why", "'1920-13' is no date"),
        ("a,0,3,In,1921,1920,why", "1921 to 1920 run backward"),
        ("a,0,3,In,1920,1920, ", "has no reason"),
        ("a,0,3,In,1920,1920,why,more", "has not 7 values"),
        ("a,0,9,In,1920,1920,why\na,3,12,1920,1920,1920,why", "at 0 and 3 overlap"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_in_one_sentence(make, tmp_path, line, message):
    make("In 1920 he did.")
    (tmp_path / "dates.csv").write_text(HEADER + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        date_corpus(read_corpus(tmp_path))


def test_a_list_with_other_columns_is_refused_and_none_is_needed(make, tmp_path):
    make("In 1920 he did.")
    (tmp_path / "dates.csv").write_text("doc_id,when\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="must have the columns doc_id,char_start"):
        date_corpus(read_corpus(tmp_path))
    (tmp_path / "dates.csv").unlink()
    assert told(read_corpus(tmp_path)) == [("1920", "explicit", 0)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    years=st.integers(-300, 300),
    ends=st.tuples(st.integers(0, 16), st.integers(1, 40)),
    max_carry=st.integers(0, 4),
)
def test_a_row_moved_by_years_moves_what_rests_on_it_and_nothing_else(make, years, ends, max_carry):
    told_of = "They met again and talked."
    corpus = make(
        "In 1917 it began.", told_of, "Nobody knows.", "In 1923 it ended.",
        rows=[(told_of, "1919-05", "1920")],
    )  # fmt: skip
    text = corpus.text("a")
    rows = read_editorial_dates(corpus.folder, {"a": text.raw})
    moved = [
        replace(row, span=shifted(row.span, low=years, high=years, unit="year")) for row in rows
    ]
    one = date_text(text, editorial=rows, max_carry=max_carry)
    other = date_text(text, editorial=moved, max_carry=max_carry)
    bases = [piece.basis for piece in one.pieces]
    assert bases == [piece.basis for piece in other.pieces]
    assert bases == ["explicit", "editorial", "carried" if max_carry else "none", "explicit"]
    for piece, after in zip(one.pieces, other.pieces, strict=True):
        if piece.basis in ("editorial", "carried"):
            assert after.span.first_day.year == piece.span.first_day.year + years
            assert after.span.last_day.year == piece.span.last_day.year + years
        else:
            assert after.span == piece.span
    start, length = ends
    time = time_of(one, char_start=start, char_end=start + length)
    if time.span is not None:
        assert time.span.first_day <= time.span.last_day
    else:
        assert time.basis.startswith("none: ")
