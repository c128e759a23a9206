"""Notebooks kept as text, and written as Jupyter keeps them.

A notebook is a jupytext percent file. With its outputs it becomes an ``.ipynb`` that is the same,
byte for byte, from run to run: cells are numbered, not named at random; no clock, path, address in
memory or version of Python is in it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from analysis.errors import CorpusError
from analysis.files import decode_utf8, read_bytes
from analysis.publish.jupyter import from_dict, jupytext, writes

_METADATA = {
    "jupytext": {"formats": "ipynb,py:percent"},
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,}")


def read_notebook(path: Path) -> Any:
    """Return the notebook of a percent file, its cells numbered, without outputs.

    Raises
    ------
    CorpusError
        If the file is missing, not UTF-8, or holds no cell.
    """
    source = decode_utf8(read_bytes(path, what="The notebook"), path=path)
    notebook = jupytext.reads(source.replace("\r\n", "\n"), fmt="py:percent")
    if not any(cell.source.strip() for cell in notebook.cells):
        raise CorpusError(f"The notebook {path} holds no cell; begin each with a line # %%.")
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number:03d}"
    notebook["metadata"] = from_dict(_METADATA)  # type: ignore[no-untyped-call]
    notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
    return notebook


def count_cells(path: Path) -> int:
    """Return how many cells of code a notebook runs."""
    return sum(cell.cell_type == "code" for cell in read_notebook(path).cells)


def ipynb_bytes(notebook: Any) -> bytes:
    """Return the bytes of a notebook that was run, without what differs from run to run."""
    notebook["metadata"] = from_dict(_METADATA)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell["metadata"] = {
            key: value for key, value in cell.metadata.items() if key not in {"execution"}
        }
        for output in cell.get("outputs", ()):
            output["metadata"] = output.get("metadata", {})
            if output.output_type == "stream":
                del output["metadata"]
                output["text"] = _ADDRESS.sub("0x…", output.text)
            for kind, shown in output.get("data", {}).items():
                if kind.startswith("text/"):
                    output["data"][kind] = _ADDRESS.sub("0x…", shown)
    text: str = writes(notebook, version=4)  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode("utf-8")
