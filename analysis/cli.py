"""The command line: parse, call, print."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError, InputError

if TYPE_CHECKING:
    from analysis.edition.corpus import Corpus

DONE, DIFFERENCE, MISTAKE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command ``witness``: 0 done, 1 a difference was found, 2 the user's mistake."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    arguments = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        code = run(arguments)
        sys.stdout.flush()
    except AnalysisError as error:
        print(f"witness: {error}", file=sys.stderr)
        return MISTAKE
    except BrokenPipeError:
        # Whoever read has gone (head, less): what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="witness",
        description="Quantitative text analysis of small corpora: every point leads back to a "
        "passage. A witness here is a person who was there, not a copy of a text.",
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--corpus", type=Path, metavar="DIR", help="the corpus folder (else found upward from here)"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(
        name: str, *, run: Callable[[argparse.Namespace], int], what: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=what, description=what, parents=[shared])
        added.set_defaults(run=run)
        return added

    command(
        "check", run=_check, what="check the corpus: digests, nothing lost, overrides, coverage"
    )
    export = command("export", run=_export, what="write a table, or the texts as TEI")
    export.add_argument("table", metavar="TABLE", help="blocks, edits, passages, tokens, ...")
    export.add_argument("--format", default="csv", help="csv (default), jsonl or parquet")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="else standard output")
    show = command("show", run=_show, what="show a passage with its voices, lines and citation")
    show.add_argument(
        "passage", metavar="PASSAGE", help="serge-memoirs:0007 or serge-memoirs@120-480"
    )
    kwic = command("kwic", run=_kwic, what="show every place of a word")
    kwic.add_argument("term", metavar="TERM", help="a word or phrase; * stands for any letters")
    kwic.add_argument("--window", type=int, default=8, help="words on either side (default 8)")
    kwic.add_argument(
        "--voice", action="append", help="only this voice; may be given more than once"
    )
    figures = command("figures", run=_figures, what="make the figures that are stale")
    figures.add_argument("names", nargs="*", metavar="NAME", help="figures or notebooks; else all")
    figures.add_argument(
        "--jobs", type=int, default=1, help="notebooks at the same time (default 1)"
    )
    figures.add_argument("--force", action="store_true", help="also those that are up to date")
    command("lab", run=_lab, what="open the notebooks in JupyterLab")
    return parser


def _root(arguments: argparse.Namespace) -> Path:
    from analysis.project import corpus_folder

    return corpus_folder(arguments.corpus).parent


def _corpus(arguments: argparse.Namespace) -> Corpus:
    from analysis.edition.corpus import read_corpus

    return read_corpus(arguments.corpus)


def _check(arguments: argparse.Namespace) -> int:
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
    for sentence in result.lost:
        print(sentence)
    if result.lost:
        return DIFFERENCE
    print("Nothing is lost: blocks and gaps, and undoing the edit log, give each raw text back.")
    return DONE


def _export(arguments: argparse.Namespace) -> int:
    from analysis.files import write_bytes
    from analysis.publish.export import make_table, table_bytes

    if arguments.output is not None and not arguments.output.parent.is_dir():
        raise InputError(f"There is no folder {arguments.output.parent}; make it first.")
    table = make_table(_corpus(arguments), arguments.table)
    content = table_bytes(table, file_format=arguments.format)
    if arguments.output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_bytes(arguments.output, content)
    return DONE


def _show(arguments: argparse.Namespace) -> int:
    from analysis.text.reading import read_passage

    print(read_passage(_corpus(arguments), arguments.passage))
    return DONE


def _kwic(arguments: argparse.Namespace) -> int:
    from analysis.tables import VOICES
    from analysis.text.concordance import kwic
    from analysis.text.passages import split_passages
    from analysis.text.tokens import tokenize

    for voice in arguments.voice or ():
        if voice not in VOICES:
            raise InputError(f"There is no voice {voice!r}; use one of {', '.join(VOICES)}.")
    tokens = tokenize(split_passages(_corpus(arguments)))
    lines = kwic(tokens, arguments.term, window=arguments.window)
    if arguments.voice:
        lines = lines[lines["voice"].isin(arguments.voice)]
    width = int(lines["left"].str.len().max()) if len(lines) else 0
    for line in lines.itertuples():
        who = f"{line.layer}, {line.voice}" + (
            f" ({line.speaker})" if isinstance(line.speaker, str) else ""
        )
        print(
            f"{str(line.left)[-width:]:>{width}}  {line.token}  {line.right}  [{line.place}; {who}]"
        )
    print(f"{len(lines)} places.", file=sys.stderr)
    return DONE


def _figures(arguments: argparse.Namespace) -> int:
    from analysis.publish.figures import make_figures

    if arguments.jobs < 1:
        raise InputError(f"--jobs is {arguments.jobs}; give a number from 1.")
    made = make_figures(
        _root(arguments), arguments.names, jobs=arguments.jobs, force=arguments.force
    )
    print("\n".join(made.lines()))
    for remark in made.remarks:
        print(f"Hard to read: {remark}", file=sys.stderr)
    return DONE


def _lab(arguments: argparse.Namespace) -> int:
    import subprocess

    notebooks = _root(arguments) / "notebooks"
    if not notebooks.is_dir():
        raise InputError(f"There is no folder {notebooks}; make one, with a notebook in it.")
    return subprocess.call([sys.executable, "-m", "jupyterlab"], cwd=notebooks)
