"""What each command does: calls, and prints what came out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError

if TYPE_CHECKING:
    from analysis.edition.corpus import Corpus

DONE, DIFFERENCE = 0, 1
SHORT_PLACE = 200
"""A place of fewer characters is a word or two: the passage that holds it is shown."""


def _root(arguments: argparse.Namespace) -> Path:
    """Return the project's folder: notebooks, figures and citations are beside its corpus."""
    from analysis.errors import CorpusError
    from analysis.project import CORPUS, corpus_folder

    folder = corpus_folder(arguments.corpus)
    if folder.name != CORPUS:
        raise CorpusError(
            f"{folder} is not the corpus of a project: figures, notebooks and citations stand "
            f"beside a folder named {CORPUS}; move it into a folder of its own and name it so."
        )
    return folder.parent


def _corpus(arguments: argparse.Namespace) -> Corpus:
    from analysis.edition.corpus import read_corpus

    return read_corpus(arguments.corpus)


def check(arguments: argparse.Namespace) -> int:
    """Print what the corpus holds, and whether anything is lost."""
    from analysis.edition.checks import check_edition

    corpus = _corpus(arguments)
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
        table = make_table(_corpus(arguments), arguments.table)
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

    found = default_topics(_corpus(arguments))
    return ldavis_page(found.counts, found.topics)


def _export_tei(arguments: argparse.Namespace) -> int:
    """Write one text, or all, as TEI P5 files into a folder."""
    from analysis.files import write_bytes
    from analysis.publish.tei import tei_documents

    corpus = _corpus(arguments)
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

    corpus = _corpus(arguments)
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

    root = _root(arguments)
    if name not in recorded_figures(root / FIGURES):
        texts = ", ".join(text.doc_id for text in _corpus(arguments).texts)
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
    corpus = _corpus(arguments)
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


def figures(arguments: argparse.Namespace) -> int:
    """Make the figures that are stale."""
    from analysis.publish.figures import make_figures

    made = make_figures(
        _root(arguments), arguments.names, jobs=_jobs(arguments), force=arguments.force
    )
    print("\n".join(made.lines()))
    for remark in made.remarks:
        print(f"Hard to read: {remark}", file=sys.stderr)
    return DONE


def _jobs(arguments: argparse.Namespace) -> int:
    if arguments.jobs < 1:
        raise InputError(f"--jobs is {arguments.jobs}; give a number from 1.")
    return int(arguments.jobs)


def status(arguments: argparse.Namespace) -> int:
    """Print which figures are fresh, and what changed where one is not."""
    from analysis.publish.status import figure_status

    found = figure_status(_root(arguments))
    print("\n".join(found.lines()))
    return found.exit_code


def verify(arguments: argparse.Namespace) -> int:
    """Make the figures again in a temporary folder, and print where they differ."""
    from analysis.publish.verify import verify_figures

    found = verify_figures(_root(arguments), arguments.names, jobs=_jobs(arguments))
    print("\n".join(found.lines()))
    return found.exit_code


def cite(arguments: argparse.Namespace) -> int:
    """Print how to cite the software, the texts and a figure; warn where that is stale."""
    from analysis.publish.cite import cite as how_to_cite
    from analysis.publish.status import figure_status

    root, name = _root(arguments), arguments.name
    print(how_to_cite(root, name, form=arguments.format).rstrip("\n"))
    if name is not None and not (told := figure_status(root).of(name)).fresh:
        print(
            f"{told.line()}; what is printed here is of the figure as it was made. "
            f"Make it anew with witness figures {name} before you cite it.",
            file=sys.stderr,
        )
    return DONE


def doctor(arguments: argparse.Namespace) -> int:
    """Print what figures may depend on here; 1 where something is wrong."""
    from analysis.errors import CorpusError
    from analysis.publish.doctor import examine

    try:
        root: Path | None = _root(arguments)
    except CorpusError:
        root = None
    found = examine(root)
    print("\n".join(one.line() for one in found))
    return DIFFERENCE if any(one.problem for one in found) else DONE


def annotate(arguments: argparse.Namespace) -> int:
    """Write a sheet for a reader, or print how far the sheets that came back agree."""
    if arguments.sheets:
        return _agreement(arguments.sheets)
    from analysis.files import write_text
    from analysis.sentiment.sheets import annotation_form, annotation_sheet
    from analysis.text.passages import split_passages

    path = arguments.output
    if path is None or path.suffix not in (".csv", ".html"):
        raise InputError("Name the sheet with -o FILE.csv, or FILE.html for a form to fill in.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}; make it first.")
    passages = split_passages(_corpus(arguments))
    sheet = annotation_sheet(passages, n_passages=arguments.passages, seed=arguments.seed)
    as_csv = path.suffix == ".csv"
    write_text(
        path, sheet.to_csv(index=False, lineterminator="\n") if as_csv else annotation_form(sheet)
    )
    print(f"{path}: {len(sheet)} passages, drawn blind with seed {arguments.seed}.")
    return DONE


def _agreement(paths: list[Path]) -> int:
    """Print Krippendorff's alpha of the sheets of two readers or more."""
    import pandas as pd

    from analysis.sentiment.annotations import read_annotations
    from analysis.sentiment.reliability import krippendorff_alpha

    if len(paths) < 2:
        raise InputError("Agreement takes the sheets of two readers or more; name them all.")
    readings = pd.concat([read_annotations(path) for path in paths], ignore_index=True)
    shared = readings.dropna(subset=["valence"]).groupby("place")["reader"].nunique()
    alphas = {name: krippendorff_alpha(readings, level=name) for name in ("interval", "ordinal")}
    print(f"{len(paths)} sheets, {int((shared > 1).sum())} passages read by two readers or more.")
    for level, alpha in alphas.items():
        said = (
            "undefined: no passage has two readings that differ"
            if alpha != alpha
            else f"{alpha:.3f}"
        )
        print(f"Krippendorff's alpha ({level}): {said}")
    return DONE


def lab(arguments: argparse.Namespace) -> int:
    """Open the notebooks in JupyterLab."""
    import subprocess

    notebooks = _root(arguments) / "notebooks"
    if not notebooks.is_dir():
        raise InputError(f"There is no folder {notebooks}; make one, with a notebook in it.")
    return subprocess.call([sys.executable, "-m", "jupyterlab"], cwd=notebooks)
