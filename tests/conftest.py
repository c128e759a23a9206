"""The corpus of the project, read once; small corpora made for a test; the command line."""

import csv
import hashlib
import io
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest

from analysis.cli import main
from analysis.edition.corpus import Corpus, Text, read_corpus
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize

ROOT = Path(__file__).parents[1]
Rows = Mapping[str, Sequence[tuple[str, ...]]]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Return the corpus that comes with the project."""
    return read_corpus(ROOT / "corpus")


@pytest.fixture(scope="session")
def passages(corpus: Corpus) -> pd.DataFrame:
    """Return its default passages."""
    return split_passages(corpus)


@pytest.fixture(scope="session")
def tokens(passages: pd.DataFrame) -> pd.DataFrame:
    """Return their tokens."""
    return tokenize(passages)


@pytest.fixture(scope="session")
def make_corpus() -> Callable[..., Path]:
    """Return a function that writes a corpus folder and returns it: see `write_corpus`."""
    return write_corpus


def write_corpus(
    folder: Path,
    texts: Mapping[str, str | bytes],
    *,
    corrections: Rows | None = None,
    overrides: Rows | None = None,
    **keys: str,
) -> Path:
    """Return a corpus folder after writing texts, sources.toml with digests, and lists by hand.

    A correction is (before, after), an override (piece, field, value); both are about the first
    place where `before` or the piece stands. `keys` are keys of every source.
    """
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    entries = []
    for doc_id, text in texts.items():
        content = text if isinstance(text, bytes) else text.encode("utf-8")
        (folder / "texts" / f"{doc_id}.txt").write_bytes(content)
        values = {
            "id": doc_id,
            "author": "Ada Author",
            "title": "A Title",
            "path": f"texts/{doc_id}.txt",
            "sha256": hashlib.sha256(content).hexdigest(),
            "profile": "plain-text",
            "language": "en",
            "rights": "written for the tests",
            "citation": "Author, Ada. A Title.",
            "citation_key": f"author-{doc_id}",
        } | keys
        lines = "".join(f"{key} = '{value}'\n" for key, value in values.items())
        entries.append(f"[[source]]\n{lines}")
    (folder / "sources.toml").write_text("\n".join(entries), encoding="utf-8")
    for doc_id, rows in (corrections or {}).items():
        header = ("char_start", "char_end", "before", "after", "reason")
        found = [(_place(texts[doc_id], before), before, after) for before, after in rows]
        _write_rows(
            folder / "corrections" / f"{doc_id}.csv",
            [header, *((at, at + len(b), b, a, "seen") for at, b, a in found)],
        )
    for doc_id, rows in (overrides or {}).items():
        header = ("char_start", "char_end", "begins", "field", "value", "reason")
        placed = [(_place(texts[doc_id], piece), piece, *rest) for piece, *rest in rows]
        _write_rows(
            folder / "overrides" / f"{doc_id}.csv",
            [header, *((at, at + len(p), p[:24], *rest, "seen") for at, p, *rest in placed)],
        )
    return folder


def _place(text: str | bytes, piece: str) -> int:
    raw = text if isinstance(text, str) else text.decode("utf-8")
    assert piece in raw
    return raw.index(piece)


def _write_rows(path: Path, rows: Sequence[tuple[object, ...]]) -> None:
    path.parent.mkdir(exist_ok=True)
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(rows)
    path.write_bytes(written.getvalue().encode("utf-8"))


@pytest.fixture(scope="session")
def one_text(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Text]:
    """Return a function that makes a corpus of one text and returns the text as it was read."""

    def read(text: str | bytes, **keys: object) -> Text:
        folder = tmp_path_factory.mktemp("corpus")
        lists = {
            name: {"text": keys.pop(name)} for name in ("corrections", "overrides") if name in keys
        }
        return read_corpus(write_corpus(folder, {"text": text}, **lists, **keys)).texts[0]

    return read


@pytest.fixture
def witness(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command and returns its exit code and what it printed."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture(scope="session")
def unexplained() -> Callable[[Corpus, pd.DataFrame], list[tuple[object, ...]]]:
    """Return a function that lists the tokens that the raw slice and the log do not give.

    It knows nothing of the edition but the tables: it takes the raw text of the token's span and
    applies every edit that lies within. An insertion at the very beginning or end is beside it.
    """

    def check(corpus: Corpus, tokens: pd.DataFrame) -> list[tuple[object, ...]]:
        wrong: list[tuple[object, ...]] = []
        for doc_id, own in tokens.groupby("doc_id"):
            edits = corpus.edits[corpus.edits["doc_id"] == doc_id]
            log = sorted(zip(edits.char_start, edits.char_end, edits.after, strict=True))
            raw = corpus.text(str(doc_id)).raw
            for start, end, token in zip(own.char_start, own.char_end, own.token, strict=True):
                inside = []
                for edit in log[bisect_left(log, (start,)) :]:
                    if edit[0] > end:
                        break
                    beside = edit[0] == edit[1] and edit[0] in (start, end) and start < end
                    if edit[1] <= end and not beside:
                        inside.append(edit)
                if (given := _edited(raw, start=start, end=end, log=inside)) != token:
                    wrong.append((doc_id, start, end, raw[start:end], token, given))
        return wrong

    return check


def _edited(raw: str, *, start: int, end: int, log: Sequence[tuple[int, int, str]]) -> str:
    text, place = "", start
    for char_start, char_end, after in log:
        text += raw[place:char_start] + after
        place = char_end
    return text + raw[place:end]
