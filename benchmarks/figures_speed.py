"""Prints how long ``witness figures`` takes with nothing to do, and after a caption was changed.

    python benchmarks/figures_speed.py [--times 3]

In a copy of the project in a temporary folder, after every figure was made there once: then one
caption of each notebook is changed, and the command given again, start of Python and page of the
reading room included. Seconds by the wall are what a user waits; processor seconds do not depend on
what else runs. The median of several times; each time the caption is another one.

Measured on two idle cores: nothing to do .9 s; a new caption 6 to 7 s in the small notebooks, 9 in
topics, 10 in sentiment and in authors (13, 12 where others used the cores too), of the 15 that are
allowed.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("corpus", "figures", "notebooks", "CITATION.cff", "pyproject.toml")
BEGINS = "caption=("
COMMAND = [sys.executable, "-c", "import sys; from analysis.cli import main; sys.exit(main())"]


def main() -> None:
    """Make a copy of the project and time the command in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, root / name)
        figures(root)
        print(f"{'what':<28}{'wall s':>8}{'cpu s':>8}")
        show("nothing to do", [figures(root) for _ in range(times)])
        for notebook in sorted((root / "notebooks").glob("*.py")):
            show(notebook.stem, [figures(root, reworded=notebook) for _ in range(times)])


def figures(root: Path, *, reworded: Path | None = None) -> tuple[float, float]:
    """Return the seconds that the command takes, after a caption of a notebook was changed."""
    if reworded is not None:
        source = reworded.read_text(encoding="utf-8")
        if BEGINS not in source:
            raise ValueError(f"{reworded} has no {BEGINS}")
        reworded.write_text(source.replace(BEGINS, f'{BEGINS}"Look: "', 1), encoding="utf-8")
    begun, spent = time.perf_counter(), _spent()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [*COMMAND, "figures"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if reworded is not None and told.count(": changed") != 1:
        raise ValueError(f"One figure should have changed:\n{told}")
    return time.perf_counter() - begun, _spent() - spent


def _spent() -> float:
    """Return the processor seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(what: str, seconds: list[tuple[float, float]]) -> None:
    """Print a line."""
    wall, cpu = (statistics.median(part) for part in zip(*seconds, strict=True))
    print(f"{what:<28}{wall:>8.1f}{cpu:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
