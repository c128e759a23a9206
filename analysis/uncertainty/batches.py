"""The one parallel seam: work over seeds, resamples or passages, in fixed batches.

A task is worked on in one thread, knows nothing of the other tasks, and its place in the answer is
its place in the question. So the answer is the same for one worker and for many, and a cluster
that keeps this promise can stand where the pool of processes stands now.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import joblib  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]
from tqdm import tqdm

from analysis.errors import InputError

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def run_in_batches(
    function: Callable[[Task], Answer],
    tasks: Sequence[Task],
    *,
    workers: int = 1,
    batch_size: int = 1,
    apart: bool = False,
    label: str = "",
) -> list[Answer]:
    """Return ``function(task)`` of every task, in the order of the tasks.

    Parameters
    ----------
    function : callable
        Of one task, with no other input and no side effect. With more than one worker it travels
        to other processes once a batch: bind what all tasks share with `functools.partial`, and
        make it importable (a function of a module, not one written inside another).
    tasks : sequence
        Each carries its own seed where there is chance in it.
    workers : int
        How many processes work at the same time. One works here, in this process.
    batch_size : int
        How many tasks travel together. It changes the speed alone, like `workers`.
    apart : bool
        Work in another process even if there is one worker, for what cannot be loaded here.
    label : str
        What a progress bar on a terminal is called; without it there is no bar.

    Raises
    ------
    InputError
        If workers or batch_size is not a whole number from 1.

    Notes
    -----
    Libraries of linear algebra add up in another order with another number of threads, so every
    task has one thread, here and in the workers. Workers are processes of joblib's loky, which
    does not run the caller's script again: no ``if __name__ == "__main__"`` is needed.
    """
    for name, value in (("workers", workers), ("batch_size", batch_size)):
        if isinstance(value, bool) or not hasattr(value, "__index__") or value < 1:
            raise InputError(f"{name} is {value!r}; give a whole number from 1.")
    batches = [tasks[start : start + batch_size] for start in range(0, len(tasks), batch_size)]
    answers: list[Answer] = []
    with tqdm(
        total=len(tasks), desc=label, disable=not (label and sys.stderr.isatty()), leave=False
    ) as bar:
        for batch in _answered(function, batches, workers=workers, apart=apart):
            answers.extend(batch)
            bar.update(len(batch))
    return answers


def _answered(
    function: Callable[[Task], Answer],
    batches: Sequence[Sequence[Task]],
    *,
    workers: int,
    apart: bool,
) -> Iterator[list[Answer]]:
    """Yield the answers of each batch in order, from here or from other processes."""
    if workers == 1 and not apart:
        for batch in batches:
            yield _answer_batch(function, batch)
        return
    # joblib does not start a process for a single worker. Arrays travel as they are, not by file.
    pool = joblib.Parallel(
        n_jobs=max(workers, 2),
        backend="loky",
        batch_size=1,
        max_nbytes=None,
        return_as="generator",
    )
    yield from pool(joblib.delayed(_answer_batch)(function, batch) for batch in batches)


def _answer_batch(function: Callable[[Task], Answer], batch: Sequence[Task]) -> list[Answer]:
    """Return the answers of one batch, each worked out in one thread."""
    with threadpool_limits(limits=1):
        return [function(task) for task in batch]
