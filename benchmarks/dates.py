"""Prints how the dates of the texts agree with a reading of half of their blocks.

    python benchmarks/dates.py

Right is a span that overlaps the reading's and is at most two years wider. A passage has the
readings of the blocks that it overlaps: of all, of those with a fifth of it, or of the largest.
"""

import csv
from collections import Counter
from pathlib import Path

from analysis.edition.corpus import read_corpus
from analysis.edition.dates_narrated import date_corpus, narrated_time
from analysis.edition.dates_partial import TimeSpan, hull
from analysis.edition.dates_pieces import date_text
from analysis.tables import RUNNING_LAYERS
from analysis.text.dating import date_passages, narrated_times
from analysis.text.passages import split_passages

ROOT = Path(__file__).parents[1]
TWO_YEARS = 731
FAR = 12


def read_by(row: dict[str, str], who: str) -> TimeSpan | None:
    if not row[f"{who}_earliest"]:
        return None
    return TimeSpan(earliest=row[f"{who}_earliest"], latest=row[f"{who}_latest"])


def agrees(ours: TimeSpan | None, reading: TimeSpan) -> bool:
    return ours is not None and ours.overlaps(reading) and ours.n_days <= reading.n_days + TWO_YEARS


def share(hits: Counter, name: object) -> str:
    right, wrong = hits[name, True], hits[name, False]
    return f"{right:4d} of {right + wrong:3d}   {right / (right + wrong):.3f}"


def main() -> None:
    corpus = read_corpus(ROOT / "corpus")
    path = ROOT / "tests" / "edition" / "data" / "dates_blocks.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    running = [row for row in rows if row["layer"] in RUNNING_LAYERS]
    rules = {text.doc_id: date_text(text, max_carry=FAR) for text in corpus.texts}
    for who in ("a", "b"):
        print(f"\nReading {who}")
        blocks: Counter = Counter()
        alone: Counter = Counter()
        for row in running:
            reading = read_by(row, who)
            if reading is None:
                continue
            start, end = int(row["char_start"]), int(row["char_end"])
            ours = narrated_time(corpus, row["doc_id"], char_start=start, char_end=end)
            blocks[row["doc_id"], agrees(ours.span, reading)] += 1
            inside = list(rules[row["doc_id"]].within(start, end))
            if inside:
                _, piece = max(inside, key=lambda entry: entry[0])
                name = f"{piece.basis} {piece.distance or ''}".strip()
                alone[name, agrees(piece.span, reading)] += 1
        for doc_id in dict.fromkeys(doc_id for doc_id, _ in blocks):
            print(f"  blocks of {doc_id:20s}{share(blocks, doc_id)}")
        for name, hits in passages_by(corpus, running, who=who).items():
            print(f"  passages, {name:20s}{share(hits, 'all')}")
        order = sorted({name for name, _ in alone}, key=lambda name: (len(name), name))
        for name in order:
            print(f"  rules alone, {name:17s}{share(alone, name)}")
    explicit(corpus, rows)
    dated = date_passages(corpus, split_passages(corpus))
    print("\n" + narrated_times(dated).bases.round(3).to_string(index=False))


def passages_by(corpus, running, *, who: str) -> dict[str, Counter]:
    hits: dict[str, Counter] = {"all blocks": Counter(), "a fifth": Counter(), "largest": Counter()}
    for passage in split_passages(corpus).itertuples():
        shared = []
        for row in running:
            end = min(int(row["char_end"]), passage.char_end)
            common = end - max(int(row["char_start"]), passage.char_start)
            if row["doc_id"] == passage.doc_id and common > 0:
                shared.append((common, read_by(row, who)))
        length = passage.char_end - passage.char_start
        if sum(common for common, _ in shared) < length / 2:
            continue
        ours = narrated_time(
            corpus, passage.doc_id, char_start=passage.char_start, char_end=passage.char_end
        ).span
        for name, chosen in (
            ("all blocks", shared),
            ("a fifth", [entry for entry in shared if entry[0] >= length / 5]),
            ("largest", [max(shared, key=lambda entry: entry[0])]),
        ):
            spans = [span for _, span in chosen if span is not None]
            if spans:
                hits[name]["all", agrees(ours, hull(spans))] += 1
    return hits


def explicit(corpus, rows) -> None:
    found = {
        text.doc_id: [
            int(voiced.paragraph.placed.starts[one.start])
            for voiced, mentions in zip(
                text.paragraphs, date_corpus(corpus)[text.doc_id].mentions, strict=True
            )
            for one in mentions
            if one.is_explicit
        ]
        for text in corpus.texts
    }
    table: Counter = Counter()
    for row in rows:
        if row["a_explicit"] == row["b_explicit"]:
            span = range(int(row["char_start"]), int(row["char_end"]))
            ours = any(place in span for place in found[row["doc_id"]])
            table[ours, row["a_explicit"] == "true"] += 1
    both = table[True, True]
    print(f"\nBlocks with a date: precision {both / (both + table[True, False]):.3f}", end=", ")
    print(f"recall {both / (both + table[False, True]):.3f} ({both} in both)")


if __name__ == "__main__":
    main()
