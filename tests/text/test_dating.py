"""The date columns of passages, the dates named in a corpus, and the summary by text."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.edition.corpus import Corpus, read_corpus
from analysis.errors import InputError, SchemaError
from analysis.tables import check_table
from analysis.text.dating import BASES, date_mentions, date_passages, narrated_times
from analysis.text.passages import split_passages

SOURCE = """
[[source]]
id = "{id}"
author = "A"
title = "T"
path = "{id}.txt"
sha256 = "{digest}"
profile = "plain-text"
language = "en"
rights = "r"
citation = "c"
citation_key = "k"
"""
STORY = (
    "In the summer of 1920 it began. " + "They went on with it day by day. " * 3,
    "They went on with it, and nobody knew why. " * 3,
    "In 1923 (Letter of May 3, 1931) it was over. " + "They all went home again. " * 4,
    "One may think about it as one likes. " * 4,
)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    sources = ""
    for doc_id, paragraphs in (("a", STORY), ("b", STORY[::-1])):
        text = "\n\n".join(paragraphs) + "\n"
        (tmp_path / f"{doc_id}.txt").write_text(text, encoding="utf-8", newline="")
        sources += SOURCE.format(id=doc_id, digest=hashlib.sha256(text.encode()).hexdigest())
    (tmp_path / "sources.toml").write_text(sources, encoding="utf-8")
    thought = "One may think about it"
    raw = (tmp_path / "a.txt").read_text(encoding="utf-8")
    start, end = raw.index(thought), len(raw.rstrip())
    (tmp_path / "dates.csv").write_text(
        "doc_id,char_start,char_end,begins,date_earliest,date_latest,reason\n"
        f"a,{start},{end},{thought},,,a thought\n",
        encoding="utf-8",
    )
    return read_corpus(tmp_path)


def columns(dated: pd.DataFrame, doc_id: str) -> list[tuple[object, object, object]]:
    rows = dated[dated["doc_id"] == doc_id].astype(object)
    rows = rows.where(rows.notna(), None)
    names = ["date_earliest", "date_latest", "date_basis"]
    return [tuple(row) for row in rows[names].to_numpy().tolist()]


def test_the_three_columns_are_filled_and_nothing_else_is_touched(corpus):
    passages = split_passages(corpus, unit="paragraph")
    dated = date_passages(corpus, passages)
    check_table(dated, "passages")
    assert columns(dated, "a") == [
        ("1920-06", "1920-08", "explicit"),
        ("1920-06", "1920-08", "carried 1 paragraph"),
        ("1923", "1923", "explicit"),
        (None, None, "none: narrates no time"),
    ]
    assert columns(dated, "b") == [
        (None, None, "none: no date within 3 paragraphs"),
        ("1923", "1923", "explicit"),
        ("1923", "1923", "carried 1 paragraph"),
        ("1920-06", "1920-08", "explicit"),
    ]
    others = [name for name in passages.columns if not name.startswith("date_")]
    pd.testing.assert_frame_equal(dated[others], passages[others])
    assert type(dated) is type(passages)
    assert dated.corpus is corpus, "tokenize needs it"


def test_passages_cut_in_any_way_are_dated_in_any_order(corpus):
    passages = split_passages(corpus, n_tokens=20)
    dated = date_passages(corpus, passages)
    turned = date_passages(corpus, passages.iloc[::-1])
    pd.testing.assert_frame_equal(turned.iloc[::-1], dated)
    assert dated["date_basis"].notna().all()
    assert (dated["date_basis"] == "carried within the paragraph").any()
    assert (dated["date_earliest"].isna() == dated["date_basis"].str.startswith("none: ")).all()


def test_a_passage_of_another_corpus_is_refused(corpus):
    passages = split_passages(corpus, unit="section")
    with pytest.raises(InputError, match="no text 'z'"):
        date_passages(corpus, passages.assign(doc_id="z"))
    with pytest.raises(InputError, match="is no place of the text"):
        date_passages(corpus, passages.assign(char_end=10**6))
    with pytest.raises(SchemaError, match="lacks the column 'char_end'"):
        date_passages(corpus, passages.drop(columns="char_end"))


def test_every_date_named_has_its_place_and_role(corpus):
    mentions = date_mentions(corpus)
    of_a = mentions[mentions["doc_id"] == "a"]
    raw = corpus.text("a").raw
    assert [
        (raw[row.char_start : row.char_end], row.role, row.date_earliest)
        for row in of_a.itertuples()
    ] == [
        ("summer of 1920", "narrated", "1920-06"),
        ("1923", "narrated", "1923"),
        ("May 3, 1931", "signature", "1931-05-03"),
    ]
    assert list(of_a["place"])[1] == f"a@{raw.index('1923')}-{raw.index('1923') + 4}"


def test_a_summary_places_each_passage_and_counts_the_bases(corpus):
    result = narrated_times(date_passages(corpus, split_passages(corpus, unit="paragraph")))
    table = result.table[result.table["doc_id"] == "a"]
    # 1920 had 366 days: June begins on day 153, September on day 245.
    assert table["first_year"].tolist()[:3] == [1920 + 152 / 366] * 2 + [1923.0]
    assert table["after_year"].tolist()[:3] == [1920 + 244 / 366] * 2 + [1924.0]
    assert np.isnan(table["width_years"].iloc[3])
    # 30, 27, 27 and 32 words, figures not counted.
    assert table["position"].tolist() == [15.0, 43.5, 70.5, 100.0]
    bases = result.bases.set_index(["doc_id", "basis"])
    assert bases["n_passages"].loc["a"].to_dict() == {
        "explicit": 2,
        "relative": 0,
        "carried": 1,
        "editorial": 0,
        "none": 1,
    }
    assert bases.loc[("a", "explicit"), "share"] == 0.5
    assert bases.loc[("a", "explicit"), "median_width_years"] == pytest.approx((92 / 366 + 1) / 2)
    assert np.isnan(bases.loc[("a", "editorial"), "median_width_years"])
    assert result.plot_table()["first_year"].iloc[0] == round(1920 + 152 / 366, 6)


def test_a_basis_that_is_none_is_refused(corpus):
    dated = date_passages(corpus, split_passages(corpus, unit="section"))
    with pytest.raises(InputError, match="no date_basis 'guessed'"):
        narrated_times(dated.assign(date_basis="guessed"))
    undated = dated.assign(date_earliest=pd.NA, date_latest=pd.NA, date_basis=pd.NA)
    assert set(narrated_times(undated).table["basis"]) == {"none"}


def test_this_corpus_has_the_bases_that_it_says():
    corpus = read_corpus(ROOT / "corpus")
    dated = date_passages(corpus, split_passages(corpus))
    result = narrated_times(dated)
    totals = result.bases.groupby("basis")["n_passages"].sum()
    assert totals.sum() == len(dated) == len(result.table)
    assert set(totals.index) == set(BASES)
    # Most of its times only a reader can give; few passages are of no time at all.
    assert totals["editorial"] > totals["explicit"] > totals["carried"] > totals["none"] > 0
    assert result.table["width_years"].median() <= 1.0
