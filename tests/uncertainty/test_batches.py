"""Work in batches: the answers do not depend on how many work at it."""

import os
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.uncertainty.batches import run_in_batches


def mean_of_draws(seed, *, size):
    """Stand for a resample: chance from the task's own seed alone."""
    return float(np.random.default_rng(seed).normal(size=(size, size)).mean())


def who_works(_task):
    return os.getpid()


def matrix_product(seed):
    """Sums in an order that depends on the number of threads of the linear algebra."""
    numbers = np.random.default_rng(seed).normal(size=(400, 400))
    return float((numbers @ numbers).sum())


def fail_at_three(task):
    if task == 3:
        raise InputError("Three is bad; take another.")
    return task


@given(tasks=st.lists(st.integers(0, 9), max_size=12), batch_size=st.integers(1, 5))
def test_answers_come_in_the_order_of_the_tasks(tasks, batch_size):
    assert run_in_batches(str, tasks, batch_size=batch_size) == [str(task) for task in tasks]


def test_one_worker_and_two_give_the_same_to_the_last_bit():
    work = partial(mean_of_draws, size=50)
    alone = run_in_batches(work, range(7))
    assert run_in_batches(work, range(7), workers=2) == alone
    assert run_in_batches(work, range(7), workers=2, batch_size=3) == alone
    assert len(set(alone)) == 7


def test_linear_algebra_has_one_thread_wherever_it_runs():
    assert run_in_batches(matrix_product, range(4), workers=2) == run_in_batches(
        matrix_product, range(4)
    )


def test_one_worker_works_here_and_apart_works_elsewhere():
    assert set(run_in_batches(who_works, range(3))) == {os.getpid()}
    assert os.getpid() not in run_in_batches(who_works, range(3), apart=True)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_the_task_s_own(workers):
    with pytest.raises(InputError, match="Three is bad"):
        run_in_batches(fail_at_three, range(5), workers=workers)


@pytest.mark.parametrize("number", [0, -1, 1.5, True, "2"])
def test_no_such_number_of_workers(number):
    with pytest.raises(InputError, match=r"workers is .*whole number from 1"):
        run_in_batches(str, [1], workers=number)


def test_no_tasks_no_answers():
    assert run_in_batches(str, [], workers=2) == []
