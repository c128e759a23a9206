"""Annotations: read, placed, carried over; sheets that go out and come back."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import CorpusError, InputError
from analysis.sentiment.annotations import (
    annotations_of_passages,
    read_annotations,
    split_place,
    tokens_at,
)
from analysis.sentiment.sheets import annotation_form, annotation_sheet

SHIPPED = Path(__file__).parents[2] / "corpus" / "annotations" / "blocks.jsonl"


def _block(identity, start, end, valence, **more):
    return {
        "id": identity,
        "source": "doc",
        "char_start": start,
        "char_end": end,
        "type": "body",
        "voice": "author",
        "quoted_share": 0,
        "valence": valence,
        **more,
    }


def _write(path, blocks):
    path.write_text("\n".join(json.dumps(block) for block in blocks), encoding="utf-8")
    return path


def test_one_row_a_place_and_reader(tmp_path):
    blocks = [
        _block("doc:1", 0, 10, [1, 2]),
        _block("doc:2", 10, 20, None),
        _block("doc:3", 20, 30, [-3, -2], voice={"A": "other:Gorky", "B": "author"}),
    ]
    frame = read_annotations(_write(tmp_path / "blocks.jsonl", blocks))
    assert frame[["place", "reader", "valence"]].values.tolist() == [
        ["doc@0-10", "A", 1.0],
        ["doc@0-10", "B", 2.0],
        ["doc@20-30", "A", -3.0],
        ["doc@20-30", "B", -2.0],
    ]
    assert frame["voice"].tolist() == ["author", "author", "other", "other"]


def test_the_shipped_reading_is_read():
    frame = read_annotations(SHIPPED)
    assert set(frame["reader"]) == {"A", "B"}
    assert set(frame["doc_id"]) == {"rosmer-moscow", "serge-lenin-stalin", "serge-memoirs"}
    assert frame["valence"].between(-3, 3).all()
    assert frame["place"].nunique() * 2 == len(frame)


@pytest.mark.parametrize(
    ("line", "error", "words"),
    [
        ("{not json}", CorpusError, "line 1, is no annotation"),
        ('{"id": "a"}', CorpusError, "line 1, is no annotation"),
        (json.dumps(_block("a", 0, 5, [9])), InputError, "doc@0-5.*is 9.0"),
        (json.dumps(_block("a", 0, 5, None)), InputError, "holds no reading"),
    ],
)
def test_a_bad_file_is_told(tmp_path, line, error, words):
    path = tmp_path / "blocks.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(error, match=words):
        read_annotations(path)
    with pytest.raises(CorpusError, match="not there"):
        read_annotations(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no sheet of readings; give a .csv file"),
        ("a, b\n1, 2\n1, 2, 3\n", "is no sheet of readings; give a .csv file"),
        ("place;reader;valence\ndoc@0-9;A;1\n", "no column 'place'; .* with commas between"),
    ],
)
def test_what_is_no_sheet_is_told(tmp_path, content, said):
    path = tmp_path / "sheet.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_annotations(path)


@pytest.mark.parametrize("place", ["doc", "doc@5", "doc@9-3", "@1-2", "doc@a-b"])
def test_what_is_no_place_is_told(place):
    with pytest.raises(InputError, match="is no place"):
        split_place(place)
    assert split_place("a@b@1-20") == ("a@b", 1, 20)


def _tokens(*spans):
    return pd.DataFrame(
        {
            "passage_id": "doc:0001",
            "doc_id": "doc",
            "char_start": [start for start, _ in spans],
            "char_end": [end for _, end in spans],
        }
    )


def test_tokens_are_grouped_by_the_place_that_holds_them(tmp_path):
    path = _write(tmp_path / "b.jsonl", [_block("1", 0, 10, [1]), _block("2", 20, 30, [1])])
    found = tokens_at(
        _tokens((0, 4), (8, 12), (12, 15), (20, 22), (31, 33)), read_annotations(path)
    )
    assert found[["passage_id", "char_start"]].values.tolist() == [
        ["doc@0-10", 0],
        ["doc@0-10", 8],
        ["doc@20-30", 20],
    ]


def test_an_annotation_of_a_text_that_is_not_there_is_told(tmp_path):
    blocks = [{**_block("1", 0, 10, [1]), "source": "lost"}]
    with pytest.raises(InputError, match=r"no text 'lost'.*lost@0-10"):
        tokens_at(_tokens((0, 4)), read_annotations(_write(tmp_path / "b.jsonl", blocks)))


def test_an_annotation_beyond_the_end_of_its_text_is_told(tmp_path):
    blocks = [_block("1", 0, 10, [1]), _block("2", 900, 950, [1])]
    annotations = read_annotations(_write(tmp_path / "b.jsonl", blocks))
    with pytest.raises(InputError, match=r"doc@900-950 is of a place that is not there.*22"):
        tokens_at(_tokens((0, 4), (20, 22)), annotations)


def test_readings_are_carried_over_by_shared_characters(tmp_path):
    blocks = [_block("1", 0, 100, [3]), _block("2", 100, 200, [-1]), _block("3", 390, 400, [2])]
    path = _write(tmp_path / "b.jsonl", blocks)
    passages = pd.DataFrame(
        {
            "passage_id": ["p1", "p2", "p3"],
            "doc_id": "doc",
            "char_start": [50, 120, 300],
            "char_end": [125, 200, 400],
            "place": ["doc@50-125", "doc@120-200", "doc@300-400"],
        }
    )
    carried = annotations_of_passages(read_annotations(path), passages)
    # p1 shares 50 characters of 3 and 25 of -1; a tenth of p3 is annotated, so it is left out.
    assert carried["annotation_id"].tolist() == ["p1", "p2"]
    assert carried["valence"].tolist() == pytest.approx([(3 * 50 - 25) / 75, -1])
    lost = read_annotations(path).assign(doc_id="lost", place="lost@0-100")
    with pytest.raises(InputError, match=r"no text 'lost'.*lost@0-100.*leave out the annotations"):
        annotations_of_passages(lost, passages)
    beyond = read_annotations(path).assign(char_start=9000, char_end=9100, place="doc@9000-9100")
    with pytest.raises(InputError, match="doc@9000-9100 is of a place that is not there"):
        annotations_of_passages(beyond, passages)
    with pytest.raises(InputError, match="No passage is annotated"):
        annotations_of_passages(read_annotations(path), passages.iloc[2:])


def test_a_sheet_is_drawn_blind_from_all_texts_and_comes_back(tmp_path, series_of):
    passages = pd.concat(
        [series_of([0.0] * 50, doc_id="long")[1], series_of([0.0] * 4, doc_id="short")[1]],
        ignore_index=True,
    ).assign(text="Some <b>text</b>, with “quotes”.")
    sheet = annotation_sheet(passages, n_passages=12, reader="me", seed=3)
    assert sheet.equals(annotation_sheet(passages, n_passages=12, reader="me", seed=3))
    by_text = sheet["place"].str.split("@").str[0].value_counts().to_dict()
    assert by_text == {"long": 8, "short": 4}
    assert sheet["place"].tolist() != sorted(sheet["place"])
    sheet["valence"] = [1, -3, None] * 4
    path = tmp_path / "sheet.csv"
    sheet.to_csv(path, index=False)
    back = read_annotations(path)
    assert len(back) == 8
    assert back["place"].tolist() == sheet.loc[sheet["valence"].notna(), "place"].tolist()
    assert (back["reader"] == "me").all()


def test_a_form_escapes_its_texts_and_needs_no_network(series_of):
    passages = series_of([0.0] * 3)[1].assign(text='<script>alert("x")</script>')
    form = annotation_form(annotation_sheet(passages, n_passages=3))
    assert "<script>alert" not in form
    assert "&lt;script&gt;alert(" in form
    assert form.count("<section") == 3
    assert "http" not in form
    # Sheets without a name could not be told apart when they come back.
    assert "Write first who reads" in form


def test_a_sheet_that_came_back_wrong_is_told(tmp_path, series_of):
    sheet = annotation_sheet(series_of([0.0] * 3)[1], n_passages=3, reader="me")
    path = tmp_path / "sheet.csv"
    sheet.assign(valence=["good", 1, 2]).to_csv(path, index=False)
    with pytest.raises(InputError, match="is 'good'"):
        read_annotations(path)
    sheet.drop(columns="valence").to_csv(path, index=False)
    with pytest.raises(InputError, match="no column 'valence'"):
        read_annotations(path)
    sheet.assign(valence=1, reader="").to_csv(path, index=False)
    with pytest.raises(InputError, match=r"names no reader; fill in the column"):
        read_annotations(path)
    with pytest.raises(InputError, match="sheet of 0 passages"):
        annotation_sheet(series_of([0.0] * 3)[1], n_passages=0)
