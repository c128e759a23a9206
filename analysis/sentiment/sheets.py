"""Sheets on which readers note the tone of passages, blind to every score."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.tables import check_table

SHEET_COLUMNS = ("number", "place", "reader", "valence", "mixed", "remark", "text")
QUESTION = (
    "What tone does the passage convey about what it tells? "
    "-3 very negative, 0 neither, 3 very positive. Leave it empty if you cannot say."
)


def annotation_sheet(
    passages: pd.DataFrame, *, n_passages: int = 60, reader: str = "", seed: int = 1
) -> pd.DataFrame:
    """Return passages to be read, in random order, with empty columns for the reader's marks.

    Passages are drawn at random, the same number from each text as far as it has so many; they
    are chosen and ordered without any score, and show neither text nor date nor neighbours. Give
    every reader the same seed: agreement needs the same passages.

    Parameters
    ----------
    passages : DataFrame
        The passages table.
    n_passages : int
        How many are drawn.
    reader : str
        Who reads; may be filled in later.
    seed : int
        Of the draw and the order.

    Returns
    -------
    DataFrame
        Columns number, place, reader, valence, mixed, remark, text; `read_annotations` reads it
        when it comes back as CSV.

    Raises
    ------
    InputError
        If fewer than one passage is asked for.
    """
    check_table(passages, "passages", columns=("passage_id", "doc_id", "place", "text"))
    if n_passages < 1:
        raise InputError(f"A sheet of {n_passages} passages cannot be read; ask for 1 or more.")
    rng = np.random.default_rng(seed)
    shuffled = passages.iloc[rng.permutation(len(passages))]
    turn = shuffled.groupby("doc_id", sort=False).cumcount().to_numpy()
    chosen = shuffled.iloc[np.argsort(turn, kind="stable")[:n_passages]]
    chosen = chosen.iloc[rng.permutation(len(chosen))].reset_index(drop=True)
    return pd.DataFrame(
        {
            "number": np.arange(1, len(chosen) + 1),
            "place": chosen["place"],
            "reader": reader,
            "valence": pd.Series([pd.NA] * len(chosen), dtype="Float64"),
            "mixed": "",
            "remark": "",
            "text": chosen["text"],
        },
        columns=list(SHEET_COLUMNS),
    )


def annotation_form(sheet: pd.DataFrame) -> str:
    """Return the sheet as one HTML page that keeps marks in the browser and saves them as CSV.

    It needs no network and no server. Texts are escaped. Without scripts the page can be read
    and printed, but not saved.
    """
    rows = []
    for row in sheet.to_dict("records"):
        choices = "".join(
            f'<label><input type="radio" name="v{row["number"]}" value="{value}"> {value}</label> '
            for value in range(-3, 4)
        )
        rows.append(
            f'<section data-place="{html.escape(str(row["place"]), quote=True)}">'
            f"<h2>{row['number']}</h2><p>{html.escape(str(row['text']))}</p>"
            f'<fieldset><legend>Tone</legend>{choices}<label><input type="checkbox" class="mixed">'
            ' mixed</label></fieldset><label>Remark <input type="text" class="remark"></label>'
            "</section>"
        )
    return _PAGE.replace("QUESTION", html.escape(QUESTION)).replace("SECTIONS", "\n".join(rows))


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reading sheet</title>
<style>
body { font: 1.05rem/1.55 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid #999; padding: 0.5rem 0 1rem; }
fieldset { border: 0; padding: 0; margin: 0.5rem 0; font-family: sans-serif; }
fieldset label { margin-right: 0.6rem; white-space: nowrap; }
.remark { width: 70%; }
</style></head><body>
<h1>Reading sheet</h1>
<p>QUESTION</p>
<p><label>Reader <input type="text" id="reader"></label>
<button type="button" id="save">Save as CSV</button> <span id="done"></span></p>
SECTIONS
<script>
"use strict";
const sections = [...document.querySelectorAll("section")];
const quote = (text) => '"' + String(text).replaceAll('"', '""') + '"';
const count = () => {
  const read = sections.filter((one) => one.querySelector("input[type=radio]:checked")).length;
  document.getElementById("done").textContent = read + " of " + sections.length + " read";
};
document.body.addEventListener("change", count);
count();
document.getElementById("save").addEventListener("click", () => {
  const reader = document.getElementById("reader").value.trim();
  if (!reader) {
    document.getElementById("done").textContent = "Write first who reads: a name or a number.";
    document.getElementById("reader").focus();
    return;
  }
  const lines = ["number,place,reader,valence,mixed,remark"];
  sections.forEach((one, index) => {
    const mark = one.querySelector("input[type=radio]:checked");
    const mixed = one.querySelector(".mixed").checked ? "yes" : "";
    const remark = one.querySelector(".remark").value;
    const cells = [index + 1, one.dataset.place, reader, mark ? mark.value : "", mixed, remark];
    lines.push(cells.map(quote).join(","));
  });
  const link = document.createElement("a");
  const bytes = new Blob([lines.join("\\n") + "\\n"], { type: "text/csv" });
  link.href = URL.createObjectURL(bytes);
  link.download = "reading-" + reader + ".csv";
  link.click();
});
</script>
</body></html>
"""
