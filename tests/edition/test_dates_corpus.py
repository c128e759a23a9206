"""The dates of this corpus against a reading of half of it, made apart from them."""

import csv
import re
from pathlib import Path

import pytest

from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.dates_editorial import read_editorial_dates
from analysis.edition.dates_narrated import date_corpus, narrated_time
from analysis.edition.dates_partial import TimeSpan, hull
from analysis.edition.dates_pieces import MAX_CARRY, date_text
from analysis.tables import RUNNING_LAYERS
from analysis.text.passages import split_passages

ROOT = Path(__file__).parents[2]
TWO_YEARS = 731
LEAST_OF_A_PASSAGE = 0.2
"""A block that holds less of a passage does not say what the passage narrates."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(ROOT / "corpus")


def blocks(*, running: bool) -> list[dict[str, str]]:
    path = Path(__file__).parent / "data" / "dates_blocks.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [row for row in rows if not running or row["layer"] in RUNNING_LAYERS]


def read_by(row: dict[str, str], who: str) -> TimeSpan | None:
    if not row[f"{who}_earliest"]:
        return None
    return TimeSpan(earliest=row[f"{who}_earliest"], latest=row[f"{who}_latest"])


def agrees(ours: TimeSpan | None, reading: TimeSpan) -> bool:
    """Overlaps the reading, and is no more than two years wider."""
    if ours is None:
        return False
    return ours.overlaps(reading) and ours.n_days <= reading.n_days + TWO_YEARS


@pytest.mark.parametrize("who", ["a", "b"])
@pytest.mark.parametrize("doc_id", ["rosmer-moscow", "serge-memoirs", "serge-lenin-stalin"])
def test_the_blocks_that_narrate_a_time_are_dated_as_read(corpus, doc_id, who):
    hits = []
    for row in blocks(running=True):
        reading = read_by(row, who)
        if row["doc_id"] == doc_id and reading is not None:
            start, end = int(row["char_start"]), int(row["char_end"])
            ours = narrated_time(corpus, doc_id, char_start=start, char_end=end).span
            hits.append(agrees(ours, reading))
    assert len(hits) > 20
    assert sum(hits) / len(hits) >= 0.95


@pytest.mark.parametrize("who", ["a", "b"])
def test_the_passages_that_narrate_a_time_are_dated_as_read(corpus, who):
    hits = []
    for passage in split_passages(corpus).itertuples():
        spans, covered = [], 0
        length = passage.char_end - passage.char_start
        for row in blocks(running=True):
            start, end = int(row["char_start"]), int(row["char_end"])
            shared = min(end, passage.char_end) - max(start, passage.char_start)
            if row["doc_id"] != passage.doc_id or shared <= 0:
                continue
            covered += shared
            if shared >= LEAST_OF_A_PASSAGE * length:
                spans.append(read_by(row, who))
        spans = [span for span in spans if span is not None]
        if spans and covered >= length / 2:
            ours = narrated_time(
                corpus, passage.doc_id, char_start=passage.char_start, char_end=passage.char_end
            )
            hits.append(agrees(ours.span, hull(spans)))
    assert len(hits) > 100
    assert sum(hits) / len(hits) >= 0.95


def test_the_blocks_in_which_a_date_stands_are_found(corpus):
    """Against those on which both readings agree."""
    found: dict[str, list[int]] = {}
    for text in corpus.texts:
        dated = date_corpus(corpus)[text.doc_id]
        found[text.doc_id] = [
            int(voiced.paragraph.placed.starts[one.start])
            for voiced, mentions in zip(text.paragraphs, dated.mentions, strict=True)
            for one in mentions
            if one.is_explicit
        ]
    pairs = [
        (
            any(
                int(row["char_start"]) <= place < int(row["char_end"])
                for place in found[row["doc_id"]]
            ),
            row["a_explicit"] == "true",
        )
        for row in blocks(running=False)
        if row["a_explicit"] == row["b_explicit"]
    ]
    both = sum(ours and theirs for ours, theirs in pairs)
    assert both / sum(ours for ours, _ in pairs) >= 0.97
    assert both / sum(theirs for _, theirs in pairs) >= 0.97


def test_rules_alone_do_not_do(corpus):
    """Why there are rows by hand: a carried date is right in some six of ten blocks."""
    rules = {text.doc_id: date_text(text) for text in corpus.texts}
    hits: dict[str, list[bool]] = {}
    for row in blocks(running=True):
        reading = read_by(row, "a")
        inside = list(rules[row["doc_id"]].within(int(row["char_start"]), int(row["char_end"])))
        if reading is None or not inside:
            continue
        _, piece = max(inside, key=lambda entry: entry[0])
        hits.setdefault(piece.basis, []).append(agrees(piece.span, reading))
    share = {basis: sum(values) / len(values) for basis, values in hits.items()}
    assert 0.75 <= share["explicit"] < 0.9
    assert 0.5 <= share["carried"] < 0.75
    assert len(hits["none"]) > 0.3 * sum(map(len, hits.values()))


def test_the_rows_by_hand_are_few_words_of_reason_and_cover_what_rules_do_not(corpus):
    raws = {text.doc_id: text.raw for text in corpus.texts}
    rows = read_editorial_dates(corpus.folder, raws)
    assert len(rows) > 150
    assert all(20 <= len(row.reason) <= 250 for row in rows)
    for text in corpus.texts:
        # Nowhere is a passage undated but where a row says that no time is narrated there.
        for piece in date_corpus(corpus)[text.doc_id].pieces:
            assert piece.span is not None or piece.reason == "narrates no time"
            assert piece.distance <= MAX_CARRY


def test_what_the_reasons_quote_stands_in_the_text(corpus):
    texts = {
        text.doc_id: " ".join(one.paragraph.placed.text for one in text.paragraphs).lower()
        for text in corpus.texts
    }
    rows = read_editorial_dates(corpus.folder, {text.doc_id: text.raw for text in corpus.texts})
    quoted = [
        (row.doc_id, words.strip(" .").lower())
        for row in rows
        for quotation in re.findall("“([^”]*)”", row.reason)
        for words in quotation.split(" … ")
    ]
    assert len(quoted) > 100
    assert [(doc_id, words) for doc_id, words in quoted if words not in texts[doc_id]] == []


def test_dates_known_from_history_stand_where_the_text_tells_of_them(corpus):
    def of(doc_id: str, words: str) -> str:
        start = corpus.text(doc_id).raw.index(words)
        span = narrated_time(corpus, doc_id, char_start=start, char_end=start + len(words)).span
        return span.edtf

    # The session with Gorter has a day and no year; the last year named before it is 1921.
    assert of("rosmer-moscow", "The session took place on November 24.") == "1920-11-24"
    # The Tsar fell on 27 February of the old calendar, which was 12 March.
    assert of("serge-lenin-stalin", "February\n27th") == "1917-03-12"
    assert of("serge-lenin-stalin", "On October 26th (November 8th) Jacques Sadoul") == "1917-11-08"
    assert of("serge-memoirs", "on 18 March of the previous year") == "1921-03-18"
