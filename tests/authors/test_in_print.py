"""Tables in print: escaped, to stated places, and honest about what is undefined."""

import numpy as np
import pandas as pd
import pytest
from lxml import html

from analysis.authors.in_print import html_table, latex_table
from analysis.errors import InputError

TABLE = pd.DataFrame(
    {"term": ["R&D_1", "<b>"], "log_ratio": [-1.256, np.nan], "n": [3, 4]},
)


def test_latex_by_hand() -> None:
    made = latex_table(
        TABLE,
        caption="50 %",
        label="tab:words",
        columns={"term": "Word", "log_ratio": "LR", "n": "n"},
    )
    assert r"\caption{50 \%}" in made
    assert r"\begin{tabular}{lrr}" in made
    assert r"R\&D\_1 & $-$1.26 & 3 \\" in made
    assert "<b> & – & 4" in made


def test_html_is_well_formed_and_escaped() -> None:
    table = html.fromstring(html_table(TABLE, caption="<i>", digits=1))
    assert table.find("caption").text == "<i>"
    assert [cell.text for cell in table.iterfind(".//th")] == ["term", "log_ratio", "n"]
    cells = [cell.text for cell in table.iterfind(".//td")]
    assert cells == ["R&D_1", "−1.3", "3", "<b>", "–", "4"]


def test_bad_input_is_told_in_one_sentence() -> None:
    with pytest.raises(InputError, match="no column 'word'"):
        latex_table(TABLE, caption="", label="", columns={"word": "Word"})
    with pytest.raises(InputError, match="digits is -1"):
        html_table(TABLE, caption="", digits=-1)
