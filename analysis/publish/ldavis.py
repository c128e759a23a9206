"""The topics as a page of pyLDAvis, for those who ask for it; it is an extra and needs no network.

The map of that page puts topics near each other by two axes of all their differences, and says
nothing of whether a topic comes back: read the cards first. Sievert and Shirley (2014),
doi:10.3115/v1/W14-3110.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import numpy as np

from analysis.errors import InputError
from analysis.text.counts import TermCounts
from analysis.topics.counting import words_of_passages, words_of_terms
from analysis.topics.result import TopicResult

FEWEST_TOPICS = 3
"""Two axes lie between three topics at least."""

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{css}</style>
</head>
<body>
<p>{title}. Topics have the numbers of the cards; the map says nothing of their stability.</p>
<div id="ldavis"></div>
<script>{d3}</script>
<script>{ldavis}</script>
<script>new LDAvis("#ldavis", {values});</script>
</body>
</html>
"""
# The browser itself refuses whatever a page would fetch.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"


def ldavis_page(counts: TermCounts, topics: TopicResult) -> bytes:
    """Return a page of pyLDAvis that holds all it needs; topics keep their numbers.

    Parameters
    ----------
    counts : TermCounts
        What the topics were fitted to.
    topics : TopicResult

    Raises
    ------
    InputError
        If pyLDAvis is not installed, or there are fewer than three topics.
    """
    if topics.settings.n_topics < FEWEST_TOPICS:
        raise InputError(
            f"A map of {topics.settings.n_topics} topics has no two axes; give {FEWEST_TOPICS}."
        )
    package = _load()
    passages = words_of_passages(counts.matrix)
    terms = words_of_terms(counts.matrix)
    rows, columns = np.flatnonzero(passages > 0), np.flatnonzero(terms > 0)
    beta = topics.beta[:, columns]
    prepared = package.prepare(
        beta / beta.sum(axis=1, keepdims=True),
        topics.gamma[rows],
        passages[rows].astype(int),
        [topics.terms[column] for column in columns],
        terms[columns].astype(int),
        sort_topics=False,
        mds="pcoa",
        n_jobs=1,
    )
    page = _PAGE.format(
        policy=_POLICY,
        title=f"{topics.settings.n_topics} topics of {len(rows)} passages",
        css=_file(package, start="ldavis", ending=".css"),
        d3=_file(package, start="d3", ending=".js"),
        ldavis=_file(package, start="ldavis", ending=".js"),
        values=json.dumps(json.loads(prepared.to_json()), sort_keys=True).replace("</", "<\\/"),
    )
    return page.encode("utf-8")


def _load() -> ModuleType:
    """Return pyLDAvis."""
    try:
        import pyLDAvis
    except ModuleNotFoundError as error:
        if error.name not in ("pyLDAvis", "funcy", "numexpr"):
            raise
        raise InputError(
            "pyLDAvis is not installed, as nothing else needs it; "
            "install it with: pip install -c lock.txt -e .[ldavis]"
        ) from None
    return pyLDAvis  # type: ignore[no-any-return]


def _file(package: ModuleType, *, start: str, ending: str) -> str:
    """Return the newest script or style that comes with pyLDAvis, safe inside a page."""
    folder = Path(str(package.__file__)).parent / "js"
    found = sorted(path for path in folder.glob(f"{start}*.v*{ending}")) or sorted(
        folder.glob(f"{start}*{ending}")
    )
    return found[-1].read_text(encoding="utf-8").replace("</script", "<\\/script")
