"""Notebooks run in order, each in a Python of its own."""

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

from analysis.errors import AnalysisError
from analysis.kept import ANEW, TOLD
from analysis.publish.ipynb import ipynb_bytes, read_notebook
from analysis.publish.jupyter import CellExecutionError, DeadKernelError, NotebookClient
from analysis.publish.kernel import kernel_command, kernel_environment
from analysis.publish.record import DRAWN, FIGURES, STAGE

NOTES = "notes"
"""The folder of a stage in which it is told how results made anew compare with kept ones."""

# IPython compiles a cell under a number for a name.
_CELL_FILE = re.compile(r"\(\d+\.py, line (\d+)\)")
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
            channels.allow_stdin = False  # nobody is there to answer input()
            await channels.wait_for_ready(timeout=120)
            client = NotebookClient(notebook, km=manager, timeout=None, coalesce_streams=True)
            client.kc = channels
            client.reset_execution_trackers()
            await _run_cells(client, notebook=notebook, path=path, on_cell=on_cell)
        except (DeadKernelError, RuntimeError) as error:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                # nbclient takes it for a kernel that died: the user, or another notebook, ended it.
                raise asyncio.CancelledError from None
            raise NotebookError(
                f"{_named(path)}: its Python ended without a word "
                f"({type(error).__name__}); look for lack of memory, then run it again."
            ) from None
        finally:
            channels.stop_channels()
            with suppress(RuntimeError, OSError):
                await manager.shutdown_kernel(now=True)
    return ipynb_bytes(notebook)


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
            told = (str(error.evalue).strip().splitlines() or ["no message"])[0]
            told = _CELL_FILE.sub(r"(line \1 of the cell)", told)
            raise NotebookError(
                f"{_named(path)}: the cell that begins with “{first.strip()}” stopped with "
                f"{error.ename}: {told}"
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


def _named(path: Path) -> str:
    """Return how messages name a notebook."""
    return f"{path.parent.name}/{path.name}"
