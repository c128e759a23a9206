"""What every command is given, the corpus or the project of a folder, and what it gives back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.edition.corpus import Corpus

DONE, DIFFERENCE = 0, 1


def project_root(arguments: argparse.Namespace) -> Path:
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


def corpus_of(arguments: argparse.Namespace) -> Corpus:
    """Return the corpus that the command is about."""
    from analysis.edition.corpus import read_corpus

    return read_corpus(arguments.corpus)
