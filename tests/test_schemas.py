"""What the schemas declare: the columns that the design names."""

from analysis.columns import LAYERS, VOICES
from analysis.schemas import SCHEMAS


def test_the_design_is_kept() -> None:
    assert SCHEMAS["passages"].names == (
        "passage_id",
        "doc_id",
        "passage_index",
        "place",
        "char_start",
        "char_end",
        "line_start",
        "line_end",
        "section",
        "n_tokens",
        "date_earliest",
        "date_latest",
        "date_basis",
        "text",
    )
    assert SCHEMAS["tokens"].names == (
        "passage_id",
        "doc_id",
        "token_index",
        "sentence_index",
        "char_start",
        "char_end",
        "token",
        "term",
        "layer",
        "voice",
        "speaker",
    )
    assert SCHEMAS["edits"].grain == "change of the raw text"
    for schema in SCHEMAS.values():
        assert set(schema.key) <= set(schema.names)
    assert len(LAYERS) == 9
    assert len(VOICES) == 6
