"""Dates named in a text: what is found, what it means, what it is there for, what is no date."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.dates import Frame, find_dates
from analysis.edition.dates_partial import TimeSpan, days_of, one_date


def told(text: str, **settings) -> list[tuple[str, str | None]]:
    """Return the text and the EDTF span of each date found."""
    found = find_dates(text, **settings)
    return [(one.text, one.span.edtf if one.span else None) for one in found]


def roles(text: str, **settings) -> list[tuple[str, str]]:
    return [(one.text, one.role) for one in find_dates(text, **settings)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began in 1917.", "1917"),
        ("1917 means war.", "1917"),
        ("In October 1927 it ended.", "1927-10"),
        ("In November, 1929, bread was short.", "1929-11"),
        ("On April 3, 1917, he came.", "1917-04-03"),
        ("On 18 March 1921 they rose.", "1921-03-18"),
        ("On the 1st of May, 1920, they marched.", "1920-05-01"),
        ("The first of May 1920 was cold.", "1920-05-01"),
        ("On the night of December 10, 1927, it broke out.", "1927-12-10"),
        ("MARCH 1917: THE HEADLESS REVOLUTION", "1917-03"),
        ("The summer of 1918 was frightful.", "1918-06/1918-08"),
        ("In the fall of 1919 they came.", "1919-09/1919-11"),
        ("In the winter of 1919-20 it froze.", "1919-12/1920-02"),
        ("From 1923 to 1925 he joined them.", "1923/1925"),
        ("It went on in 1925-1926.", "1925/1926"),
        ("The war of 1914–18 was over.", "1914/1918"),
        ("Between 1920 and 1925 it grew.", "1920/1925"),
        ("From April to August 1927 they fought.", "1927-04/1927-08"),
        ("April 24-29, 1917, they met.", "1917-04-24/1917-04-29"),
        ("On the 21st and 22nd of May (1927) it fell.", "1927-05-21/1927-05-22"),
        ("On 18 March of the previous year (1921) they rose.", "1921-03-18"),
        ("At the end of October 1927 they met.", "1927-10-21/1927-10-31"),
        ("The middle of September 1917 was calm.", "1917-09-11/1917-09-20"),
        ("At the beginning of 1928 it was denied.", "1928-01/1928-04"),
        ("Early in 1953 he died.", "1953-01/1953-04"),
        ("In mid-1921 it rained.", "1921-05/1921-08"),
        ("In the second half of 1921 it snowed.", "1921-07/1921-12"),
        ("At the beginning of the autumn of 1921 it fell apart.", "1921-09"),
        ("Beginning in 1923, he was attacked.", "1923"),
        ("In the 1920s money was short.", "1920/1929"),
        ("In the nineteen-twenties money was short.", "1920/1929"),
        ("The file is of 1920-09-05.", "1920-09-05"),
    ],
)
def test_a_date_says_what_it_says(text, expected):
    assert [span for _, span in told(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "There were 1700 troops in the capital and 20,000 peasants.",
        "More than 2000* communists were killed, actually 1999 of them.",
        "See p. 1901, article 1917 and over 1900 men.",
        "It cost 1,917 rubles, or 1917.50 francs.",
        "May they serve; nobody may know; the march on Rome, THE MARCH TO POWER.",
        "They carried him in 21 conditions under article 58.",
        "An August Bebel spoke.",
    ],
)
def test_a_number_or_word_that_looks_like_a_date_is_none(text):
    assert told(text) == []


def test_a_month_or_day_takes_the_year_in_force():
    text = "In 1917 it began. By July it was lost, and on October 11th won; in 1918 June was hot."
    assert told(text) == [
        ("1917", "1917"),
        ("July", "1917-07"),
        ("October 11th", "1917-10-11"),
        ("1918", "1918"),
        ("June", "1918-06"),
    ]
    assert told("It was in May.", in_force=one_date("1922-08")) == [("May", "1922-05")]
    lone, day = find_dates("In May, on June 3, nothing.")
    assert (lone.role, lone.earliest) == ("name", None)
    assert (day.role, day.earliest, day.is_explicit) == ("narrated", None, True)
    assert day.reason == "no year in force, or no such day"


def test_there_is_no_thirty_first_of_april_and_no_range_that_runs_backward():
    assert told("On 31 April 1920, from 1925 to 1915.") == [
        ("31 April 1920", None),
        ("1925 to 1915", None),
    ]


def test_a_year_is_first_looked_for_in_the_time_that_an_editor_gives():
    text = "The session was on November 24."
    frame = Frame(start=0, end=len(text), span=TimeSpan(earliest="1919-12-01", latest="1920-12-31"))
    found = find_dates(text, in_force=one_date("1922-08"), frames=[frame])
    assert [one.earliest for one in found] == ["1920-11-24"]
    elsewhere = Frame(start=0, end=3, span=one_date("1920"))
    found = find_dates(text, in_force=one_date("1922-08"), frames=[elsewhere])
    assert [one.earliest for one in found] == ["1922-11-24"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 26 October of the Julian calendar was 8 November of the Gregorian in this century,
        ("On October 26th (November 8th) he wrote.", ("1917-11-08", "1917-10-26")),
        ("On 7 November (25 October) 1917 it began.", ("1917-11-07", "1917-10-25")),
        ("On October 25/November 7, 1917, it began.", ("1917-11-07", "1917-10-25")),
        # and 1 March 1881 was 13 March, twelve days later.
        ("On 1 March (13 March) 1881 he was killed.", ("1881-03-13", "1881-03-01")),
        ("On December 31, 1916 (January 13) it snowed.", ("1917-01-13", "1916-12-31")),
        ("On December 31 (January 13, 1917) it snowed.", ("1917-01-13", "1916-12-31")),
    ],
)
def test_one_day_in_both_calendars_is_one_date(text, expected):
    (one,) = find_dates(text, in_force=one_date("1917"))
    assert (one.earliest, one.old_style) == expected
    assert (one.latest, one.calendar, one.role) == (expected[0], "both", "narrated")


def test_two_days_that_are_not_one_in_two_calendars_are_two():
    assert told("On 3 May, 20 May 1920 and October 1 (October 3) they met.") == [
        ("3 May", None),
        ("20 May 1920", "1920-05-20"),
        ("October 1", "1920-10-01"),
        ("October 3", "1920-10-03"),
    ]


def test_old_style_is_kept_apart_where_the_text_says_so():
    text = "Then (February, old Russian calendar; it was March according to the western calendar)"
    old, new = find_dates(text, in_force=one_date("1917"))
    # February 1917 of the Julian calendar ran from 14 February to 13 March of the Gregorian.
    assert (old.earliest, old.latest, old.calendar) == ("1917-02-14", "1917-03-13", "old")
    assert old.old_style == "1917-02"
    assert (new.earliest, new.calendar, new.old_style) == ("1917-03", "new", None)
    (day,) = find_dates("On February 27th it fell.", in_force=one_date("1917"), calendar="old")
    assert (day.earliest, day.old_style, day.calendar) == ("1917-03-12", "1917-02-27", "old")
    (day,) = find_dates("On February 27th it fell.", in_force=one_date("1917"))
    assert (day.earliest, day.old_style, day.calendar) == ("1917-02-27", None, "")


def test_names_of_events_are_no_dates():
    text = "His April Theses, the October Revolution, the September days and the men of October."
    found = find_dates(text, in_force=one_date("1917"))
    assert [(one.text, one.role, one.earliest) for one in found] == [
        ("April", "name", None),
        ("October", "name", None),
        ("September", "name", None),
        ("October", "name", None),
    ]
    assert not any(one.is_explicit or one.is_narrated for one in found)
    (year,) = find_dates("The 1905 revolution had taught them.")
    assert (year.role, year.earliest, year.is_explicit) == ("name", "1905", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They are shot. (1930.)", [("1930", "narrated")]),
        ("The massacre of the workers (1927) followed.", [("1927", "narrated")]),
        ("The defeats in Italy (1918-1922) were many.", [("1918-1922", "narrated")]),
        ("Clara Zetkin (1857-1933) spoke.", [("1857-1933", "life")]),
        (
            "He came and piled up notes for a work. (In 1936 and 1937, he was to sit.) He spoke.",
            [("1936", "aside"), ("1937", "aside")],
        ),
        ("It is high. (New York Times, February 3, 1931.)", [("February 3, 1931", "citation")]),
        ("They wait. (X. Letter written August 5, 1931.)", [("August 5, 1931", "signature")]),
        ("They wait. (M., March 23, 1930.)", [("March 23, 1930", "signature")]),
        ("He tells us in a document which appeared in 1922:", [("1922", "publication")]),
        ("Though it was written in 1919, it stands.", [("1919", "publication")]),
        ("One wrote in Pravda of October 11, 1922, that", [("October 11, 1922", "publication")]),
        (
            "The agency published at the beginning of 1928 a denial.",
            [("beginning of 1928", "narrated")],
        ),
    ],
)
def test_what_a_date_is_there_for(text, expected):
    assert roles(text) == expected


def test_notes_and_headings_do_not_date_the_narrative():
    for layer in ("footnote", "editor_note", "paratext", "page_furniture"):
        assert roles("He died in 1953.", layer=layer) == [("1953", "note")]
    assert roles("November 7, 1917", layer="heading") == [("November 7, 1917", "heading")]
    assert roles("He died in 1953.", layer="blockquote") == [("1953", "narrated")]


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("The next day they left.", "1917-11-07", "1917-11-08"),
        ("The day before, they left.", "1917-11-07", "1917-11-06"),
        ("The next day they left.", "1917", "1917/1918"),
        ("Three years later they left.", "1917-11-07", "1920"),
        ("Twelve years earlier they had left.", "1921-09", "1909"),
        ("Six weeks later they left.", "1917-09-01", "1917-10-13"),
        ("A few months later they left.", "1919-11", "1920-01/1920-05"),
        ("Less than a year later they left.", "1921-01", "1921/1922"),
        ("Almost ten years later they left.", "1927-10", "1935/1937"),
        ("More than ten years later they left.", "1917", "1927/1929"),
        ("After two years, they left.", "1917", "1919"),
        ("Months later they left.", "1917-01", "1917-03/1917-12"),
        ("That summer they left.", "1920-03-05", "1920-06/1920-08"),
        ("The following summer they left.", "1920-07", "1921-06/1921-08"),
        ("That same evening they left.", "1919-03-02", "1919-03-02"),
        ("The previous year they left.", "1921-03", "1920"),
        ("That year they left.", "1921-03", "1921"),
    ],
)
def test_relative_dates_are_counted_from_the_last_date(text, anchor, expected):
    (one,) = find_dates(text, in_force=one_date(anchor))
    assert (one.kind, one.is_explicit) == ("relative", False)
    assert one.span is not None
    assert one.span.edtf == expected


def test_relative_dates_without_a_near_date_are_left_open():
    (one,) = find_dates("The next day they left.")
    assert (one.earliest, one.reason) == (None, "no date before it to count from")
    (one,) = find_dates("The next day they left.", in_force=one_date("1917"), near=False)
    assert one.earliest is None
    _, one = find_dates("In 1918 it fell. The next year it rose.", near=False)
    assert one.earliest == "1919"


def test_relative_dates_that_no_calendar_has_are_left_open():
    (one,) = find_dates("Nine hundred and 999 years earlier, they left.", in_force=one_date("0900"))
    assert (one.earliest, one.reason) == (None, "before the year 1 or after 9999")


def test_durations_and_turns_of_phrase_are_no_relative_dates():
    text = (
        "For three years afterwards, his adversary of the day before, in two weeks, a year of war."
    )
    assert told(text, in_force=one_date("1917")) == []


def test_ago_is_counted_from_the_time_of_writing():
    written = TimeSpan(earliest="1936", latest="1937")
    text = "All this happened nineteen years ago."
    assert told(text, written=written) == [("nineteen years ago", "1917/1918")]
    (one,) = find_dates(text)
    assert (one.earliest, one.reason) == (
        None,
        "counted from the time of writing, which is not known",
    )
    # A time after the last date told of would be a look forward by "ago": it is left open.
    (one,) = find_dates(
        "Since the rise of symbolism, fifteen years ago, he had been the first.",
        in_force=one_date("1921-08"),
        written=TimeSpan(earliest="1941", latest="1943"),
    )
    assert one.earliest is None
    assert "left open" in one.reason


def test_a_look_back_does_not_move_the_date_that_others_count_from():
    text = "In 1921 they met. Twelve years earlier he was in Paris. The next year they parted."
    assert [span for _, span in told(text)] == ["1921", "1909", "1922"]


def test_other_languages_have_their_figures_read():
    text = "Né le 4 mai 1917, mort en 1919–20; voir 1921-03-18."
    assert [span for _, span in told(text, language="fr-FR")] == ["1917", "1919/1920", "1921-03-18"]


WORDS = st.sampled_from(
    "In on the of (1917) 1917 1918. May March, April 3rd 31 30 October 26th (November 8th) 1920-21 "
    "from to between and end early summer winter year years three later ago next day that same , . "
    "( ) [ ] men troops Theses Revolution old calendar 1500 page".split(" ")
)


@given(
    st.lists(WORDS, max_size=25).map(" ".join),
    st.sampled_from(["body", "footnote", "heading"]),
    st.sampled_from([None, "1917", "1920-02-29"]),
)
def test_whatever_stands_there_dates_are_in_order_apart_and_in_iso_form(text, layer, anchor):
    settings = {"in_force": one_date(anchor)} if anchor else {}
    found = find_dates(text, layer=layer, **settings)
    assert found == find_dates(text, layer=layer, **settings)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        assert text[one.start : one.end] == one.text != ""
        assert (one.earliest is None) == (one.latest is None)
        if one.earliest is not None:
            assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", one.earliest)
            assert days_of(one.earliest)[0] <= days_of(one.latest)[1]
        elif one.role == "narrated":
            assert one.reason


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    for one in find_dates(text):
        assert text[one.start : one.end] == one.text
