"""The divisions of a TEI document: a section is a ``div``, in parts where XML cannot hold it whole.

Sections of an edition are runs of blocks; front matter and body are apart in TEI, and a title page
stands outside of all divisions. A section that any of these cuts has several divisions, each with
the attribute ``part``: I the first, M in the middle, F the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.edition.blocks import Block
from analysis.tables import RUNNING_LAYERS


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Blocks that stand together in a division or on a title page: from `first` to before `stop`.

    `part` is that of the section, None where it is whole.
    """

    first: int
    stop: int
    section: int
    in_front: bool
    title_page: bool
    part: str | None = None


def runs_of(blocks: Sequence[Block]) -> list[Run]:
    """Return the runs of a text's blocks, in order."""
    front_ends = _front_end(blocks)
    runs: list[Run] = []
    for number, block in enumerate(blocks):
        in_front = number < front_ends
        title_page = in_front and block.layer == "title"
        last = runs[-1] if runs else None
        if last is not None and (last.section, last.in_front, last.title_page) == (
            block.section,
            in_front,
            title_page,
        ):
            runs[-1] = replace(last, stop=number + 1)
        else:
            runs.append(
                Run(
                    first=number,
                    stop=number + 1,
                    section=block.section,
                    in_front=in_front,
                    title_page=title_page,
                )
            )
    return [replace(run, part=_part(runs, number)) for number, run in enumerate(runs)]


def _part(runs: Sequence[Run], number: int) -> str | None:
    """Return which part of its section a run is."""
    section = runs[number].section
    earlier = number > 0 and runs[number - 1].section == section
    later = number + 1 < len(runs) and runs[number + 1].section == section
    if not earlier and not later:
        return None
    return "M" if earlier and later else "F" if earlier else "I"


def _front_end(blocks: Sequence[Block]) -> int:
    """Return the first block behind the front matter: the headings before the running text, or it.

    All blocks are front matter where there is no running text.
    """
    layers = [block.layer for block in blocks]
    running = next((n for n, layer in enumerate(layers) if layer in RUNNING_LAYERS), None)
    if running is None:
        return len(layers)
    first = number = running
    while number and layers[number - 1] in ("heading", "page_furniture"):
        number -= 1
        if blocks[number].section != blocks[running].section:
            break
        first = number if layers[number] == "heading" else first
    return first
