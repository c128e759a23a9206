"""Prints how fast and how rightly sentences are split, beside plain punkt and pysbd.

    python benchmarks/sentences.py [--copies 4] [--rounds 5]

Speed is words a second on the corpus, lines joined, the best of some rounds; right is how many of
the hard cases in tests/text/data/sentence_cases.jsonl come out as they should. pysbd is measured
on an eighth of the text, and only where it is installed: the project does not need it.
"""

import argparse
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from nltk.tokenize.punkt import PunktSentenceTokenizer

from analysis.text.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[1]
Split = Callable[[str], list[str]]


def main() -> None:
    """Measure each splitter and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--copies", type=int, default=4, help="how often the corpus is repeated")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, the best of which counts")
    arguments = parser.parse_args()
    text = _running_text() * arguments.copies
    cases = ROOT / "tests" / "text" / "data" / "sentence_cases.jsonl"
    right = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    speeds: dict[str, float] = {}
    print(f"{'splitter':<12}{'words a second':>16}{'of plain punkt':>16}{'right':>8}")
    for name, split in _splitters().items():
        part = text[: len(text) // 8] if name == "pysbd" else text
        speeds[name] = _words_a_second(split, text=part, rounds=arguments.rounds)
        hits = sum(split(" ".join(case)) == case for case in right)
        share = speeds[name] / speeds["punkt"]
        print(f"{name:<12}{speeds[name]:>16,.0f}{share:>16.2f}{hits:>5}/{len(right)}")


def _splitters() -> dict[str, Split]:
    """Return the splitters by name, plain punkt first."""
    punkt = PunktSentenceTokenizer()
    splitters: dict[str, Split] = {
        "punkt": lambda text: [text[start:end] for start, end in punkt.span_tokenize(text)],
        "witness": lambda text: [text[start:end] for start, end in split_sentences(text)],
    }
    try:
        import pysbd
    except ImportError:
        return splitters
    segmenter = pysbd.Segmenter(language="en", clean=False)
    splitters["pysbd"] = lambda text: [sentence.strip() for sentence in segmenter.segment(text)]
    return splitters


def _running_text() -> str:
    """Return the texts of the corpus with their lines joined, paragraphs apart."""
    paths = sorted((ROOT / "corpus" / "texts").glob("*.txt"))
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in paths)
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _words_a_second(split: Split, *, text: str, rounds: int) -> float:
    """Return the speed of the best round, in words between blanks a second."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        split(text)
        best = min(best, time.perf_counter() - begun)
    return len(text.split()) / best


if __name__ == "__main__":
    main()
