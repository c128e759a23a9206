"""Decisions by hand: what a list may hold."""

from pathlib import Path

import pytest

from analysis.edition.corpus import Corpus
from analysis.edition.overrides import Override, read_overrides
from analysis.errors import CorpusError

RAW = "The first.\n\nThe second, “he said.”\n"
HEADER = "char_start,char_end,begins,field,value,reason\n"


def read(folder: Path, rows: str, *, header: str = HEADER) -> tuple[Override, ...]:
    (folder / "overrides").mkdir(exist_ok=True)
    (folder / "overrides" / "text.csv").write_text(header + rows, encoding="utf-8")
    return read_overrides(folder, "text", raw=RAW)


def test_decisions_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    found = read(tmp_path, "12,34,The second,voice,other,h\n0,10,The first.,layer,heading,h\n")
    assert [(one.char_start, one.field, one.value) for one in found] == [
        (0, "layer", "heading"),
        (12, "voice", "other"),
    ]
    assert found[1].where == f"{tmp_path / 'overrides' / 'text.csv'}, line 2"


def test_a_speaker_may_be_nobody_in_particular(tmp_path: Path) -> None:
    assert read(tmp_path, "0,10,The,speaker,,h\n")[0].value == ""


def test_without_a_list_nothing_is_decided(tmp_path: Path) -> None:
    assert read_overrides(tmp_path, "text", raw=RAW) == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("0,10,A first,layer,heading,h\n", "no longer applies: 'A first' does not stand at 0;"),
        ("1,10,The,layer,heading,h\n", "does not stand at 1; that stands at 0 now; mend"),
        ("0,400,The,layer,heading,h\n", "no longer applies"),
        ("5,5,f,voice,other,h\n", "no longer applies"),
        ("0,10,,layer,heading,h\n", "no longer applies: '' does not stand at 0;"),
        ("0,10,The,colour,red,h\n", "unknown field 'colour'; use layer, voice, speaker"),
        ("0,10,The,layer,foot,h\n", "unknown layer 'foot'; use title, heading"),
        ("0,10,The,voice,Lenin,h\n", "unknown voice 'Lenin'; use author, author_earlier"),
        ("0,10,The,continues,maybe,h\n", "unknown continues 'maybe'; use yes, no"),
        ("0,10,The,section,old,h\n", "unknown section 'old'; use new"),
        ("0,10,The,layer,heading,\n", "has no reason; write one"),
        ("0,ten,The,layer,heading,h\n", "must be whole numbers"),
        ("0,10,The,layer,heading,h,i\n", "has not 6 values; put commas in quotation marks"),
        ("0,10,The,layer,heading\n", "has not 6 values"),
        (
            "0,10,The,layer,heading,h\n0,10,The first,layer,body,h\n",
            r"line 3: the layer of 0-10 is decided twice \(also in .*, line 2\); keep one",
        ),
    ],
)
def test_a_row_that_makes_no_sense_is_told_in_one_sentence(
    tmp_path: Path, rows: str, said: str
) -> None:
    with pytest.raises(CorpusError, match=said) as told:
        read(tmp_path, rows)
    assert "\n" not in str(told.value)
    assert "text.csv, line" in str(told.value)


def test_a_list_with_other_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="must have the columns char_start,char_end,begins,field"):
        read(tmp_path, "", header="start,end,begins,field,value,reason\n")


def test_each_decision_of_the_corpus_has_a_reason_and_a_place(corpus: Corpus) -> None:
    for text in corpus.texts:
        for one in text.overrides:
            assert text.raw.startswith(one.begins, one.char_start)
            assert len(one.reason.split()) > 2
