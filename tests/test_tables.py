"""Frames as tables, and the check that holds what their schemas declare."""

import pandas as pd
import pytest

from analysis.errors import InputError, SchemaError
from analysis.tables import as_table, check_table, schema_of

TOKENS = {
    "passage_id": ["a:0001", "a:0001"],
    "doc_id": ["a", "a"],
    "token_index": [1, 2],
    "sentence_index": [1, 1],
    "char_start": [0, 4],
    "char_end": [3, 7],
    "token": ["The", "end"],
    "term": ["the", "end"],
    "layer": ["body", "body"],
    "voice": ["author", "other"],
    "speaker": [None, "Lenin"],
}


@pytest.fixture
def tokens() -> pd.DataFrame:
    return pd.DataFrame(TOKENS)


def test_a_table_that_is_none_is_told() -> None:
    with pytest.raises(InputError, match="There is no table 'words'; the tables are documents, "):
        schema_of("words")


def test_a_frame_becomes_a_table_with_its_columns_and_types(tokens: pd.DataFrame) -> None:
    shuffled = tokens[sorted(tokens.columns)].assign(more=1).set_axis([5, 9])
    table = as_table(shuffled, "tokens")
    assert tuple(table.columns) == tuple(TOKENS)
    assert table.index.tolist() == [0, 1]
    assert {str(kind) for kind in table.dtypes} == {"string", "Int64"}
    assert table["speaker"].isna().tolist() == [True, False]
    with pytest.raises(SchemaError, match="The tokens table lacks the column 'voice'; add it"):
        as_table(tokens.drop(columns="voice"), "tokens")


def test_what_the_schema_declares_passes(tokens: pd.DataFrame) -> None:
    check_table(tokens, "tokens")
    check_table(tokens.assign(more=1), "tokens")
    check_table(tokens[["token"]], "tokens", columns=("token",))
    check_table(as_table(tokens, "tokens").head(0), "tokens")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"voice": ["author", "Lenin"]}, "has the value 'Lenin'; allowed are author, author_earl"),
        (
            {"layer": ["body", "foot"]},
            "The column 'layer' of the tokens table has the value 'foot'",
        ),
        ({"term": ["the", None]}, "The column 'term' of the tokens table has empty values"),
        ({"token_index": [1, 1]}, "has the key passage_id a:0001, token_index 1 twice; keys"),
    ],
)
def test_what_it_does_not_is_told(
    tokens: pd.DataFrame, changes: dict[str, list[object]], said: str
) -> None:
    with pytest.raises(SchemaError, match=said):
        check_table(tokens.assign(**changes), "tokens")


def test_a_missing_column_is_told_with_those_there_are(tokens: pd.DataFrame) -> None:
    with pytest.raises(
        SchemaError, match="lacks the column 'doc_id'; it has passage_id, token_ind"
    ):
        check_table(tokens.drop(columns="doc_id"), "tokens")
    with pytest.raises(SchemaError, match="lacks the column 'passage_id'; it has none"):
        check_table(pd.DataFrame(), "tokens")


def test_only_the_columns_that_are_needed_are_looked_at(tokens: pd.DataFrame) -> None:
    check_table(tokens.assign(voice="Lenin").drop(columns="layer"), "tokens", columns=("term",))
    with pytest.raises(SchemaError, match="'voice'"):
        check_table(tokens.assign(voice="Lenin"), "tokens", columns=("term", "voice"))


@pytest.mark.parametrize("thing", ["tokens.csv", None, {"term": ["the"]}])
def test_what_is_no_frame_is_told(thing: object) -> None:
    kind = type(thing).__name__
    with pytest.raises(SchemaError, match=f"tokens table must be a DataFrame, not a {kind}; give"):
        check_table(thing, "tokens", columns=("term",))  # type: ignore[arg-type]
