"""What is used of Jupyter, loaded in a third of the time.

When jsonschema finds a certain package, it builds thirty grammars, which takes longer than a small
notebook: for a kind of link whose form nobody checks here.
"""

from __future__ import annotations

import sys

_SLOW = "rfc3987_syntax"

_loaded = sys.modules.get(_SLOW)
sys.modules[_SLOW] = None  # type: ignore[assignment]
try:
    import jupytext
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError
    from nbformat import from_dict, writes
finally:
    del sys.modules[_SLOW]
    if _loaded is not None:
        sys.modules[_SLOW] = _loaded

__all__ = [
    "CellExecutionError",
    "DeadKernelError",
    "NotebookClient",
    "from_dict",
    "jupytext",
    "writes",
]
