"""The running text: what it holds, in which order, and the place of each character."""

from collections.abc import Callable

import numpy as np

from analysis.edition.corpus import Corpus, Text
from analysis.tables import RUNNING_LAYERS
from analysis.text.running import running_text

RAW = """Ada Author

A Title

I met Ada, a poet whom all of us knew from the town,

[Ada: a poet.]

and liked her. “Why did you come to us so late?” she asked.

1. Bread;
2. Peace.

* * *

1. A note of the author.
"""


def read(one_text: Callable[..., Text]) -> Text:
    met = "I met Ada, a poet whom all of us knew from the town,"
    return one_text(RAW, profile="web-transcription", overrides=[(met, "layer", "body")])


def test_notes_titles_and_furniture_are_not_in_it(one_text: Callable[..., Text]) -> None:
    running = running_text(read(one_text))
    assert running.text == (
        "I met Ada, a poet whom all of us knew from the town, and liked her. “Why did you come to "
        "us so late?” she asked.\n\n1. Bread; 2. Peace."
    )
    assert running.layers == ("body", "list")
    assert running.sections == (1, 1)
    assert [running.text[start:end] for start, end in running.paragraphs] == (
        running.text.split("\n\n")
    )


def test_places_lead_back_to_the_source(one_text: Callable[..., Text]) -> None:
    running = running_text(read(one_text))
    for place, letter in enumerate(running.text):
        if not letter.isspace():
            assert RAW[running.starts[place] : running.ends[place]] == letter
    # The gap between two paragraphs stands for what lies between them.
    gap = running.text.index("\n\n")
    assert RAW[running.starts[gap] : running.ends[gap]] == "\n\n"
    assert (np.diff(running.starts) >= 0).all()
    assert (np.diff(running.ends) >= 0).all()


def test_voices_words_and_sentences_are_of_its_characters(one_text: Callable[..., Text]) -> None:
    running = running_text(read(one_text))
    late = running.text.index("late")
    assert running.kinds[running.voices[late]].voice == "other"
    assert running.kinds[running.voices[late - 70]].voice == "author"
    words = [running.text[start:end] for start, end in running.words.tolist()]
    assert words[:4] == ["I", "met", "Ada", "a"]
    assert words[-2:] == ["Bread", "Peace"]
    assert running.n_words(0, len(running.text)) == len(words)
    assert running.n_words(0, 1) == 1
    assert running.n_words(1, 2) == 0
    starts = [start for start, _ in running.sentences]
    assert running.text[starts[1] :].startswith("“Why did")
    assert running.sentence_starts.tolist() == starts
    assert running.paragraph_starts.tolist() == [start for start, _ in running.paragraphs]


def test_of_headings_alone_it_is_empty(one_text: Callable[..., Text]) -> None:
    running = running_text(one_text("ONE\n\nTWO\n"))
    assert running.text == ""
    assert running.words.shape == (0, 2)
    assert running.sentences == running.paragraphs == ()


def test_it_is_the_running_layers_of_the_corpus(corpus: Corpus) -> None:
    for text in corpus.texts:
        running = running_text(text)
        whole = [one for one in text.paragraphs if one.layer in RUNNING_LAYERS]
        assert running.text == "\n\n".join(one.paragraph.placed.text for one in whole)
        assert len(running.starts) == len(running.ends) == len(running.voices)
