"""A plot table as CSV: hand-computed cells, and what comes back when it is read again."""

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.publish.plotted import csv_bytes, rounded


def test_cells_by_hand():
    table = pd.DataFrame(
        {
            "number": [1 / 3, -0.0, np.nan, 4e-7, 1e20, -1e-9, np.inf],
            "count": pd.array([1, None, 3, 4, 5, 6, 7], dtype="Int64"),
            "text": ["é,", "two\nlines", None, 'a "q"', "", "x", "y"],
            "date": [pd.Timestamp("1920-01-01")] * 6 + [pd.Timestamp("1920-01-01T12:30")],
            "flag": [True, False] * 3 + [True],
            "mixed": [1, 2.5, None, "a", np.float32(0.1), 0.1 + 0.2, pd.NA],
        }
    )
    assert csv_bytes(table).decode() == (
        "number,count,text,date,flag,mixed\n"
        '0.333333,1,"é,",1920-01-01,True,1\n'
        '0.0,,"two\nlines",1920-01-01,False,2.5\n'
        ",3,,1920-01-01,True,\n"
        '0.0,4,"a ""q""",1920-01-01,False,a\n'
        "100000000000000000000.0,5,,1920-01-01,True,0.1\n"
        "0.0,6,x,1920-01-01,False,0.3\n"
        "inf,7,y,1920-01-01T12:30:00,True,\n"
    )


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=20))
def test_what_is_read_again_is_what_was_drawn(values):
    table = pd.DataFrame({"n": range(len(values)), "x": values})
    again = pd.read_csv(io.BytesIO(csv_bytes(table)))
    pd.testing.assert_frame_equal(again, rounded(table), rtol=0, atol=1e-15)
    assert csv_bytes(again) == csv_bytes(table)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.floats(-1e-13, 1e-13))
def test_the_fifteenth_digit_does_not_count(values, noise):
    # A value right between two decimals may fall to either side; these are not.
    values = [round(value, 5) for value in values]
    moved = [value + noise for value in values]
    assert csv_bytes(pd.DataFrame({"x": moved})) == csv_bytes(pd.DataFrame({"x": values}))


def test_a_named_index_becomes_a_column_and_a_number_of_rows_does_not():
    table = pd.DataFrame({"x": [1.0, 2.0]}, index=pd.Index(["a", "b"], name="text"))
    assert csv_bytes(table) == b"text,x\na,1.0\nb,2.0\n"
    assert csv_bytes(table.reset_index().iloc[[1]]) == b"text,x\nb,2.0\n"


def test_a_table_without_columns_or_with_one_twice_is_refused():
    with pytest.raises(InputError, match="no columns"):
        csv_bytes(pd.DataFrame(index=[1, 2]))
    with pytest.raises(InputError, match="'x' twice"):
        csv_bytes(pd.DataFrame([[1, 2]], columns=["x", "x"]))
    with pytest.raises(InputError, match=r"is a list; give a DataFrame .* plot_table\(\)\.$"):
        csv_bytes([1, 2])


def test_an_empty_table_is_its_header():
    assert csv_bytes(pd.DataFrame({"x": pd.Series(dtype="float64"), "y": []})) == b"x,y\n"
