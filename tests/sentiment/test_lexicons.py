"""Lexicons: read from disk, digests checked, bad tables told in a sentence."""

import hashlib
import shutil
from pathlib import Path

import pytest

from analysis.errors import AnalysisError, CorpusError, InputError
from analysis.sentiment import lexicons
from analysis.sentiment.lexicons import (
    LEXICONS_OUT_OF_THE_BOX,
    lexicon_names,
    read_lexicon,
)


def test_five_lexicons_work_out_of_the_box_with_licence_and_unit():
    assert LEXICONS_OUT_OF_THE_BOX == ("vader", "afinn", "bing", "labmt", "pattern")
    for name in LEXICONS_OUT_OF_THE_BOX:
        lexicon = read_lexicon(name)
        assert len(lexicon.valences) > 1000
        assert lexicon.licence
        assert lexicon.unit
        assert lexicon.cite
        assert len(lexicon.sha256) == 64
        low, high = min(lexicon.valences.values()), max(lexicon.valences.values())
        if lexicon.rule == "bag":
            assert lexicon.low <= low < lexicon.centre < high <= lexicon.high


# Numbers that their publications state.
@pytest.mark.parametrize(
    ("name", "term", "valence"),
    [
        ("afinn", "abandon", -2),
        ("afinn", "breathtaking", 5),
        ("labmt", "laughter", 8.50),
        ("labmt", "terrorist", 1.30),
        ("bing", "good", 1),
        ("bing", "bad", -1),
        ("vader", "good", 1.9),
        ("vader", "tragedy", -3.4),
    ],
)
def test_published_values_are_read(name, term, valence):
    assert read_lexicon(name).valences[term] == valence


def test_words_that_the_makers_leave_out_are_left_out():
    # labMT: words between 4 and 6 are neutral (Dodds et al. 2011); "the" has 4.98.
    labmt = read_lexicon("labmt").valences
    assert "the" not in labmt
    assert not [value for value in labmt.values() if 4 < value < 6]
    # Three words stand in both lists of Hu and Liu.
    assert "envious" not in read_lexicon("bing").valences


def test_phrases_are_left_out_since_a_bag_has_no_order():
    assert not [term for term in read_lexicon("afinn").valences if " " in term]


def test_every_lexicon_is_read_from_disk_without_a_network(monkeypatch):
    def refuse(*_args, **_settings):
        raise AssertionError("a lexicon asked the network")

    monkeypatch.setattr("socket.socket", refuse)
    lexicons._carried.cache_clear()
    for name in LEXICONS_OUT_OF_THE_BOX:
        entry = lexicons._registry()[name]
        assert read_lexicon(name).sha256 == entry["sha256"]
        content = lexicons._place(name, entry=entry).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_a_changed_byte_is_found(tmp_path, monkeypatch):
    shutil.copytree(lexicons.FOLDER, tmp_path / "lexicon_files")
    monkeypatch.setattr(lexicons, "FOLDER", tmp_path / "lexicon_files")
    lexicons._carried.cache_clear()
    path = tmp_path / "lexicon_files" / "bing.csv"
    path.write_bytes(path.read_bytes().replace(b"good,1", b"good,2"))
    try:
        with pytest.raises(CorpusError, match=r"lexicon bing.*has changed"):
            read_lexicon("bing")
        assert read_lexicon("labmt").valences["laughter"] == 8.50
    finally:
        lexicons._carried.cache_clear()


def test_a_lexicon_that_is_not_carried_says_its_licence_and_what_to_do():
    assert "warriner" in lexicon_names()
    assert "warriner" not in lexicon_names(carried=True)
    with pytest.raises(InputError, match=r"CC BY-NC-ND 3\.0.*path="):
        read_lexicon("warriner")


def _write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_warriner_is_read_from_a_copy_without_its_neutral_words(tmp_path):
    table = ",Word,V.Mean.Sum,V.SD.Sum\n1,happy,8.47,1\n2,table,5.5,1\n3,murder,1.48,1\n"
    path = _write(tmp_path / "BRM-emot-submit.csv", table)
    lexicon = read_lexicon("warriner", path=path)
    assert dict(lexicon.valences) == {"happy": 8.47, "murder": 1.48}
    assert lexicon.centre == 5


def test_nrc_is_read_as_positive_less_negative(tmp_path):
    lines = [
        "joy\tanger\t0",
        "joy\tpositive\t1",
        "joy\tnegative\t0",
        "war\tpositive\t0",
        "war\tnegative\t1",
        "both\tpositive\t1",
        "both\tnegative\t1",
    ]
    path = _write(tmp_path / "nrc.txt", "\n".join(lines))
    assert dict(read_lexicon("nrc", path=path).valences) == {"joy": 1.0, "war": -1.0}


def test_socal_means_over_parts_of_speech_and_leaves_phrases_out(tmp_path):
    path = _write(tmp_path / "socal.txt", "fun\t2\nfun\t4\nmake_a_mess\t-3\nawful\t-4\n")
    assert dict(read_lexicon("so-cal", path=path).valences) == {"fun": 3.0, "awful": -4.0}


def test_a_table_of_ones_own_is_read_and_normalised(tmp_path):
    path = _write(tmp_path / "mine.csv", "term,valence,why\nHope,2,x\nDon’t,-1,y\n\n")
    lexicon = read_lexicon(path)
    assert lexicon.name == "mine"
    assert dict(lexicon.valences) == {"hope": 2.0, "don't": -1.0}
    other = _write(tmp_path / "other.tsv", "Wort\tWert\nFreude\t0.7\n")
    read = read_lexicon(other, term_column="Wort", valence_column="Wert")
    assert dict(read.valences) == {"freude": 0.7}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("term,valence\ngood,1\ngood,2\n", "'good' is twice.*line 3"),
        ("term,valence\nGood,1\ngood,1\n", "'good' is twice"),
        ("term,valence\ngood,1,5\n", "Line 2 of the lexicon .* has 3 fields, the header 2"),
        ("term,valence\ngood,high\n", "'good'.*line 2.*'high', not a number"),
        ("term,valence\ngood,nan\n", "not a number"),
        ("term,valence\ngood,inf\n", "not a number"),
        ("term,valence\ngood\n", "not a number"),
        ("word,score\ngood,1\n", "no column 'term'.*word, score"),
        ("term,valence\n", "has no words"),
        ("", "no column 'term'"),
    ],
)
def test_a_bad_table_is_told_in_one_sentence(tmp_path, content, words):
    path = _write(tmp_path / "mine.csv", content)
    with pytest.raises(InputError, match=words) as raised:
        read_lexicon(path)
    assert "\n" not in str(raised.value)


def test_another_encoding_a_missing_file_and_an_unknown_name_are_told(tmp_path):
    path = _write(tmp_path / "latin.csv", "term,valence\nfête,1\n", encoding="latin-1")
    with pytest.raises(CorpusError, match="not UTF-8"):
        read_lexicon(path)
    with pytest.raises(CorpusError, match="not there"):
        read_lexicon(tmp_path / "none.csv")
    with pytest.raises(AnalysisError, match="no lexicon 'liwc'; use one of vader"):
        read_lexicon("liwc")


def test_a_promised_digest_is_checked_for_ones_own_table_too(tmp_path):
    path = _write(tmp_path / "mine.csv", "term,valence\ngood,1\n")
    digest = read_lexicon(path).sha256
    assert read_lexicon(path, sha256=digest).valences["good"] == 1
    with pytest.raises(CorpusError, match="has changed"):
        read_lexicon(path, sha256="0" * 64)
