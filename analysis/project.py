"""Where a project is: the folder that holds ``corpus/sources.toml``, found upward from here."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import CorpusError

CORPUS = "corpus"
SOURCES = "sources.toml"


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder, from `start` (or here) upward, that holds corpus/sources.toml.

    Raises
    ------
    CorpusError
        If there is none.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / CORPUS / SOURCES).is_file():
            return folder
    raise CorpusError(
        f"There is no {CORPUS}/{SOURCES} in {here} or above it; "
        "go to a project's folder, or name a corpus folder with --corpus."
    )


def corpus_folder(path: Path | str | None = None) -> Path:
    """Return the corpus folder: the given one, or that of the project found upward from here.

    Parameters
    ----------
    path : Path or str, optional
        A folder that holds sources.toml.

    Raises
    ------
    CorpusError
        If the given folder holds no sources.toml, or no project is found.
    """
    if path is None:
        return find_root() / CORPUS
    folder = Path(path)
    if folder.is_file():
        raise CorpusError(f"{folder} is a file; name the corpus folder, which holds {SOURCES}.")
    if not folder.is_dir():
        raise CorpusError(f"The corpus folder {folder} is not there; mend its path.")
    if not (folder / SOURCES).is_file():
        raise CorpusError(
            f"The folder {folder} holds no {SOURCES}; name the folder that does, or write one."
        )
    return folder.resolve()
