"""What two drawings share when their titles, captions and metadata are left aside."""

from __future__ import annotations

import hashlib
import io
import re

_ABOUT = re.compile(rb" <title>.*?</title>\n| <desc>.*?</desc>\n| <metadata>.*?</metadata>\n", re.S)


def svg_drawing(content: bytes) -> bytes:
    """Return an SVG without its title, description and metadata: the drawing alone."""
    return _ABOUT.sub(b"", content)


def png_pixels(content: bytes) -> str:
    """Return the digest of a PNG's size and pixels; ``unreadable`` where it is no whole PNG."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            pixels = image.convert("RGBA")
            return hashlib.sha256(repr(pixels.size).encode() + pixels.tobytes()).hexdigest()
    except (OSError, SyntaxError, ValueError):
        return "unreadable"
