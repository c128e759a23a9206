"""A text laid out by itself: its blocks, decisions by hand, and words that line ends cut."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.edition.blocks import Block, find_blocks
from analysis.edition.corrections import check_places, corrections_path, read_corrections
from analysis.edition.edits import Edit
from analysis.edition.line_ends import LineEnd, find_line_ends
from analysis.edition.overrides import Override, read_overrides
from analysis.edition.sources import Source
from analysis.edition.tei import PROFILE as TEI_PROFILE
from analysis.edition.tei import MarkedVoices, lay_out_tei
from analysis.edition.tei_edits import check_corrections, edits_of_tei


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LaidOut:
    """A text before its line ends are decided, which takes the words of all texts.

    `edits` are those made so far, by hand or for the markup of the source; `glued` are blocks that
    go on without a blank, `words` is the text whose words count, `marked` what the markup says of
    voices.
    """

    source: Source
    raw: str
    words: str
    edits: tuple[Edit, ...]
    overrides: tuple[Override, ...]
    blocks: tuple[Block, ...]
    line_ends: tuple[LineEnd, ...]
    glued: frozenset[int] = frozenset()
    marked: MarkedVoices | None = None

    @property
    def language(self) -> str:
        """Return the language without its region: en for en-GB."""
        return self.source.language.split("-")[0].lower()


def lay_out_text(folder: Path, source: Source, *, raw: str, corrected: bool) -> LaidOut:
    """Return a text with what was decided by hand, its blocks, and the words cut at line ends."""
    corrections = read_corrections(folder, source.id, raw=raw) if corrected else ()
    overrides = read_overrides(folder, source.id, raw=raw)
    blocks = find_blocks(raw, source=source, overrides=overrides)
    listed_in = corrections_path(folder, source.id)
    check_places(corrections, blocks, listed_in=listed_in)
    if source.profile == TEI_PROFILE:
        layout = lay_out_tei(raw, source)
        by_markup = edits_of_tei(raw, layout, blocks=blocks, corrections=corrections)
        check_corrections(corrections, by_markup, listed_in=listed_in)
        return LaidOut(
            source=source,
            raw=raw,
            words=by_markup.words,
            edits=(*corrections, *by_markup.edits),
            overrides=overrides,
            blocks=blocks,
            line_ends=by_markup.line_ends,
            glued=by_markup.glued,
            marked=MarkedVoices.of(layout),
        )
    return LaidOut(
        source=source,
        raw=raw,
        words=raw,
        edits=corrections,
        overrides=overrides,
        blocks=blocks,
        line_ends=find_line_ends(raw, blocks, corrections=corrections),
    )
