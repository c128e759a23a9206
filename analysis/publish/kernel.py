"""The Python that runs a notebook: this interpreter, the same for everybody.

``python -m analysis.publish.kernel -f CONNECTION_FILE`` is a Jupyter kernel that remembers which
files of the corpus it reads, and shows no warning but those that are meant for the reader.
"""

from __future__ import annotations

import logging
import os
import platform
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.project import CORPUS
from analysis.publish.opened import watch

_PACKAGE = Path(__file__).resolve().parents[1]

_LEFT_OUT = (
    "COLUMNS",
    "FORCE_COLOR",
    "IPYTHON",
    "JUPYTER",
    "LANG",
    "LC_",
    "LINES",
    "MATPLOTLIB",
    "MKL_",
    "MPL",
    "NO_COLOR",
    "NPY_",
    "OMP_",
    "OPENBLAS",
    "PYTHONHASHSEED",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
    "SOURCE_DATE_EPOCH",
    "TOMOTOPY",
    "TZ",
)
"""Beginnings of the names of environment variables that would change a result or its picture."""

_CORE_TYPES = {"x86_64": "Nehalem", "amd64": "Nehalem", "aarch64": "ARMV8", "arm64": "ARMV8"}


def kernel_environment(settings: Mapping[str, str], *, scratch: Path) -> dict[str, str]:
    """Return the environment of a kernel: the user's, without what would change a figure.

    Numerical libraries choose their code by the processor they find, and the last digit of a sum
    differs with it. Here they use the code that every processor of the architecture has, in one
    thread.

    Parameters
    ----------
    settings : mapping
        The environment to start from, such as ``os.environ``.
    scratch : Path
        A folder for settings of Jupyter and matplotlib, instead of the user's.
    """
    kept = {name: value for name, value in settings.items() if not name.startswith(_LEFT_OUT)}
    rc = scratch / "matplotlibrc"
    paths = [str(_PACKAGE.parent), *filter(None, [kept.get("PYTHONPATH")])]
    return {
        **kept,
        "IPYTHONDIR": str(scratch / "ipython"),
        "JUPYTER_CONFIG_DIR": str(scratch / "jupyter"),
        "LC_ALL": "C.UTF-8",
        "MATPLOTLIBRC": str(rc),
        "MPLBACKEND": "agg",
        "NPY_DISABLE_CPU_FEATURES": " ".join(_optional_cpu_features()),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_CORETYPE": _CORE_TYPES.get(platform.machine().lower(), ""),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def kernel_command() -> list[str]:
    """Return the command that starts the kernel; ``{connection_file}`` is filled in by Jupyter."""
    return [sys.executable, "-P", "-m", "analysis.publish.kernel", "-f", "{connection_file}"]


def show_warning(message: Warning | str, category: type[Warning], *place: Any) -> None:
    """Write a warning for the reader in one line; those of dependencies are for developers.

    A warning is for the reader if it is a UserWarning of this package, or is raised for a cell.
    No path of the machine is written. `place` is what Python says of it, the file's name first.
    """
    path = Path(str(place[0]))
    ours = path.is_relative_to(_PACKAGE) or "ipykernel" in path.as_posix()
    if ours and issubclass(category, UserWarning):
        sys.stderr.write(f"Note: {message}\n")


def main() -> None:
    """Run the kernel until it is told to stop."""
    import matplotlib as mpl
    from ipykernel.kernelapp import IPKernelApp

    # A matplotlibrc in the folder of the project comes before the one that the environment names.
    mpl.rcdefaults()
    watch(Path.cwd() / CORPUS)
    warnings.showwarning = show_warning  # type: ignore[assignment]
    logging.getLogger().addHandler(logging.NullHandler())
    IPKernelApp.launch_instance(argv=[*sys.argv[1:], "--HistoryManager.enabled=False"])


def _optional_cpu_features() -> list[str]:
    """Return the features of the processor that numpy would use where it finds them."""
    import numpy as np

    shown: Any = np.show_config(mode="dicts")
    extensions = shown.get("SIMD Extensions", {})
    return [*extensions.get("found", ()), *extensions.get("not found", ())]


if __name__ == "__main__":
    main()
