"""Notebooks kept as text, run in order, and written as Jupyter keeps them.

A notebook is a jupytext percent file. Running it gives an ``.ipynb`` with its outputs that is the
same, byte for byte, from run to run: cells are numbered, not named at random; no clock, path,
address in memory or version of Python is in it.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from analysis.errors import AnalysisError, CorpusError
from analysis.files import decode_utf8, read_bytes
from analysis.kept import ANEW, TOLD
from analysis.publish.kernel import kernel_command, kernel_environment
from analysis.publish.record import DRAWN, FIGURES, STAGE

# When jsonschema finds this package, it builds thirty grammars, which takes longer than a small
# notebook: for a kind of link whose form nobody checks here.
_SLOW = "rfc3987_syntax"
_loaded = sys.modules.get(_SLOW)
sys.modules[_SLOW] = None  # type: ignore[assignment]
try:
    import jupytext
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError
    from nbformat import from_dict, writes
finally:
    del sys.modules[_SLOW]
    if _loaded is not None:
        sys.modules[_SLOW] = _loaded

NOTES = "notes"
"""The folder of a stage in which it is told how results made anew compare with kept ones."""

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
# Longer names of sockets are refused by the system; the connection file adds to the folder's.
_LONGEST_SOCKET = 80


class NotebookError(AnalysisError):
    """A cell of a notebook that failed, in one sentence that says which."""


@dataclass(frozen=True, kw_only=True)
class Executed:
    """A notebook that was run: its source, the bytes of its ``.ipynb``, the figures it saved."""

    path: Path
    content: bytes
    stage: Path


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


async def run_notebooks(
    paths: Sequence[Path],
    *,
    root: Path,
    stages: Path,
    jobs: int = 1,
    anew: bool = False,
    reworded: Collection[Path] = (),
    on_cell: Callable[[Path], object] = lambda _: None,
    on_done: Callable[[Executed], object] = lambda _: None,
) -> list[Executed]:
    """Return the notebooks as run, in the order given, each in a new Python with no other's state.

    If one fails, the others are stopped.

    Parameters
    ----------
    paths : sequence of Path
        Percent files.
    root : Path
        The project: the current folder of the notebooks.
    stages : Path
        A folder for the figures, below it one for each notebook. Nothing else is written.
    jobs : int
        How many notebooks run at the same time.
    anew : bool
        Whether to compute what is kept under digest keys again.
    reworded : collection of Path
        Notebooks in which only words have changed since the figures of the project were drawn:
        they need not draw those again that come out the same.
    on_cell, on_done : callable
        Told of each cell of code and of each notebook that is done.

    Raises
    ------
    NotebookError
        If a cell fails, or its Python ends.
    """
    turn = asyncio.Semaphore(max(1, jobs))

    async def run(path: Path) -> Executed:
        async with turn:
            stage = stages / path.stem
            settings = {
                STAGE: str(stage),
                DRAWN: str(root / FIGURES) if path in reworded else "",
                ANEW: "1" if anew else "",
                TOLD: str(stage / NOTES),
            }
            content = await _run(path, root=root, settings=settings, on_cell=on_cell)
            executed = Executed(path=path, content=content, stage=stage)
            on_done(executed)
            return executed

    tasks = [asyncio.ensure_future(run(path)) for path in paths]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def try_notebooks(
    paths: Sequence[Path],
    *,
    root: Path,
    stages: Path,
    jobs: int = 1,
    on_cell: Callable[[Path], object] = lambda _: None,
) -> dict[Path, str]:
    """Return what stopped each notebook that failed, after running all anew from the corpus on."""
    turn = asyncio.Semaphore(max(1, jobs))
    failed: dict[Path, str] = {}

    async def run(path: Path) -> None:
        async with turn:
            try:
                await run_notebooks([path], root=root, stages=stages, anew=True, on_cell=on_cell)
            except NotebookError as error:
                failed[path] = str(error)

    await asyncio.gather(*(run(path) for path in paths))
    return failed


async def _run(
    path: Path, *, root: Path, settings: dict[str, str], on_cell: Callable[[Path], object]
) -> bytes:
    """Return the ``.ipynb`` of a notebook after running its cells in order."""
    notebook = read_notebook(path)
    with tempfile.TemporaryDirectory(prefix="witness-", ignore_cleanup_errors=True) as scratch:
        (Path(scratch) / "matplotlibrc").touch()
        manager = _manager(Path(scratch))
        environment = kernel_environment(os.environ, scratch=Path(scratch)) | settings
        await manager.start_kernel(cwd=str(root), env=environment)
        channels = manager.client()
        try:
            channels.start_channels()
            await channels.wait_for_ready(timeout=120)
            client = NotebookClient(notebook, km=manager, timeout=None, coalesce_streams=True)
            client.kc = channels
            client.reset_execution_trackers()
            await _run_cells(client, notebook=notebook, path=path, on_cell=on_cell)
        except (DeadKernelError, RuntimeError) as error:
            raise NotebookError(
                f"{_named(path)}: its Python ended without a word "
                f"({type(error).__name__}); look for lack of memory, then run it again."
            ) from None
        finally:
            channels.stop_channels()
            with suppress(RuntimeError, OSError):
                await manager.shutdown_kernel(now=True)
    return _ipynb(notebook)


async def _run_cells(
    client: NotebookClient, *, notebook: Any, path: Path, on_cell: Callable[[Path], object]
) -> None:
    """Run the cells of code, one after the other, until one fails."""
    number = 0
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        number += bool(cell.source.strip())
        try:
            await client.async_execute_cell(cell, index, execution_count=number)
        except CellExecutionError as error:
            first = next((line for line in cell.source.splitlines() if line.strip()), "")
            told = str(error.evalue).strip().splitlines() or ["no message"]
            raise NotebookError(
                f"{_named(path)}: the cell that begins with “{first.strip()}” stopped with "
                f"{error.ename}: {told[0]}"
            ) from None
        on_cell(path)


def _manager(scratch: Path) -> AsyncKernelManager:
    """Return who starts the kernel: this interpreter, reached through the file system if it can."""
    connection = scratch / "kernel.json"
    sockets = sys.platform != "win32" and len(str(connection)) < _LONGEST_SOCKET
    return AsyncKernelManager(
        kernel_spec_manager=_OwnInterpreter(),
        connection_file=str(connection),
        transport="ipc" if sockets else "tcp",
    )


class _OwnInterpreter(KernelSpecManager):
    """Knows one kernel, whatever is installed on the machine: the interpreter that runs this."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the kernel."""
        return KernelSpec(argv=kernel_command(), display_name=kernel_name, language="python")


def _ipynb(notebook: Any) -> bytes:
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


def _named(path: Path) -> str:
    """Return how messages name a notebook."""
    return f"{path.parent.name}/{path.name}"
