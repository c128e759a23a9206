"""The templates of the pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.publish.digests import own_version

_FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates; whatever they are given is escaped unless it is markup of ours."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    css = (_FOLDER / "style.css").read_text(encoding="utf-8")
    made.globals["css"] = Markup(css)
    made.globals["made_with"] = f"Made with Witness {own_version()}"
    return made
