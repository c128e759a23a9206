"""How a result shows itself in Jupyter, and where it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import pytest

from analysis.results import SHOWN_ROWS, Shown


@dataclass(frozen=True, kw_only=True)
class Result(Shown):
    table: pd.DataFrame
    settings: Mapping[str, object]
    reason: str | None = None
    matrix: str = field(default="a big one", repr=False)


def test_settings_reason_and_the_first_rows_are_shown() -> None:
    table = pd.DataFrame({"term": [f"<{n}>" for n in range(20)]})
    shown = Result(table=table, settings={"seed": 1, "unit": "a & b"}, reason="3 < 4 blocks")
    page = shown._repr_html_()
    assert page.startswith("<h4>Result</h4>")
    assert "<b>table</b> (20 rows)" in page
    assert page.count("<tr") == SHOWN_ROWS + 1
    assert "&lt;7&gt;" in page
    assert "&lt;8&gt;" not in page
    assert "<b>settings</b>: seed 1, unit a &amp; b" in page
    assert "<b>reason</b>: 3 &lt; 4 blocks" in page
    assert "a big one" not in page


def test_what_is_empty_is_not_shown() -> None:
    shown = Result(table=pd.DataFrame({"term": ["a"]}), settings={})
    page = shown._repr_html_()
    assert "reason" not in page
    assert "settings" not in page
    assert "rows" not in page


def test_printed_it_has_a_line_a_field_and_the_whole_reason() -> None:
    table = pd.DataFrame({"term": ["a", "b"], "n": [1, 2]})
    reason = "Three blocks are too few. " * 9
    lines = str(Result(table=table, settings={"seed": 1}, reason=reason)).splitlines()
    assert lines[:3] == ["Result", "  table: 2 rows of term, n", "  settings: {'seed': 1}"]
    assert " ".join(" ".join(lines[3:]).split()) == f"reason: {reason.strip()}"
    assert max(map(len, lines)) <= 94
    assert str(Result(table=table, settings={})).count("\n") == 1


def test_ipython_shows_what_is_printed_and_html() -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    shown = Result(table=pd.DataFrame({"term": ["a"]}), settings={"seed": 1})
    formats, _ = formatters.DisplayFormatter().format(shown)
    assert formats == {"text/plain": str(shown), "text/html": shown._repr_html_()}
