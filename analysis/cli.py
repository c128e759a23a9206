"""The command line: parse, call, print."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.commands import project, sheets, texts
from analysis.commands.given import DONE
from analysis.errors import AnalysisError

Run = Callable[[argparse.Namespace], int]
Add = Callable[..., argparse.ArgumentParser]
"""Adds a command by its name, with what runs it and what it does, and returns its parser."""

MISTAKE = 2
INTERRUPTED = 130
"""What a shell says of a command that Ctrl-C ended: 128 and the number of the signal."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command ``witness``: 0 done, 1 a difference was found, 2 the user's mistake.

    Ctrl-C ends it with 130; files are whole or not written, as always.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    arguments = _parser().parse_args(argv)
    run: Run = arguments.run
    try:
        code = run(arguments)
        sys.stdout.flush()
    except AnalysisError as error:
        print(f"witness: {error}", file=sys.stderr)
        return MISTAKE
    except BrokenPipeError:  # whoever read has gone (head, less)
        _print_nowhere()
        return DONE
    except KeyboardInterrupt:
        print("witness: interrupted; no file is half written.", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:
            raise
        _print_nowhere()
        print("witness: The disk is full; what is printed ends in the middle.", file=sys.stderr)
        return MISTAKE
    return code


def _print_nowhere() -> None:
    """Let what is left in the buffer of the standard output, which has nowhere to go, be lost."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, *, run: Run, what: str) -> argparse.ArgumentParser:
        added = subparsers.add_parser(name, help=what, description=what, parents=[shared])
        added.set_defaults(run=run)
        return added

    _add_texts(command)
    _add_figures(command)
    _add_others(command)
    return parser


def _add_texts(command: Add) -> None:
    """Add the commands on the texts."""
    command(
        "check",
        run=texts.check,
        what="check the corpus: digests, nothing lost, lists by hand, coverage",
    )
    export = command("export", run=texts.export, what="write a table, or the texts as TEI")
    export.add_argument(
        "table", metavar="TABLE", help="blocks, passages, topic_cards, ..., tei, or ldavis"
    )
    export.add_argument("doc_id", nargs="?", metavar="DOC_ID", help="with tei: this text alone")
    export.add_argument("--format", default="csv", help="csv (default), jsonl or parquet")
    export.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="else standard output; with tei, a folder"
    )
    show = command(
        "show", run=texts.show, what="show a passage with its voices, lines and citation"
    )
    show.add_argument(
        "passage",
        metavar="PASSAGE",
        help="serge-memoirs:0007, serge-memoirs@120-480, or FIGURE:ROW",
    )
    kwic = command("kwic", run=texts.kwic, what="show every place of a word")
    kwic.add_argument("term", metavar="TERM", help="a word or phrase; * stands for any letters")
    kwic.add_argument("--window", type=int, default=8, help="words on either side (default 8)")
    kwic.add_argument(
        "--voice", action="append", help="only this voice; may be given more than once"
    )


def _add_figures(command: Add) -> None:
    """Add the commands on the figures of a project."""
    figures = command("figures", run=project.figures, what="make the figures that are stale")
    figures.add_argument("--force", action="store_true", help="also those that are up to date")
    command("status", run=project.status, what="tell which figures are stale, and why")
    verify = command("verify", run=project.verify, what="make figures again and compare them")
    for one in (figures, verify):
        one.add_argument("names", nargs="*", metavar="NAME", help="figures or notebooks; else all")
        one.add_argument(
            "--jobs", type=int, default=1, help="notebooks at the same time (default 1)"
        )
    cite = command("cite", run=project.cite, what="tell how to cite software, texts and a figure")
    cite.add_argument("name", nargs="?", metavar="NAME", help="a figure")
    cite.add_argument("--format", default="text", help="text (default), bibtex or csl")


def _add_others(command: Add) -> None:
    """Add the command on sheets for readers, and those on what a project runs with."""
    annotate = command(
        "annotate", run=sheets.annotate, what="make a sheet for readers, or compare their sheets"
    )
    annotate.add_argument(
        "sheets", nargs="*", type=Path, metavar="SHEET", help="sheets that came back"
    )
    annotate.add_argument("-o", "--output", type=Path, metavar="FILE", help="FILE.csv or FILE.html")
    annotate.add_argument("--passages", type=int, default=60, help="how many (default 60)")
    annotate.add_argument(
        "--seed", type=int, default=1, help="of the draw; the same for all readers"
    )
    command("doctor", run=project.doctor, what="tell versions and settings that figures depend on")
    command("lab", run=project.lab, what="open the notebooks in JupyterLab")
