"""The command on sheets for readers: draw one, or tell how far those that came back agree."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.commands.given import DONE, corpus_of
from analysis.errors import InputError


def annotate(arguments: argparse.Namespace) -> int:
    """Write a sheet for a reader, or print how far the sheets that came back agree."""
    if arguments.sheets:
        return _agreement(arguments.sheets)
    from analysis.files import write_text
    from analysis.sentiment.sheets import annotation_form, annotation_sheet
    from analysis.text.passages import split_passages

    path = arguments.output
    if path is None or path.suffix not in (".csv", ".html"):
        raise InputError("Name the sheet with -o FILE.csv, or FILE.html for a form to fill in.")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent}; make it first.")
    passages = split_passages(corpus_of(arguments))
    sheet = annotation_sheet(passages, n_passages=arguments.passages, seed=arguments.seed)
    as_csv = path.suffix == ".csv"
    write_text(
        path, sheet.to_csv(index=False, lineterminator="\n") if as_csv else annotation_form(sheet)
    )
    print(f"{path}: {len(sheet)} passages, drawn blind with seed {arguments.seed}.")
    return DONE


def _agreement(paths: list[Path]) -> int:
    """Print Krippendorff's alpha of the sheets of two readers or more."""
    import pandas as pd

    from analysis.sentiment.annotations import read_annotations
    from analysis.sentiment.reliability import krippendorff_alpha

    if len(paths) < 2:
        raise InputError("Agreement takes the sheets of two readers or more; name them all.")
    readings = pd.concat([read_annotations(path) for path in paths], ignore_index=True)
    shared = readings.dropna(subset=["valence"]).groupby("place")["reader"].nunique()
    alphas = {name: krippendorff_alpha(readings, level=name) for name in ("interval", "ordinal")}
    print(f"{len(paths)} sheets, {int((shared > 1).sum())} passages read by two readers or more.")
    for level, alpha in alphas.items():
        said = (
            "undefined: no passage has two readings that differ"
            if alpha != alpha
            else f"{alpha:.3f}"
        )
        print(f"Krippendorff's alpha ({level}): {said}")
    return DONE
