"""What the edition was when figures were made: its files, and short hashes of its words.

``figures/provenance/edition.DIGEST.json`` lets a later check say which passage changed, and by how
many words, when the old text is no longer there. Of a text that may be shown as counts only, whole
passages are hashed instead of words, so that the file does not give the text away.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import shutil
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.edition.sources import read_sources
from analysis.errors import AnalysisError
from analysis.files import write_text
from analysis.project import CORPUS, SOURCES
from analysis.publish.digests import edition_files, file_digest, joint_digest
from analysis.publish.imports import dependencies_of
from analysis.publish.record import PROVENANCE

if TYPE_CHECKING:
    from analysis.edition.corpus import Corpus

_NAMED_PASSAGES = 3
_TOO_MUCH = 4000
_MOST_WORDS = 500_000
"""Of larger corpora passages are hashed instead of words, to keep the file small."""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """A passage: its place, and the hashes of its words, or one of the whole."""

    place: str
    hashes: tuple[str, ...]
    words: bool


def memory_path(figures: Path, digest: str) -> Path:
    """Return where the memory of an edition is, below the folder of figures."""
    return figures / PROVENANCE / f"edition.{digest[:12]}.json"


def write_memory(root: Path, *, figures: Path) -> Path:
    """Return the path of the edition's memory after writing it, unless it is there and right."""
    files = edition_files(root)
    digest = joint_digest(files)
    code = joint_digest(dependencies_of(f"import {__name__}").modules)
    stored = read_memory(figures, digest)
    path = memory_path(figures, digest)
    if stored is None or stored.get("code") != code:
        from analysis.edition.corpus import read_corpus

        texts = {
            doc_id: [[one.place, one.words, " ".join(one.hashes)] for one in passages]
            for doc_id, passages in remember(read_corpus(root / CORPUS)).items()
        }
        content = {"code": code, "edition": files, "passages": texts}
        write_text(path, json.dumps(content, indent=0, sort_keys=True) + "\n")
    return path


def read_memory(figures: Path, digest: str) -> dict[str, Any] | None:
    """Return the memory of the edition with a digest; None if there is none that can be read."""
    try:
        content = json.loads(memory_path(figures, digest).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and "edition" in content else None


def remember(corpus: Corpus) -> dict[str, list[Remembered]]:
    """Return the passages of each text as hashes, for the default passages."""
    from analysis.text.passages import split_passages

    passages = split_passages(corpus)
    small = int(passages["n_tokens"].sum()) <= _MOST_WORDS
    shown = {text.doc_id: small and text.source.publish == "full" for text in corpus.texts}
    found: dict[str, list[Remembered]] = {text.doc_id: [] for text in corpus.texts}
    for doc_id, place, text in passages[["doc_id", "place", "text"]].itertuples(index=False):
        words = shown[doc_id]
        hashes = tuple(map(_short_hash, text.split())) if words else (_digest(text),)
        found[doc_id].append(Remembered(place=place, hashes=hashes, words=words))
    return found


def passages_changed(memory: Mapping[str, Any], corpus: Corpus) -> dict[str, str]:
    """Return for each text that is no longer the remembered one what changed in its passages."""
    now = remember(corpus)
    told = {}
    for doc_id, stored in memory.get("passages", {}).items():
        before = [
            Remembered(place=place, words=words, hashes=tuple(hashes.split()))
            for place, words, hashes in stored
        ]
        if doc_id in now and before != now[doc_id]:
            told[doc_id] = _told(before, now[doc_id])
    return told


def read_as_it_is(root: Path) -> Corpus | None:
    """Return the corpus even if a text no longer fits its digest; None if it cannot be read."""
    from analysis.edition.corpus import read_corpus

    with tempfile.TemporaryDirectory(prefix="witness-") as folder:
        copy = Path(folder) / CORPUS
        try:
            shutil.copytree(root / CORPUS, copy)
            listed = (copy / SOURCES).read_text(encoding="utf-8")
            for source in read_sources(copy):
                listed = listed.replace(source.sha256, file_digest(copy / source.path))
            (copy / SOURCES).write_text(listed, encoding="utf-8")
            return read_corpus(copy)
        except (AnalysisError, OSError):
            return None


def _told(before: Sequence[Remembered], now: Sequence[Remembered]) -> str:
    """Return which passages changed and by how many words, the first few by name."""
    counts = _words_changed(before, now)
    if counts is None:
        return "many passages changed"
    if not counts:
        return "no word of a passage changed"
    by_words = all(one.words for one in before)
    named = [
        f"passage {place} changed by {count} word{'s' if count > 1 else ''}"
        if by_words
        else f"passage {place} changed"
        for place, count in list(counts.items())[:_NAMED_PASSAGES]
    ]
    more = len(counts) - len(named)
    return ", ".join(named) + (f", and {more} more" if more > 0 else "")


def _words_changed(
    before: Sequence[Remembered], now: Sequence[Remembered]
) -> dict[str, int] | None:
    """Return how many words changed, by the place of the old passage; None if too many to tell."""
    old = [(hashed, one.place) for one in before for hashed in one.hashes]
    new = [hashed for one in now for hashed in one.hashes]
    start = 0
    while start < min(len(old), len(new)) and old[start][0] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end][0] == new[-1 - end]:
        end += 1
    old_middle = [hashed for hashed, _ in old[start : len(old) - end]]
    new_middle = new[start : len(new) - end]
    if max(len(old_middle), len(new_middle)) > _TOO_MUCH:
        return None
    counts: dict[str, int] = {}
    matcher = difflib.SequenceMatcher(None, old_middle, new_middle, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            place = old[min(start + first, len(old) - 1)][1]
            counts[place] = counts.get(place, 0) + max(last - first, new_last - new_first)
    return counts


def _short_hash(word: str) -> str:
    """Return four hexadecimal digits of a word."""
    return f"{zlib.crc32(word.encode('utf-8')) & 0xFFFF:04x}"


def _digest(text: str) -> str:
    """Return twelve hexadecimal digits of a passage."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
