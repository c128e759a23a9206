"""The index of persons: what is read, and what is refused in one sentence."""

from pathlib import Path

import pytest

from analysis.errors import CorpusError, InputError
from analysis.text.persons import read_persons

ANNA = '[[person]]\nid = "anna"\nname = "Anna Weber"\ndescription = "x"\n'
KARL = '[[person]]\nid = "karl"\nname = "Karl Weber"\ndescription = "x"\n'
WEBER = 'variants = ["Weber"]\n'


def write(folder: Path, content: str) -> Path:
    (folder / "persons.toml").write_text(content, encoding="utf-8")
    return folder


def test_a_person_is_read_with_all_that_is_known(tmp_path):
    index = read_persons(
        write(
            tmp_path,
            ANNA + WEBER + 'years = "1870/"\nwikidata = "Q42"\nnote = "n"\n' + KARL,
        )
    )
    anna = index.person("anna")
    assert anna.names == ("Anna Weber", "Weber")
    assert (anna.years, anna.wikidata, anna.note) == ("1870/", "Q42", "n")
    assert list(index.table["person_id"]) == ["anna", "karl"]
    assert index.table["years"].isna().tolist() == [False, True]
    assert repr(index) == "PersonIndex(2 persons, 3 names)"


def test_a_folder_without_the_file_has_no_persons(tmp_path):
    assert read_persons(tmp_path).persons == ()
    with pytest.raises(CorpusError, match=r"The corpus folder .*nowhere is not there; mend its pa"):
        read_persons(tmp_path / "nowhere")


def test_an_unknown_person_is_named(tmp_path):
    with pytest.raises(InputError, match="no person 'otto'"):
        read_persons(tmp_path).person("otto")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[[person]\n", "not valid TOML"),
        ("persons = 1\n", "unknown key 'persons'"),
        ("person = 1\n", "person must be a list"),
        ('person = ["anna"]\n', "person 1 is no table"),
        ('[[person]]\nname = "A"\ndescription = "x"\n', "person 1 has no id"),
        ('[[person]]\nid = "a"\ndescription = "x"\n', "person 'a' has no name"),
        ('[[person]]\nid = "a"\nname = "A"\n', "person 'a' has no description"),
        (ANNA + 'born = "1870"\n', "unknown key 'born'"),
        (ANNA + 'note = ""\n', "note must be a string with something in it"),
        (ANNA + "years = 1870\n", "years must be a string"),
        (ANNA + 'years = "1870"\n', "the years '1870' must look like"),
        (ANNA + 'wikidata = "1394"\n', "the wikidata '1394' must look like"),
        (ANNA.replace('"anna"', '"Anna W"'), "the id 'Anna W' must look like"),
        (ANNA + 'variants = "Weber"\n', "variants must be a list"),
        (ANNA + 'variants = ["Weber", "Weber"]\n', "has 'Weber' twice"),
        (ANNA + 'variants = ["1917"]\n', "the name '1917' has no letters"),
        (ANNA + 'variants = ["We[b]er[s]x"]\n', "has stray brackets"),
        (ANNA + ANNA, "the id 'anna' twice"),
        (ANNA + 'wikidata = "Q1"\n' + KARL + 'wikidata = "Q1"\n', "the wikidata 'Q1' twice"),
        (ANNA + WEBER + KARL + WEBER, "'Weber' is a name of 'anna' and of 'karl'"),
        ('shared = ["Weber"]\n' + ANNA + WEBER + KARL, "shared has 'Weber'"),
        (ANNA + WEBER + '[apart]\nplaces = ["Weber"]\n', "stands under apart \\(places\\)"),
        (ANNA + '[apart]\nplaces = "Wien"\n', "apart: places must be a list"),
        ('apart = ["Wien"]\n' + ANNA, "apart must be a table"),
    ],
)
def test_a_bad_index_is_refused_in_one_sentence(tmp_path, content, sentence):
    with pytest.raises(CorpusError, match=sentence) as caught:
        read_persons(write(tmp_path, content))
    message = str(caught.value)
    assert "persons.toml" in message
    assert "\n" not in message.rstrip()


def test_a_name_of_two_persons_with_a_rule_is_taken(tmp_path):
    shared = 'shared = ["Weber"]\n' + ANNA + WEBER + KARL + WEBER
    assert len(read_persons(write(tmp_path, shared)).persons) == 2
    contexts = ANNA + 'variants = ["Weber [and son]"]\n' + KARL + 'variants = ["[old] Weber"]\n'
    assert len(read_persons(write(tmp_path, contexts)).persons) == 2


def test_two_spellings_of_one_apostrophe_are_one_name(tmp_path):
    content = ANNA + 'variants = ["O’Hara"]\n' + KARL + 'variants = ["O\'Hara"]\n'
    with pytest.raises(CorpusError, match="is a name of 'anna' and of 'karl'"):
        read_persons(write(tmp_path, content))
