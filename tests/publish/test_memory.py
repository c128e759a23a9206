"""Which passage changed and by how many words, told from hashes of the edition before."""

import json

import pytest

from analysis.edition.corpus import read_corpus
from analysis.publish.digests import edition_digest
from analysis.publish.memory import (
    memory_path,
    passages_changed,
    read_as_it_is,
    read_memory,
    write_memory,
)
from tests.publish.conftest import write_sources

SENTENCE = "In the {} hour of that long day the people of the town stood still and looked. "


@pytest.fixture
def town(project):
    """Return a project whose first text has several passages."""
    text = project / "corpus/texts/first-book.txt"
    text.write_text("".join(SENTENCE.format(number) for number in range(60)), encoding="utf-8")
    write_sources(project / "corpus")
    write_memory(project, figures=project / "figures")
    return project


def changed(root, old, new, count=-1):
    """Return what is told after a change of the first text."""
    memory = read_memory(root / "figures", edition_digest(root))
    path = root / "corpus/texts/first-book.txt"
    path.write_text(path.read_text("utf-8").replace(old, new, count), encoding="utf-8")
    return passages_changed(memory, read_as_it_is(root))


def test_one_word_of_one_passage(town):
    told = changed(town, "the 31 hour", "the 32nd hour")
    (only,) = told.items()
    assert only[0] == "first-book"
    assert only[1].startswith("passage first-book@")
    assert only[1].endswith("changed by 1 word")
    start, end = map(int, only[1].split("@")[1].split(" ")[0].split("-"))
    text = "".join(SENTENCE.format(number) for number in range(60))
    assert start <= text.index("the 31 hour") < end


def test_words_put_in_and_taken_out_are_counted_where_they_were(town):
    told = changed(town, "In the 3 hour", "In the early hour of 3 o'clock, the hour", 1)
    assert told["first-book"].endswith("changed by 5 words")
    assert told["first-book"].count("passage") == 1


def test_the_first_few_passages_are_named(town):
    told = changed(town, "long day", "short day")
    assert told["first-book"].count("passage first-book@") == 3
    assert told["first-book"].endswith(" more")


def test_the_same_words_are_no_change(town):
    assert changed(town, "\n\n", "\n \n") == {}


@pytest.mark.parametrize("publish", ["counts", "excerpt"])
def test_a_text_that_may_not_be_shown_whole_is_not_given_away(project, publish):
    write_sources(project / "corpus", publish={"second-book": publish})
    path = write_memory(project, figures=project / "figures")
    passages = json.loads(path.read_text("utf-8"))["passages"]
    ((_, words, hashes),) = passages["second-book"]
    assert not words
    assert len(hashes.split()) == 1
    ((_, words, hashes),) = passages["first-book"]
    assert words
    assert len(hashes.split()) == 14


def test_a_memory_is_found_by_the_digest_and_written_once(town):
    path = memory_path(town / "figures", edition_digest(town))
    assert path.is_file()
    before = path.stat().st_mtime_ns
    assert write_memory(town, figures=town / "figures") == path
    assert path.stat().st_mtime_ns == before
    path.write_text("broken", encoding="utf-8")
    assert read_memory(town / "figures", edition_digest(town)) is None
    write_memory(town, figures=town / "figures")
    assert read_memory(town / "figures", edition_digest(town)) is not None


def test_a_corpus_that_cannot_be_read_is_none(town):
    (town / "corpus/texts/first-book.txt").unlink()
    assert read_as_it_is(town) is None


def test_a_text_whose_digest_is_old_can_still_be_read(town):
    path = town / "corpus/texts/second-book.txt"
    path.write_text("Snow fell.\n", encoding="utf-8")
    corpus = read_as_it_is(town)
    assert corpus is not None
    assert corpus.text("second-book").raw == "Snow fell.\n"
    with pytest.raises(Exception, match="sha256"):
        read_corpus(town / "corpus")
