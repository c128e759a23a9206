"""Prints how rightly the corpus is laid out, with the decisions by hand and without, and how fast.

    python benchmarks/edition.py [--copies 20]

Layers and voices are shares of the characters of the blocks in corpus/annotations/blocks.jsonl,
white space apart; where its two readers differ, either is right. F1 is the mean over the layers.
Joins are against tests/edition/data/joins.csv, every boundary of the three texts; line-end hyphens
against tests/edition/data/hyphens.csv, every one of the book, as the word stands after all edits.
Speed is on so many copies of the book, in words of the running text a second of one processor.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.edition.checks import check_edition
from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.edits import apply_edits
from analysis.edition.sources import PROFILES
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize

ROOT = Path(__file__).resolve().parents[1]
READINGS = ROOT / "tests" / "edition" / "data"
BOOK = "serge-lenin-stalin"
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--copies", type=int, default=20, help="how often a text is repeated")
    arguments = parser.parse_args()
    corpora = {"with decisions by hand": read_corpus(ROOT / "corpus"), "rules alone": _by_rules()}
    columns = {name: dict(_measures(corpus)) for name, corpus in corpora.items()}
    print(pd.DataFrame(columns).to_string(float_format="{:.4f}".format), end="\n\n")
    print(pd.DataFrame(_speeds(arguments.copies)).to_string(index=False))


def _by_rules() -> Corpus:
    """Return the corpus without the decisions on layers, joins, sections and voices."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "corpus"
        shutil.copytree(ROOT / "corpus", folder)
        shutil.rmtree(folder / "overrides")
        return read_corpus(folder)


def _measures(corpus: Corpus) -> Iterator[tuple[str, float]]:
    """Yield each measure by its name."""
    pairs = list(_annotated(corpus))
    total = sum(n for *_, n in pairs)
    layers = sorted({layer for read, *_ in pairs for layer in read["layer"]})
    yield "layer, share of characters", _right(pairs, "layer") / total
    yield "layer, F1", float(np.mean([_f1(pairs, layer=layer) for layer in layers]))
    yield "voice, share of characters", _right(pairs, "voice") / total
    found = {
        (text.doc_id, block.char_start, text.blocks[block.continues].char_start)
        for text in corpus.texts
        for block in text.blocks
        if block.continues is not None
    }
    rows = _rows("joins.csv")
    true = {
        (row["doc_id"], int(row["char_start"]), int(row["from"]))
        for row in rows
        if row["goes_on"] == "yes"
    }
    doubtful = sum(row["goes_on"] == "doubtful" for row in rows)
    yield "joins, precision", len(found & true) / len(found)
    yield "joins, recall", len(found & true) / (len(true) + doubtful)
    yield "line-end hyphens, share right", _hyphens_right(corpus)
    passages = split_passages(corpus)
    last = passages.groupby(["doc_id", "section"])["passage_index"].transform("max")
    inner = passages.loc[passages["passage_index"] < last, "n_tokens"]
    yield "passages", len(passages)
    yield "words of a passage, least", int(inner.min())
    yield "words of a passage, most", int(inner.max())


Labels = tuple[dict[str, set[str]], dict[str, str], int]


def _annotated(corpus: Corpus) -> Iterator[Labels]:
    """Yield what the readers and the edition say of each annotated piece, with its characters."""
    path = ROOT / "corpus" / "annotations" / "blocks.jsonl"
    for one in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        raw = corpus.text(one["source"]).raw
        read = {
            "layer": _answers(one["type"]),
            "voice": {answer.partition(":")[0] for answer in _answers(one["voice"])},
        }
        own = corpus.blocks[
            (corpus.blocks["doc_id"] == one["source"])
            & (corpus.blocks["char_start"] < one["char_end"])
            & (corpus.blocks["char_end"] > one["char_start"])
        ]
        for block in own.itertuples():
            piece = raw[
                max(one["char_start"], block.char_start) : min(one["char_end"], block.char_end)
            ]
            mine = {"layer": str(block.layer), "voice": str(block.voice)}
            yield read, mine, sum(not letter.isspace() for letter in piece)


def _answers(value: object) -> set[str]:
    return {str(one) for one in value.values()} if isinstance(value, dict) else {str(value)}


def _right(pairs: list[Labels], name: str) -> int:
    return sum(n for read, mine, n in pairs if mine[name] in read[name])


def _f1(pairs: list[Labels], *, layer: str) -> float:
    """Return the F1 of one layer by characters."""
    both = sum(n for read, mine, n in pairs if mine["layer"] == layer and layer in read["layer"])
    ours = sum(n for _, mine, n in pairs if mine["layer"] == layer)
    theirs = sum(
        n
        for read, mine, n in pairs
        if layer in read["layer"] and (mine["layer"] == layer or mine["layer"] not in read["layer"])
    )
    return 2 * both / (ours + theirs)


def _hyphens_right(corpus: Corpus) -> float:
    """Return how many of the cut words of the book stand at their place as they should."""
    text = corpus.text(BOOK)
    lines = np.cumsum([0, *(len(line) for line in text.raw.splitlines(keepends=True))])
    rows = _rows("hyphens.csv")
    right = 0
    for row in rows:
        start, end = int(lines[int(row["line"]) - 1]), int(lines[int(row["line"])])
        after = apply_edits(text.raw, text.edits, start=start, end=min(end + 500, len(text.raw)))
        # What stands behind the cut begins behind the end of the line.
        behind = int(np.searchsorted(after.starts, end))
        word = next(word for word in WORD.finditer(after.text) if word.end() > behind)
        right += word[0] == row["word"]
    return right / len(rows)


def _rows(name: str) -> list[dict[str, str]]:
    text = (READINGS / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _speeds(copies: int) -> Iterator[dict[str, object]]:
    """Yield the speed of each step by profile, on copies of the book."""
    raw = (ROOT / "corpus" / "texts" / f"{BOOK}.txt").read_bytes() + b"\n\n\n\n"
    for profile in PROFILES[:3]:
        with tempfile.TemporaryDirectory() as name:
            _write(Path(name), raw * copies, profile=profile)
            marks = [time.process_time()]
            corpus = read_corpus(Path(name))
            marks.append(time.process_time())
            passages = split_passages(corpus)
            marks.append(time.process_time())
            tokens = tokenize(passages)
            marks.append(time.process_time())
            check_edition(corpus)
            marks.append(time.process_time())
            speeds = len(tokens) / np.diff(marks)
            names = ("read_corpus", "split_passages", "tokenize", "check_edition")
            row: dict[str, object] = {"profile": profile, "words": len(tokens)}
            yield row | {
                step: f"{round(speed, -3):,.0f}" for step, speed in zip(names, speeds, strict=True)
            }


def _write(folder: Path, raw: bytes, *, profile: str) -> None:
    """Write a corpus of one text."""
    (folder / "text.txt").write_bytes(raw)
    keys = {
        "id": "text",
        "author": "Author",
        "title": "Title",
        "path": "text.txt",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "profile": profile,
        "language": "en",
        "rights": "none",
        "citation": "Author",
        "citation_key": "text",
    }
    lines = "".join(f"{key} = '{value}'\n" for key, value in keys.items())
    (folder / "sources.toml").write_text(f"[[source]]\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()
