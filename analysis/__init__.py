"""Witness: quantitative text analysis that prints what a number is worth.

The public names are imported when they are first used, so that ``import analysis`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.edition.checks import check_edition
    from analysis.edition.corpus import Corpus, read_corpus
    from analysis.errors import AnalysisError
    from analysis.publish.save import save_figure
    from analysis.text.concordance import kwic
    from analysis.text.counts import TermCounts, count_terms
    from analysis.text.overview import word_dispersion, words_by_voice
    from analysis.text.passages import split_passages
    from analysis.text.reading import read_passage
    from analysis.text.tokens import tokenize

_HOMES = {
    "AnalysisError": "analysis.errors",
    "Corpus": "analysis.edition.corpus",
    "TermCounts": "analysis.text.counts",
    "check_edition": "analysis.edition.checks",
    "count_terms": "analysis.text.counts",
    "kwic": "analysis.text.concordance",
    "read_corpus": "analysis.edition.corpus",
    "read_passage": "analysis.text.reading",
    "save_figure": "analysis.publish.save",
    "split_passages": "analysis.text.passages",
    "tokenize": "analysis.text.tokens",
    "word_dispersion": "analysis.text.overview",
    "words_by_voice": "analysis.text.overview",
}

__all__ = [
    "AnalysisError",
    "Corpus",
    "TermCounts",
    "check_edition",
    "count_terms",
    "kwic",
    "read_corpus",
    "read_passage",
    "save_figure",
    "split_passages",
    "tokenize",
    "word_dispersion",
    "words_by_voice",
]


def __getattr__(name: str) -> Any:
    """Return a public name, imported now."""
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
