"""The blocks of a text: chunks with their layer, section and what they go on from."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from analysis.edition.joins import continuations
from analysis.edition.layers import lay_out
from analysis.edition.layout import Chunk
from analysis.edition.overrides import Override, stale
from analysis.edition.shapes import opens_in_capitals
from analysis.edition.sources import Source
from analysis.edition.tei import PROFILE as TEI_PROFILE
from analysis.edition.tei import lay_out_tei
from analysis.tables import RUNNING_LAYERS


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A layout block: ``raw[char_start:char_end]``; `continues` is the index of an earlier one."""

    char_start: int
    char_end: int
    line_start: int
    line_end: int
    page: str | None
    layer: str
    section: int
    continues: int | None


def find_blocks(raw: str, *, source: Source, overrides: Sequence[Override]) -> tuple[Block, ...]:
    """Return the blocks of a raw text in order, after the decisions by hand on layers and joins.

    Raises
    ------
    CorpusError
        If a decision on a layer, join or section is not about exactly one block.
    """
    marked = lay_out_tei(raw, source) if source.profile == TEI_PROFILE else None
    if marked is None:
        chunks, layers = lay_out(raw, source=source)
    else:
        chunks, layers = marked.as_chunks(raw), [chunk.layer for chunk in marked.chunks]
    place = {(chunk.char_start, chunk.char_end): number for number, chunk in enumerate(chunks)}
    by_place = {(o.char_start, o.char_end): o for o in overrides if o.field == "continues"}
    decided: dict[str, dict[int, str]] = {"layer": {}, "continues": {}, "section": {}}
    for override in overrides:
        if override.field not in decided:
            continue
        number = place.get((override.char_start, override.char_end))
        if number is None:
            raise stale(override)
        decided[override.field][number] = override.value
    for number, layer in decided["layer"].items():
        layers[number] = layer
    joins = continuations(raw, chunks, layers=layers) if marked is None else marked.joins
    for number, answer in decided["continues"].items():
        joins.pop(number, None)
        if answer == "yes":
            earlier = _latest(chunks, layers=layers, before=number)
            if earlier is None:
                raise stale(by_place[chunks[number].char_start, chunks[number].char_end])
            joins[number] = earlier
    if marked is None:
        begins = _openings(raw, chunks, layers=layers, joins=joins)
        new = set(decided["section"])
    else:
        begins = marked.openings
        new = set(decided["section"]) | marked.new_sections
    sections = _sections(layers, begins=begins, new=new)
    return tuple(
        Block(
            char_start=chunk.char_start,
            char_end=chunk.char_end,
            line_start=chunk.line_start,
            line_end=chunk.line_end,
            page=chunk.page,
            layer=layers[number],
            section=sections[number],
            continues=joins.get(number),
        )
        for number, chunk in enumerate(chunks)
    )


def _latest(chunks: Sequence[Chunk], *, layers: Sequence[str], before: int) -> int | None:
    """Return the nearest earlier block of the running text, or None where its layer is another."""
    running = [
        number
        for number in range(before)
        if layers[number] in RUNNING_LAYERS
        or (layers[number] == "paratext" and chunks[number].page is not None)
    ]
    return running[-1] if running and layers[running[-1]] == layers[before] else None


def _openings(
    raw: str, chunks: Sequence[Chunk], *, layers: Sequence[str], joins: Mapping[int, int]
) -> frozenset[int]:
    """Return the blocks that open in capitals, as a section may.

    What goes on with an earlier paragraph opens nothing, in capitals or not.
    """
    return frozenset(
        number
        for number, chunk in enumerate(chunks)
        if layers[number] in RUNNING_LAYERS
        and number not in joins
        and opens_in_capitals(raw[chunk.char_start : chunk.char_end])
        and not (number > 0 and layers[number - 1] == "heading")
    )


def _sections(layers: Sequence[str], *, begins: Container[int], new: Container[int]) -> list[int]:
    """Return the section of each block, from 1: a heading begins one, and what `begins` names.

    These do so where the section before has anything but headings; what `new` names always does.
    """
    sections: list[int] = []
    section = 1
    begun = False  # whether the section has anything but headings yet
    for number, layer in enumerate(layers):
        heads = layer == "heading" or (layer == "title" and begun)
        if ((heads or number in begins) and begun) or number in new:
            section += 1
            begun = False
        begun = begun or layer not in {"heading", "title", "page_furniture"}
        sections.append(section)
    return sections
