"""Whether an argument makes sense, told in one sentence where it does not."""

from __future__ import annotations

from collections.abc import Collection
from numbers import Integral
from typing import Any

from analysis.errors import InputError


def check_whole(value: Any, *, name: str, least: int = 1) -> None:
    """Raise an InputError unless the value is a whole number of at least ``least``."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < least:
        raise InputError(f"{name} is {value!r}; give a whole number of at least {least}.")


def check_share(value: Any, *, name: str) -> None:
    """Raise an InputError unless the value is a number between 0 and 1."""
    try:
        within = not isinstance(value, bool) and 0 <= float(value) <= 1
    except (TypeError, ValueError):
        within = False
    if not within:
        raise InputError(f"{name} is {value!r}; give a share between 0 and 1.")


def check_one_of(value: Any, *, name: str, known: Collection[str]) -> None:
    """Raise an InputError unless the value is one of the names that are known."""
    if not isinstance(value, str) or value not in known:
        raise InputError(f"There is no {name} {value!r}; use one of {', '.join(known)}.")


def check_names(values: Any, *, name: str, known: Collection[str] = ()) -> None:
    """Raise an InputError unless the values are a list of names, each known where these are."""
    if isinstance(values, str):
        raise InputError(f"{name} must be a list of names: write [{values!r}].")
    for value in values:
        if known and value not in known:
            raise InputError(f"{name} has {value!r}; use some of {', '.join(known)}.")
