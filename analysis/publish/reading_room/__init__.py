"""The reading room: every figure and every passage as static pages, without a server or script."""
