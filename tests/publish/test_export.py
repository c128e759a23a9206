"""Tables as files: the same values in csv, jsonl and parquet."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.edition.corpus import Corpus, read_corpus
from analysis.errors import InputError
from analysis.publish.export import TABLES, make_table, table_bytes
from analysis.tables import SCHEMAS, check_table

EDITION = ("documents", "blocks", "edits", "passages", "tokens")


@pytest.mark.parametrize("name", EDITION)
def test_a_table_of_the_corpus_is_as_declared(corpus: Corpus, name: str) -> None:
    table = make_table(corpus, name)
    check_table(table, name)
    assert tuple(table.columns) == SCHEMAS[name].names


def test_every_table_has_a_schema() -> None:
    assert set(TABLES) <= set(SCHEMAS)
    assert set(EDITION) <= set(TABLES)


@pytest.mark.parametrize("name", EDITION)
def test_the_three_formats_hold_the_same(corpus: Corpus, name: str) -> None:
    table = make_table(corpus, name).head(200)
    as_csv = table_bytes(table, file_format="csv")
    read = pd.read_csv(io.BytesIO(as_csv), dtype=str, keep_default_na=False)
    lines = table_bytes(table, file_format="jsonl").decode("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    columns = pd.read_parquet(io.BytesIO(table_bytes(table, file_format="parquet")))
    pd.testing.assert_frame_equal(pd.DataFrame(columns), pd.DataFrame(table))
    assert len(rows) == len(read) == len(table)
    for row, cells in zip(rows, read.to_dict(orient="records"), strict=True):
        assert list(row) == list(table.columns)
        assert {key: "" if value is None else str(value) for key, value in row.items()} == cells


def test_text_stays_text(tmp_path: Path, make_corpus: Callable[..., Path]) -> None:
    raw = 'He said, "One";\nand « deux ».\n\nA second paragraph: é, 字.\n'
    table = make_table(read_corpus(make_corpus(tmp_path, {"text": raw})), "passages")
    expected = 'He said, "One"; and « deux ».\n\nA second paragraph: é, 字.'
    read = pd.read_csv(io.BytesIO(table_bytes(table, file_format="csv")))
    assert read["text"].tolist() == [expected]
    assert b"\r" not in table_bytes(table, file_format="csv")
    line = table_bytes(table, file_format="jsonl")
    assert "字".encode() in line
    assert line.count(b"\n") == 1


def test_what_is_missing_is_null_or_empty() -> None:
    table = pd.DataFrame(
        {
            "name": pd.array(["a", None], dtype="string"),
            "count": pd.array([1, None], dtype="Int64"),
            "value": [0.1, float("nan")],
        }
    )
    assert table_bytes(table, file_format="csv") == b"name,count,value\na,1,0.1\n,,\n"
    assert table_bytes(table, file_format="jsonl") == (
        b'{"name": "a", "count": 1, "value": 0.1}\n{"name": null, "count": null, "value": null}\n'
    )


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "parquet"])
def test_a_table_without_rows_is_one_too(file_format: str) -> None:
    table = pd.DataFrame({"name": pd.array([], dtype="string")})
    content = table_bytes(table, file_format=file_format)
    assert content == {"csv": b"name\n", "jsonl": b""}.get(file_format, content)


def test_counts_are_those_of_the_tokens_without_their_order(
    tmp_path: Path, make_corpus: Callable[..., Path]
) -> None:
    raw = "He came and went and came.\n\n“And why?” she said.\n"
    corpus = read_corpus(make_corpus(tmp_path, {"text": raw}))
    table = make_table(corpus, "counts")
    check_table(table, "counts")
    rows = table[["voice", "term", "n_tokens"]].to_numpy().tolist()
    assert rows == [
        ["author", "and", 2],
        ["author", "came", 2],
        ["author", "he", 1],
        ["author", "said", 1],
        ["author", "she", 1],
        ["author", "went", 1],
        ["other", "and", 1],
        ["other", "why", 1],
    ]


def test_counts_of_the_corpus_add_up(corpus: Corpus) -> None:
    counts, passages = make_table(corpus, "counts"), make_table(corpus, "passages")
    added = counts.groupby("passage_id", sort=False)["n_tokens"].sum()
    assert added.index.tolist() == passages["passage_id"].tolist()
    assert added.tolist() == passages["n_tokens"].tolist()


def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus) -> None:
    again = read_corpus(corpus.folder)
    for name in ("documents", "blocks", "edits", "tokens"):
        tables = make_table(corpus, name), make_table(again, name)
        for file_format in ("csv", "jsonl", "parquet"):
            first, second = (table_bytes(table, file_format=file_format) for table in tables)
            assert first == second


def test_names_that_are_none_are_told(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="There is no table 'words' to export; use one of documen"):
        make_table(corpus, "words")
    with pytest.raises(InputError, match="There is no format 'xlsx'; use csv, jsonl, parquet"):
        table_bytes(corpus.documents, file_format="xlsx")
