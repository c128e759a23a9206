"""Lexicons of valence: read from disk, digest checked, each with its unit and its licence.

Five work out of the box (`LEXICONS_OUT_OF_THE_BOX`). What a licence forbids to carry, or leaves
unclear, is read from a copy of the user's; so is any table with the columns term and valence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from analysis.errors import CorpusError, InputError
from analysis.files import decode_utf8, read_bytes, sha256_of
from analysis.sentiment.lexicon_tables import READERS, valences_of

FOLDER = Path(__file__).with_name("lexicon_files")
Rule = Literal["bag", "vader"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """A list of words with their valence, and all that has to be said to cite it.

    Attributes
    ----------
    name, title : str
        How it is called in tables, and in prose.
    valences : mapping of str to float
        By term (`analysis.text.words.normalise`), in the lexicon's unit; higher is more positive.
        Neutral words that its makers advise to leave out are not in it; nor are phrases, since
        a bag of words has no order.
    rule : str
        How a passage is scored: ``bag`` (mean over matched tokens) or ``vader`` (mean over
        sentences of VADER's compound).
    unit : str
        Of a passage's score; ``low``, ``high`` and ``centre`` are its ends and its neutral point.
    licence, cite, made_for, language : str
        The terms of use, the publication, the kind of text that it was made for, ISO 639.
    sha256 : str
        Digest of the file that was read.
    """

    name: str
    title: str
    valences: Mapping[str, float] = field(repr=False)
    rule: Rule = "bag"
    unit: str = "the lexicon's own"
    low: float = float("nan")
    high: float = float("nan")
    centre: float = 0.0
    licence: str = "not stated"
    cite: str = ""
    made_for: str = ""
    language: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        """Make the mapping read-only."""
        object.__setattr__(self, "valences", MappingProxyType(dict(self.valences)))


@lru_cache(maxsize=1)
def _registry() -> Mapping[str, Mapping[str, Any]]:
    """Return what lexicons.toml says of each lexicon, by name."""
    return tomllib.loads((FOLDER / "lexicons.toml").read_text(encoding="utf-8"))


def lexicon_names(*, carried: bool = False) -> tuple[str, ...]:
    """Return the names of the known lexicons; of those with a file alone where ``carried``."""
    return tuple(name for name, entry in _registry().items() if "file" in entry or not carried)


LEXICONS_OUT_OF_THE_BOX = lexicon_names(carried=True)
"""The lexicons that need no file of the user's, in the order of lexicons.toml."""


def read_lexicon(
    name: str | Path,
    *,
    path: str | Path | None = None,
    term_column: str = "term",
    valence_column: str = "valence",
    centre: float = 0.0,
    sha256: str | None = None,
) -> Lexicon:
    """Return a lexicon by its name, or from a file of one's own.

    Parameters
    ----------
    name : str or Path
        A name in `lexicon_names`, or the path of a table of one's own (``.csv``; ``.tsv`` with
        tabs) in UTF-8 with a header; its name is then the file's stem.
    path : str or Path, optional
        The file of a named lexicon that is not carried (its licence is in the error that asks
        for it).
    term_column, valence_column : str
        The columns of a table of one's own.
    centre : float
        The neutral value of a table of one's own.
    sha256 : str, optional
        The digest that the file should have; a carried lexicon's is known and always checked.

    Raises
    ------
    InputError
        If there is no such lexicon; if a term is twice in it, or a valence is no number.
    CorpusError
        If the file is missing, is not UTF-8, or is not the file that its digest promises.
    """
    entry = _registry().get(str(name))
    if entry is None:
        own = Path(name)
        if own.suffix.lower() not in {".csv", ".tsv"}:
            raise InputError(
                f"There is no lexicon {str(name)!r}; use one of {', '.join(lexicon_names())}, "
                "or the path of a .csv file with the columns term and valence."
            )
        columns = {"term_column": term_column, "valence_column": valence_column}
        entry = {"title": own.name, "format": "csv", "centre": centre, **columns}
        return _from_file(own, name=own.stem, entry=entry, sha256=sha256)
    if path is not None:
        return _from_file(Path(path), name=str(name), entry=entry, sha256=sha256)
    if "file" not in entry:
        raise InputError(
            f"The lexicon {name} is not carried (licence: {entry['licence']}); "
            f'give a copy of your own: read_lexicon("{name}", path="...").'
        )
    return _carried(str(name))


@lru_cache(maxsize=16)
def _carried(name: str) -> Lexicon:
    """Return a lexicon whose file is in this package or in another that is installed."""
    entry = _registry()[name]
    return _from_file(_place(name, entry=entry), name=name, entry=entry, sha256=entry["sha256"])


def _place(name: str, *, entry: Mapping[str, Any]) -> Path:
    """Return where the file of a carried lexicon is; a package is located, not imported."""
    if "package" not in entry:
        return FOLDER / str(entry["file"])
    wanted = f"{entry['package']}=={entry['version']}"
    try:
        distribution = metadata.distribution(entry["package"])
    except metadata.PackageNotFoundError:
        raise CorpusError(f"The lexicon {name} needs {wanted}; install it.") from None
    return Path(str(distribution.locate_file(str(entry["file"]))))


def _from_file(
    path: Path, *, name: str, entry: Mapping[str, Any], sha256: str | None = None
) -> Lexicon:
    """Return the lexicon that a file holds, after checking its digest."""
    content = read_bytes(path, what=f"The file of the lexicon {name},")
    digest = sha256_of(content)
    if sha256 is not None and digest != sha256:
        raise CorpusError(
            f"The file of the lexicon {name}, {path}, has changed (sha256 {digest[:12]}..., not "
            f"{sha256[:12]}...); install it again, or give your own table another name."
        )
    text = decode_utf8(content, path=path).removeprefix("\ufeff")
    rows = READERS[entry["format"]](text, path=path, entry=entry)
    keep_last = entry.get("duplicates") == "last"
    valences = valences_of(rows, path=path, keep_last=keep_last)
    low, high = entry.get("neutral", (float("nan"), float("nan")))
    kept = {term: value for term, value in valences.items() if not low < value < high}
    if not kept:
        raise InputError(f"The lexicon {path} has no words; give a table of terms and valences.")
    about = {key: entry[key] for key in _ABOUT if key in entry}
    return Lexicon(name=name, valences=kept, sha256=digest, **about)


_ABOUT = (
    *("title", "rule", "unit", "low", "high", "centre"),
    *("licence", "cite", "made_for", "language"),
)
