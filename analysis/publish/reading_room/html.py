"""HTML written by hand: elements whose text is escaped unless it is HTML already."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

EMPTY_ELEMENTS = frozenset({"br", "hr", "img", "input", "link", "meta"})
# What HTML may not hold: a browser would drop or replace it silently.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Html(str):
    """Text that is HTML; every other text is escaped before it comes into a page."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Return text as HTML: what HTML would read as markup is escaped, unless it is HTML already."""
    if isinstance(text, Html):
        return text
    return Html(html.escape(_CONTROL.sub("\ufffd", text), quote=True))


def joined(parts: Iterable[str], *, between: str = "") -> Html:
    """Return the parts one behind the other, each escaped unless it is HTML."""
    return Html(escaped(between).join(escaped(part) for part in parts))


def tag(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """Return an element with its children, escaped unless they are HTML.

    Attributes that are None or False are left out, True stands alone. The names end with ``_``
    where Python has the word itself (``class_``), and ``_`` inside stands for ``-``.
    """
    said = "".join(_attribute(key, value=value) for key, value in attributes.items())
    if name in EMPTY_ELEMENTS:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(children)}</{name}>")


def _attribute(key: str, *, value: str | int | bool | None) -> str:
    """Return an attribute with the blank before it; nothing for None and False."""
    if value is None or value is False:
        return ""
    key = key.rstrip("_").replace("_", "-")
    return f" {key}" if value is True else f' {key}="{escaped(str(value))}"'
