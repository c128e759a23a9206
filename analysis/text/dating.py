"""The times that passages narrate: the date columns of their table, and a summary by text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analysis.edition.corpus import Corpus
from analysis.edition.dates_narrated import date_corpus, narrated_time
from analysis.edition.dates_partial import TimeSpan
from analysis.errors import InputError
from analysis.results import Shown
from analysis.tables import check_table

BASES = ("explicit", "relative", "carried", "editorial", "none")
"""What a date may rest on, without the details that `date_basis` may give behind the word."""

ROUNDING = 6
_DATE_COLUMNS = ("date_earliest", "date_latest", "date_basis")


def date_passages(corpus: Corpus, passages: pd.DataFrame) -> pd.DataFrame:
    """Return the passages with the time that each narrates: date_earliest, date_latest, date_basis.

    Dates are partial ISO 8601 (1920, 1920-09, 1920-09-05), both inclusive, null where a passage
    narrates no time. `date_basis` is never null: "explicit" (a date stands in the passage),
    "relative" (a date counted from another), "carried 2 paragraphs" or "carried within the
    paragraph" (from the last date before), "editorial" (``dates.csv`` of the corpus), or "none: "
    and the reason. The span covers at least three quarters of the passage's dated letters; a
    passage of which less than a quarter is dated is null.

    Parameters
    ----------
    corpus : Corpus
    passages : DataFrame
        A passages table of that corpus, cut in any way.

    Raises
    ------
    InputError
        If a passage is of a text that the corpus does not have, or not in it.
    CorpusError
        If the list of editorial dates no longer fits its texts.

    Notes
    -----
    Known bias: the passage has the time of its paragraphs, so that a look back of a sentence or two
    is not told apart from them.
    """
    check_table(passages, "passages", columns=("doc_id", "char_start", "char_end"))
    times = [
        narrated_time(corpus, str(doc_id), char_start=int(start), char_end=int(end))
        for doc_id, start, end in zip(
            passages["doc_id"], passages["char_start"], passages["char_end"], strict=True
        )
    ]
    dated = passages.copy()
    for name, values in zip(
        _DATE_COLUMNS,
        (
            [time.span.earliest if time.span else None for time in times],
            [time.span.latest if time.span else None for time in times],
            [time.basis for time in times],
        ),
        strict=True,
    ):
        dated[name] = pd.Series(values, index=dated.index, dtype="string")
    return dated


def date_mentions(corpus: Corpus) -> pd.DataFrame:
    """Return the dates named in a corpus: one row a mention, by text and place.

    Columns: doc_id, place, char_start, char_end, text, date_earliest, date_latest (null where the
    text does not allow to say), kind, role, calendar, old_style (the date as it stood in the Julian
    calendar), reason; as `analysis.edition.dates.DateMention`.
    """
    rows = []
    for text in corpus.texts:
        dated = date_corpus(corpus)[text.doc_id]
        for voiced, mentions in zip(text.paragraphs, dated.mentions, strict=True):
            placed = voiced.paragraph.placed
            for mention in mentions:
                start = int(placed.starts[mention.start])
                end = int(placed.ends[mention.end - 1])
                rows.append(
                    {
                        "doc_id": text.doc_id,
                        "place": f"{text.doc_id}@{start}-{end}",
                        "char_start": start,
                        "char_end": end,
                        "text": mention.text,
                        "date_earliest": mention.earliest,
                        "date_latest": mention.latest,
                        "kind": mention.kind,
                        "role": mention.role,
                        "calendar": mention.calendar or None,
                        "old_style": mention.old_style,
                        "reason": mention.reason or None,
                    }
                )
    columns = "doc_id place char_start char_end text date_earliest date_latest kind role calendar"
    names = [*columns.split(), "old_style", "reason"]
    kinds = dict.fromkeys(names, "string") | {"char_start": "Int64", "char_end": "Int64"}
    table = pd.DataFrame(rows, columns=names).astype(kinds)
    order = {text.doc_id: number for number, text in enumerate(corpus.texts)}
    table["order"] = table["doc_id"].map(order)
    table = table.sort_values(["order", "char_start", "char_end"], kind="stable")
    return table.drop(columns="order").reset_index(drop=True)


@dataclass(frozen=True, kw_only=True, eq=False)
class NarratedTimes(Shown):
    """When the passages of each text play, and on what their dates rest.

    `table` has one row a passage: doc_id, passage_id, place, position (running words from the
    text's beginning to the passage's middle), date_earliest, date_latest, first_year and
    after_year (the span as decimal years, half-open), width_years, basis (one of `BASES`) and
    date_basis. `bases` has one row a doc_id and basis: n_passages, share of the text's passages,
    and median_width_years, NaN where there is none to measure.
    """

    table: pd.DataFrame
    bases: pd.DataFrame

    def plot_table(self) -> pd.DataFrame:
        """Return one row a passage, numbers rounded to 6 decimals."""
        return self.table.round(ROUNDING)


def narrated_times(passages: pd.DataFrame) -> NarratedTimes:
    """Return when the passages play, by text: their spans, and on what the dates rest.

    Parameters
    ----------
    passages : DataFrame
        A passages table with dates, as `date_passages` gives it.

    Raises
    ------
    InputError
        If a date_basis is none that `date_passages` gives, or a date is none.
    """
    needed = ("passage_id", "doc_id", "place", "n_tokens", *_DATE_COLUMNS)
    check_table(passages, "passages", columns=needed)
    told = passages.reset_index(drop=True)
    length = told["n_tokens"].astype(float)
    spans = [
        _years(earliest, latest)
        for earliest, latest in zip(told["date_earliest"], told["date_latest"], strict=True)
    ]
    years = np.array(spans, dtype=float).reshape(-1, 2)
    table = pd.DataFrame(
        {
            "doc_id": told["doc_id"],
            "passage_id": told["passage_id"],
            "place": told["place"],
            "position": length.groupby(told["doc_id"], sort=False).cumsum() - length / 2,
            "date_earliest": told["date_earliest"],
            "date_latest": told["date_latest"],
            "first_year": years[:, 0],
            "after_year": years[:, 1],
            "width_years": years[:, 1] - years[:, 0],
            "basis": [_kind(basis) for basis in told["date_basis"]],
            "date_basis": told["date_basis"],
        }
    )
    return NarratedTimes(table=table, bases=_bases(table))


def _years(earliest: object, latest: object) -> tuple[float, float]:
    """Return a span as decimal years, half-open; NaN where there is none."""
    if pd.isna(earliest) or pd.isna(latest):  # type: ignore[call-overload]
        return (np.nan, np.nan)
    span = TimeSpan(earliest=str(earliest), latest=str(latest))
    return (_decimal(span.first_day), _decimal(span.last_day + timedelta(days=1)))


def _decimal(day: date) -> float:
    """Return a day as a decimal year: where it begins in its year."""
    begin = date(day.year, 1, 1)
    return day.year + (day - begin).days / (date(day.year + 1, 1, 1) - begin).days


def _kind(basis: object) -> str:
    """Return the word that a date_basis begins with."""
    word = "none" if pd.isna(basis) else str(basis).split(" ")[0].rstrip(":")  # type: ignore[call-overload]
    if word not in BASES:
        raise InputError(
            f"There is no date_basis {basis!r}; use one of {', '.join(BASES)}, details behind it."
        )
    return word


def _bases(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many passages of each text have their date on each basis."""
    rows = []
    for doc_id, of_text in table.groupby("doc_id", sort=False):
        for basis in BASES:
            chosen = of_text[of_text["basis"] == basis]
            width = chosen["width_years"].dropna()
            rows.append(
                {
                    "doc_id": doc_id,
                    "basis": basis,
                    "n_passages": len(chosen),
                    "share": len(chosen) / len(of_text),
                    "median_width_years": float(width.median()) if len(width) else np.nan,
                }
            )
    columns = ["doc_id", "basis", "n_passages", "share", "median_width_years"]
    return pd.DataFrame(rows, columns=columns)
