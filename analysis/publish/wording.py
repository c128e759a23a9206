"""What a notebook does, told apart from what it says.

Who mends a caption should not wait for figures to be drawn again whose code is the same.
"""

from __future__ import annotations

import ast
import re

from analysis.publish.digests import text_digest

_WORDS = ("alt", "caption")
_CELL = re.compile(r"(?m)^(?=# %%)")
_PROSE = re.compile(r"# %%.*\[(?:markdown|md|raw)\]")
_COMMENT = re.compile(r"(?m)^\s*#.*$")


def code_digest(source: str) -> str:
    """Return the digest of a notebook's code, whatever its prose, captions and alternative texts.

    Values that a caption is filled with are code, and so are comments in cells of code, where
    jupytext keeps lines for IPython. The whole source counts where words could be something else:
    in a notebook that is no Python, or that reads the caption of a figure that was saved.

    Parameters
    ----------
    source : str
        The notebook as a percent file.
    """
    code = "".join(
        part for part in re.split(_CELL, source.replace("\r\n", "\n")) if not _PROSE.match(part)
    )
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return text_digest(source)
    nodes = list(ast.walk(tree))
    if any(isinstance(node, ast.Attribute) and node.attr in _WORDS for node in nodes):
        return text_digest(source)
    for node in nodes:
        if not isinstance(node, ast.Call) or ast.unparse(node.func).split(".")[-1] != "save_figure":
            continue
        for given in node.keywords:
            if given.arg in _WORDS:
                given.value = _Wordless().visit(given.value)
    return text_digest("\n".join([ast.dump(tree), *_COMMENT.findall(code)]))


class _Wordless(ast.NodeTransformer):
    """Takes the words out of an expression and leaves the values that they are filled with."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Return any text as none."""
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Return the values of a formatted text."""
        values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        return ast.Tuple(values) if values else ast.Constant("")
