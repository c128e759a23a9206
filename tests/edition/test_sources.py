"""What sources.toml may say, and the raw text that it names."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.edition.sources import read_raw, read_sources
from analysis.errors import CorpusError

TEXT = "A text.\n"


@pytest.fixture
def folder(tmp_path: Path, make_corpus: Callable[..., Path]) -> Path:
    return make_corpus(tmp_path, {"one": TEXT, "two": "Another.\r\n"}, language="fr")


def changed(folder: Path, old: str, new: str) -> Path:
    """Return the folder after a change of its sources.toml."""
    path = folder / "sources.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_sources_come_in_the_order_of_the_file_with_what_it_says(folder: Path) -> None:
    one, two = read_sources(folder)
    assert (one.id, one.language, one.path) == ("one", "fr", "texts/one.txt")
    assert (one.publish, one.quotation_marks, one.translator) == ("full", "double", None)
    assert two.id == "two"


def test_a_raw_text_keeps_its_line_ends(folder: Path) -> None:
    assert read_raw(folder, read_sources(folder)[1]) == "Another.\r\n"


def test_a_byte_order_mark_is_kept_in_a_text_and_passed_over_in_the_list(
    tmp_path: Path, make_corpus: Callable[..., Path]
) -> None:
    folder = make_corpus(tmp_path, {"marked": "\ufeffA text.\n"})
    listed = folder / "sources.toml"
    listed.write_text("\ufeff" + listed.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_raw(folder, read_sources(folder)[0]) == "\ufeffA text.\n"


def test_a_digest_may_be_written_in_capitals(folder: Path) -> None:
    digest = read_sources(folder)[0].sha256
    assert read_raw(changed(folder, digest, digest.upper()), read_sources(folder)[0]) == TEXT


def test_abbreviations_are_a_list(folder: Path) -> None:
    changed(folder, "id = 'one'", "id = 'one'\nabbreviations = ['Glavk', 'tov']")
    assert read_sources(folder)[0].abbreviations == ("Glavk", "tov")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id = 'one'", "id = one", "is not valid TOML"),
        ("[[source]]", "[[text]]", "names no source"),
        ("id = 'one'", "id = 'two'", "has the id 'two' twice"),
        ("id = 'one'", "id = 'One two'", "the id 'One two' may hold lower-case letters"),
        ("author = 'Ada Author'", "", "has no author; add it"),
        ("title = 'A Title'", "title = ''", "has no title; add it"),
        ("title = 'A Title'", "title = 7", "title must be a string in quotation marks"),
        ("title = 'A Title'", "title = 'A Title'\ntitel = 'A'", "the unknown key 'titel'"),
        ("profile = 'plain-text'", "profile = 'pdf'", "the unknown profile 'pdf'; use ocr-book"),
        ("id = 'one'", "id = 'one'\npublish = 'all'", "the unknown publish 'all'; use full"),
        ("id = 'one'", "id = 'one'\nabbreviations = 'tov'", "must be a list of strings"),
        ("title = 'A Title'", "titel = 'A Title'", "has no title; add it (its key 'titel' is"),
        ("language = 'fr'", "language = 'French'", "the language 'French'; write its tag, such"),
        ("id = 'one'", "id = 'one'\nyear_written = 'ca. 1920'", "'ca. 1920'; write 1920, 1920-09"),
        ("id = 'one'", "id = 'one'\nyear_published = '1923/1920'", "year_published '1923/1920'; w"),
        ("texts/one.txt", "../one.txt", "the path '../one.txt' leads out of the corpus folder"),
        ("texts/one.txt", "/etc/hosts", "the path '/etc/hosts' leads out of the corpus folder"),
    ],
)
def test_a_list_that_makes_no_sense_is_told_in_one_sentence(
    folder: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(CorpusError, match=r"^[^\n]*$") as told:
        read_sources(changed(folder, old, new))
    assert said in str(told.value)
    assert str(folder / "sources.toml") in str(told.value)


def test_a_list_without_tables_is_told(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("source = ['one']\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"source 1 is no table; write \[\[source\]\] above it"):
        read_sources(tmp_path)


def test_a_link_that_leads_out_of_the_corpus_is_refused(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    (folder / "texts" / "one.txt").unlink()
    try:
        (folder / "texts" / "one.txt").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(CorpusError, match="leads out of the corpus folder"):
        read_sources(folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "The text of 'one', .* is not there; restore it or mend its path"),
        (b"", "is empty; put the text of 'one' there"),
        (b" \n\r\n ", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"\n\xef\xbb\xbf\xef\xbb\xbf\n", "is empty"),
        (b"Line one.\nCaf\xe9.\n", r"is not UTF-8 \(line 2, byte 13\); save it as UTF-8"),
        ("Un texte.\n".encode("utf-16"), "is not UTF-8 .line 1, byte 0"),
        (b"A text.\r\n", "is not the file that sources.toml describes: its sha256 is 4406"),
    ],
)
def test_a_text_that_is_not_what_it_was_is_told(
    folder: Path, content: bytes | None, said: str
) -> None:
    path = folder / "texts" / "one.txt"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusError, match=said):
        read_raw(folder, read_sources(folder)[0])


def test_a_folder_where_a_text_is_meant_is_told(folder: Path) -> None:
    changed(folder, "texts/one.txt", "texts")
    with pytest.raises(CorpusError, match="is a folder, not a file"):
        read_raw(folder, read_sources(folder)[0])
