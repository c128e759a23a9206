"""The commands on the texts: check them, write their tables, show a passage or a word."""

from __future__ import annotations

import argparse
import sys

from analysis.commands.given import DIFFERENCE, DONE, corpus_of, project_root
from analysis.errors import InputError

SHORT_PLACE = 200
"""A place of fewer characters is a word or two: the passage that holds it is shown."""


def check(arguments: argparse.Namespace) -> int:
    """Print what the corpus holds, and whether anything is lost."""
    from analysis.edition.checks import check_edition
    from analysis.edition.dates_editorial import read_editorial_dates
    from analysis.text.persons_index import read_persons

    corpus = corpus_of(arguments)
    # Whoever wrote these lists wants to be told now what is wrong with them, not by a notebook.
    read_editorial_dates(corpus.folder, {text.doc_id: text.raw for text in corpus.texts})
    read_persons(corpus.folder)
    result = check_edition(corpus)
    texts = ", ".join(f"{text.doc_id} ({len(text.raw)} characters)" for text in corpus.texts)
    print(f"Digests are right: {texts}.")
    print(f"{result.n_edits} edits and {result.n_overrides} overrides by hand apply.")
    table = result.coverage.assign(share=(100 * result.coverage["share"]).round(1))
    print(table.rename(columns={"share": "per cent"}).to_string(index=False))
    for line in result.doubtful:
        print(f"Doubtful hyphen, kept: {line}")
    for sentence in result.doubts:
        print(f"Look again: {sentence}")
    for sentence in result.lost:
        print(sentence)
    if result.lost:
        return DIFFERENCE
    print("Nothing is lost: blocks and gaps, and undoing the edit log, give each raw text back.")
    return DONE


def export(arguments: argparse.Namespace) -> int:
    """Write a table, the texts as TEI, or the topics as a page of pyLDAvis."""
    from analysis.files import write_bytes
    from analysis.publish.export import make_table, table_bytes

    if arguments.table == "tei":
        return _export_tei(arguments)
    if arguments.doc_id is not None:
        raise InputError(
            f"{arguments.table} is a table of all texts; leave {arguments.doc_id!r} out."
        )
    if arguments.output is not None and not arguments.output.parent.is_dir():
        raise InputError(f"There is no folder {arguments.output.parent}; make it first.")
    if arguments.table == "ldavis":
        content = _ldavis(arguments)
    else:
        table = make_table(corpus_of(arguments), arguments.table)
        content = table_bytes(table, file_format=arguments.format)
    if arguments.output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_bytes(arguments.output, content)
    return DONE


def _ldavis(arguments: argparse.Namespace) -> bytes:
    """Return the default topics as a page of pyLDAvis."""
    from analysis.publish.ldavis import ldavis_page
    from analysis.publish.topic_tables import default_topics

    found = default_topics(corpus_of(arguments))
    return ldavis_page(found.counts, found.topics)


def _export_tei(arguments: argparse.Namespace) -> int:
    """Write one text, or all, as TEI P5 files into a folder."""
    from analysis.files import write_bytes
    from analysis.publish.tei import tei_documents

    corpus = corpus_of(arguments)
    if arguments.output is None:
        raise InputError("TEI files go into a folder; name it with -o DIR.")
    if arguments.output.is_file():
        raise InputError(f"{arguments.output} is a file; name a folder for the TEI files.")
    chosen = corpus.texts if arguments.doc_id is None else (corpus.text(arguments.doc_id),)
    for name, content in tei_documents(corpus, [text.doc_id for text in chosen]).items():
        write_bytes(arguments.output / name, content)
        print(arguments.output / name, file=sys.stderr)
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """Print a passage: by its id, its place, or the row of a figure."""
    from analysis.text.reading import read_passage

    corpus = corpus_of(arguments)
    name, _, row = arguments.passage.partition(":")
    if row.isdecimal() and name not in {text.doc_id for text in corpus.texts}:
        place = _place_of_row(arguments, name, row=int(row))
        start, _, end = place.rpartition("@")[2].partition("-")
        short = int(end or start) - int(start) < SHORT_PLACE
        print(read_passage(corpus, place.rpartition("-")[0] if short and end else place))
    else:
        print(read_passage(corpus, arguments.passage))
    return DONE


def _place_of_row(arguments: argparse.Namespace, name: str, *, row: int) -> str:
    """Return the place behind a figure's row; `name` may be a mistyped text as well."""
    from analysis.publish.cite import place_of_row
    from analysis.publish.record import FIGURES, recorded_figures

    root = project_root(arguments)
    if name not in recorded_figures(root / FIGURES):
        texts = ", ".join(text.doc_id for text in corpus_of(arguments).texts)
        raise InputError(
            f"There is no text {name!r} in this corpus, which has {texts}, and no figure of that "
            "name; witness status lists the figures."
        )
    return place_of_row(root, name, row=row)


def kwic(arguments: argparse.Namespace) -> int:
    """Print every place of a word."""
    from analysis.tables import VOICES
    from analysis.text.concordance import kwic
    from analysis.text.passages import split_passages
    from analysis.text.tokens import tokenize

    for voice in arguments.voice or ():
        if voice not in VOICES:
            raise InputError(f"There is no voice {voice!r}; use one of {', '.join(VOICES)}.")
    corpus = corpus_of(arguments)
    tokens = tokenize(split_passages(corpus))
    lines = kwic(tokens, arguments.term, window=arguments.window, corpus=corpus)
    if arguments.voice:
        lines = lines[lines["voice"].isin(arguments.voice)]
    width = int(lines["left"].str.len().max()) if len(lines) else 0
    for line in lines.itertuples():
        who = f"{line.layer}, {line.voice}" + (
            f" ({line.speaker})" if isinstance(line.speaker, str) else ""
        )
        print(f"{line.left:>{width}}  {line.token}  {line.right}  [{line.place}; {who}]")
    print(f"{len(lines)} place{'s' * (len(lines) != 1)}.", file=sys.stderr)
    return DONE
