"""Prints how long reading takes on long input, also on input made to be slow, and how it grows.

    python benchmarks/edition_speed.py

Each line: microseconds a thousand characters, and how much longer twice the input takes (2 where
time is in proportion; 4 would be its square). Processor time, best of three.
"""

import time
from collections.abc import Callable

from analysis.edition.corpus import read_corpus
from analysis.edition.quotations import find_quotations
from analysis.edition.tei_xml import read_marks
from analysis.errors import CorpusError

MARKS = ["“a” ", "“a ", "‘s’ ", "' ", "a, B. “", "(“"]
BROKEN = ["<", "<a ", '<a b="', "&", "&#", "<!-", "<!--", "<![CDATA[", "</", "<a b=''", "]]>"]
N = 50_000


def main() -> None:
    """Print one line for each kind of input."""
    print(f"{'input':<34}{'us / 1000':>10}{'twice':>7}")
    for text in read_corpus().texts:
        show(f"quotations of {text.doc_id}", lambda raw: find(raw), piece=text.raw[:40_000], n=1)
    for piece in MARKS:
        show(f"quotations of {piece!r}", lambda raw: find(raw), piece=piece, n=N)
    for piece in BROKEN:
        show(f"TEI of {piece!r}", lambda raw: refuse(raw), piece=piece, n=N)


def find(raw: str) -> None:
    """Look for quotations."""
    find_quotations(raw, marks="double")


def refuse(raw: str) -> None:
    """Read a file that is no TEI."""
    try:
        read_marks(f"<TEI>{raw}", name="file.xml")
    except CorpusError:
        return
    raise AssertionError


def show(name: str, action: Callable[[str], None], *, piece: str, n: int) -> None:
    """Print the time that an action takes, and how it grows."""
    once, twice = (seconds(action, piece * times) for times in (n, 2 * n))
    print(f"{name:<34}{1e9 * once / (n * len(piece)):>10.0f}{twice / once:>7.1f}", flush=True)


def seconds(action: Callable[[str], None], raw: str) -> float:
    """Return the processor seconds of the quickest of three runs."""
    found = []
    for _ in range(3):
        begun = time.process_time()
        action(raw)
        found.append(time.process_time() - begun)
    return min(found)


if __name__ == "__main__":
    main()
