"""Partial dates: what they cover, their order, their arithmetic, and the two calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.dates_partial import (
    TimeSpan,
    days_of,
    hull,
    new_style,
    one_date,
    partial_of,
    shifted,
    to_the_month,
    year_span,
)
from analysis.errors import InputError

DAYS = st.dates(date(100, 1, 1), date(2600, 1, 1))


@st.composite
def spans(draw):
    first, last = sorted((draw(DAYS), draw(DAYS)))
    precision = draw(st.sampled_from(["year", "month", "day"]))
    return TimeSpan(
        earliest=partial_of(first, precision=precision),
        latest=partial_of(last, precision=precision),
    )


def test_a_partial_date_covers_its_year_month_or_day():
    assert days_of("1920") == (date(1920, 1, 1), date(1920, 12, 31))
    assert days_of("1920-02") == (date(1920, 2, 1), date(1920, 2, 29))
    assert days_of("1921-02") == (date(1921, 2, 1), date(1921, 2, 28))
    assert days_of("1920-09-05") == (date(1920, 9, 5), date(1920, 9, 5))


@pytest.mark.parametrize(
    "wrong", ["", "20", "1920-13", "1920-9", "1921-02-29", "1920/1921", "soon"]
)
def test_what_is_no_date_is_refused_by_its_value(wrong):
    with pytest.raises(InputError, match="is no date"):
        days_of(wrong)


def test_a_span_runs_forward_and_counts_both_ends():
    assert (
        TimeSpan(earliest="1920", latest="1920-09").n_days
        == 31 + 29 + 31 + 30 + 31 + 30 + 31 + 31 + 30
    )
    assert TimeSpan(earliest="1920-09", latest="1920").edtf == "1920-09/1920"
    assert one_date("1920").n_days == 366
    with pytest.raises(InputError, match="1921 to 1920 run backward"):
        TimeSpan(earliest="1921", latest="1920")


def test_spans_overlap_where_they_share_a_day():
    august = one_date("1920-08")
    assert august.overlaps(one_date("1920-08-31"))
    assert not august.overlaps(one_date("1920-09-01"))
    assert one_date("1920").overlaps(august)


def test_a_hull_keeps_the_less_precise_of_two_dates_that_begin_or_end_alike():
    assert hull([one_date("1920-01-01"), one_date("1920"), one_date("1920-12")]).edtf == "1920"
    assert hull([one_date("1918"), one_date("1921-03-18")]).edtf == "1918/1921-03-18"


def test_shifting_keeps_the_coarser_precision():
    assert shifted(one_date("1920-02-29"), low=1, high=1, unit="year").edtf == "1921"
    assert shifted(one_date("1920-01-31"), low=1, high=1, unit="month").edtf == "1920-02"
    assert shifted(one_date("1920-12-31"), low=1, high=1, unit="day").edtf == "1921-01-01"
    assert shifted(one_date("1920-12"), low=1, high=1, unit="day").edtf == "1920-12/1921-01"
    assert shifted(one_date("1920"), low=-2, high=3, unit="year").edtf == "1918/1923"


def test_days_may_be_given_by_their_months_and_years_by_a_source():
    assert to_the_month(TimeSpan(earliest="1917-03-12", latest="1918")).edtf == "1917-03/1918"
    assert year_span("1936/1937") == TimeSpan(earliest="1936", latest="1937")
    assert year_span("1955") == one_date("1955")
    assert year_span(None) is year_span("about 1955") is None


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ("1917-10-25", "1917-11-07"),  # the October insurrection
        ("1918-01-31", "1918-02-13"),  # the day before Russia's first Gregorian day
        ("1900-02-28", "1900-03-12"),
        ("1900-02-29", None),  # a leap day in the Julian calendar alone
        ("1582-10-05", "1582-10-15"),  # the first Gregorian day in Rome
        ("1616-04-23", "1616-05-03"),  # Shakespeare's death
    ],
)
def test_old_style_days_are_the_known_new_style_days(julian, gregorian):
    if gregorian is None:
        with pytest.raises(InputError):
            new_style(julian)
    else:
        assert new_style(julian) == one_date(gregorian)


def test_an_old_style_month_or_year_is_the_days_that_it_lasted():
    assert new_style("1917-02").edtf == "1917-02-14/1917-03-13"
    assert new_style("1917-12").edtf == "1917-12-14/1918-01-13"
    assert new_style("1917").edtf == "1917-01-14/1918-01-13"


@given(st.dates(date(1582, 10, 20), date(2400, 12, 1)))
def test_the_two_calendars_run_together(day):
    """The next day is the next in both, but for Julian leap days that are no Gregorian days."""
    one, other = new_style(day.isoformat()), new_style((day + timedelta(days=1)).isoformat())
    step = (other.first_day - one.first_day).days
    leap = (day.month, day.day) == (2, 28) and day.year % 100 == 0 and day.year % 400 != 0
    assert step == (2 if leap else 1)


@given(spans(), spans())
def test_a_hull_covers_both_and_no_more(one, other):
    both = hull([one, other])
    assert both.first_day == min(one.first_day, other.first_day)
    assert both.last_day == max(one.last_day, other.last_day)
    assert both == hull([other, one])


@given(spans(), st.integers(0, 40), st.sampled_from(["day", "week", "month", "year"]))
def test_shifting_there_and_back_covers_where_it_began(span, by, unit):
    there = shifted(span, low=by, high=by, unit=unit)
    assert there.last_day >= span.first_day
    assert shifted(there, low=-by, high=-by, unit=unit).overlaps(span)
    around = shifted(span, low=-by, high=by, unit=unit)
    assert around.first_day <= span.first_day <= span.last_day <= around.last_day


def test_a_shift_out_of_the_calendar_is_refused():
    with pytest.raises(InputError, match="-40 years from 0020-01-01 there is no date"):
        shifted(one_date("0020"), low=-40, high=0, unit="year")
    with pytest.raises(InputError, match="the years run from 1 to 9999"):
        shifted(one_date("9999"), low=0, high=1, unit="day")
