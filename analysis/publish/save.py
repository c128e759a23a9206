"""The one writer of figures: SVG, PDF, PNG, the plotted values, and where they come from."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.errors import InputError
from analysis.files import write_together
from analysis.project import find_root
from analysis.publish.citation import ProjectCitation, read_citation
from analysis.publish.digests import edition_digest
from analysis.publish.drawing import Imprint, draw
from analysis.publish.drawn_before import drawn_before
from analysis.publish.excerpts import opened_texts
from analysis.publish.plotted import csv_bytes
from analysis.publish.record import (
    DPI,
    DRAWN,
    FIGURES,
    FORMATS,
    STAGE,
    Record,
    figure_bibtex,
    make_record,
    one_line,
    one_line_json,
    plain,
    record_bytes,
    record_path,
)

CSS_DPI = 120.0
"""Pixels an inch at which a notebook shows a figure: a little larger than it is printed."""

_MARKDOWN = re.compile(r"([\\`*_\[\]<>$|])")
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True, kw_only=True)
class SavedFigure:
    """A figure that was saved: its name, its files by ending, its caption and alternative text.

    `remarks` say what would be hard to read at the printed size. In Jupyter it shows the picture,
    and below it the caption with links to the files.
    """

    name: str
    caption: str
    alt: str
    files: Mapping[str, Path]
    remarks: tuple[str, ...] = ()
    png: bytes = field(repr=False)

    def _ipython_display_(self) -> None:
        """Show the picture, then the caption with links, as two outputs of the cell."""
        from IPython.display import Markdown, display

        width = round(int.from_bytes(self.png[16:20], "big") * CSS_DPI / DPI)
        picture = {"image/png": self.png, "text/plain": f"{self.name}: {self.alt}"}
        display(  # type: ignore[no-untyped-call]
            picture, metadata={"image/png": {"width": width}}, raw=True
        )
        links = ", ".join(
            f"[{form.upper()}](../{FIGURES}/{self.name}.{form})" for form in (*FORMATS, "csv")
        )
        caption = _MARKDOWN.sub(r"\\\1", self.caption)
        text = f"**{self.name}.** {caption} ({links}; points of the SVG are links)"
        display(Markdown(text))  # type: ignore[no-untyped-call]


def save_figure(
    fig: Figure,
    name: str,
    *,
    table: pd.DataFrame,
    caption: str,
    alt: str,
    parameters: Mapping[str, Any] | Any | None = None,
    seed: int | None = None,
    root: Path | str | None = None,
) -> SavedFigure:
    """Return the figure as saved: ``figures/NAME`` as svg, pdf, png and csv, with provenance.

    The files are the same, byte for byte, whenever the same figure is saved with the same versions:
    they depend on no clock, machine, locale or setting of the user. All are drawn before the first
    is written, and each is written whole; ``figures/provenance/NAME.json`` comes last and has the
    digests of the others.

    Parameters
    ----------
    fig : Figure
        Drawn from `table`, at the size of print. Its title (or that of its first axes) becomes the
        title of the files.
    name : str
        Lower-case letters, digits, hyphens and underscores.
    table : DataFrame
        The plotted values, as a result's ``plot_table()`` gives them: rounded to 6 decimals. A row
        that stands for a passage has its ``place``.
    caption : str
        What the figure shows: n, unit of resampling, interval, null, and what it cannot show.
    alt : str
        The figure in words, for who cannot see it.
    parameters : mapping or dataclass, optional
        The settings used.
    seed : int, optional
        The seed used.
    root : path, optional
        The project; found upward from the current folder if not given.

    Raises
    ------
    InputError
        If the name, the caption or the alternative text cannot be used, or ``fig`` is no figure.
    CorpusError
        If there is no project here.
    """
    _check(fig, name, caption=caption, alt=alt)
    project = find_root(Path(root) if root is not None else None)
    settings = plain(parameters)
    cited = read_citation(project)
    imprint = Imprint(
        name=name,
        title=_title(fig, caption=caption),
        caption=one_line(caption),
        alt=one_line(alt),
        corpus=edition_digest(project),
        parameters=one_line_json(settings),
        seed=one_line_json(seed),
        citation=cited.text(),
        authors=cited.names,
    )
    values = csv_bytes(table)
    drawn, record = _drawn_before(imprint, values=values, given=root is not None) or _drawn_now(
        fig, imprint, values=values, project=project, settings=settings, seed=seed, cited=cited
    )
    folder = _folder(project, given=root is not None)
    files = {form: folder / f"{name}.{form}" for form in (*FORMATS, "csv")}
    files["json"] = record_path(folder, name)
    write_together(
        {path: {**drawn, "json": record_bytes(record)}[form] for form, path in files.items()}
    )
    return SavedFigure(
        name=name,
        caption=imprint.caption,
        alt=imprint.alt,
        files=files,
        remarks=tuple(record.get("remarks", ())),
        png=drawn["png"],
    )


def _drawn_before(
    imprint: Imprint, *, values: bytes, given: bool
) -> tuple[dict[str, bytes], Record] | None:
    """Return the files and the record that are right as they are; None where there are none."""
    before = os.environ.get(DRAWN)
    return drawn_before(Path(before), imprint, values=values) if before and not given else None


def _drawn_now(
    fig: Figure,
    imprint: Imprint,
    *,
    values: bytes,
    project: Path,
    settings: Any,
    seed: int | None,
    cited: ProjectCitation,
) -> tuple[dict[str, bytes], Record]:
    """Return the files of a figure after drawing it, and its record."""
    drawing, remarks = draw(fig, imprint, opened=opened_texts(project, values))
    drawn = {"csv": values, **drawing}
    record = make_record(imprint, project=project, settings=settings, seed=seed, drawn=drawn)
    record["bibtex"] = figure_bibtex(record, cited=cited)
    record["remarks"] = list(remarks)
    return drawn, record


def _check(fig: Any, name: Any, *, caption: Any, alt: Any) -> None:
    """Refuse what cannot be saved, in one sentence."""
    if not isinstance(fig, Figure):
        raise InputError(
            f"save_figure takes a Figure, not a {type(fig).__name__}; "
            "give the figure of the axes: ax.get_figure()."
        )
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InputError(
            f"The name {name!r} cannot name a figure's files; use lower-case letters and digits, "
            "with single hyphens or underscores between them."
        )
    for what, text in {"caption": caption, "alt": alt}.items():
        if not isinstance(text, str) or not text.strip():
            raise InputError(f"The figure {name!r} has an empty {what}; write one.")


def _title(fig: Figure, *, caption: str) -> str:
    """Return the figure's title, else that of its first axes that has one, else the caption's."""
    titles = [fig.get_suptitle()]
    titles += [ax.get_title(loc) for ax in fig.axes for loc in ("left", "center", "right")]
    first_sentence = re.split(r"(?<=[.?!])\s", one_line(caption), maxsplit=1)[0]
    return next((one_line(title) for title in titles if title.strip()), first_sentence)


def _folder(project: Path, *, given: bool) -> Path:
    """Return the folder to write to: the stage of a run of notebooks, else the project's."""
    stage = os.environ.get(STAGE)
    return Path(stage) if stage and not given else project / FIGURES
