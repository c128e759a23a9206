"""Where in a text a word stands."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.errors import InputError
from analysis.plots.corpus import draw_dispersion
from analysis.text.overview import word_dispersion


@pytest.fixture
def tokens() -> pd.DataFrame:
    words = {"one": "Nothing but terror and Terror", "two": "No word of it"}
    rows = [
        {
            "passage_id": f"{doc_id}:0001",
            "doc_id": doc_id,
            "char_start": 10 * number,
            "char_end": 10 * number + len(word),
            "token": word,
            "term": word.lower(),
            "layer": "body",
            "voice": "author",
        }
        for doc_id, text in words.items()
        for number, word in enumerate(text.split())
    ]
    return pd.DataFrame(rows)


def test_a_place_is_the_number_of_its_word_in_the_text(tokens: pd.DataFrame) -> None:
    found = word_dispersion(tokens, "TERROR")
    assert found.table["position"].tolist() == [3, 5]
    assert found.table["place"].tolist() == ["one@20-26", "one@40-46"]
    assert found.rates["per_thousand"].tolist() == [400.0, 0.0]
    assert found.plot_table()["doc_id"].tolist() == ["one", "one", "two"]


def test_a_word_that_stands_nowhere_has_no_places(tokens: pd.DataFrame) -> None:
    found = word_dispersion(tokens, "hunger")
    assert found.table.empty
    assert found.rates["per_thousand"].tolist() == [0.0, 0.0]
    drawn = found.plot_table()
    assert drawn["doc_id"].tolist() == ["one", "two"]
    assert drawn["position"].isna().all()
    draw_dispersion(Figure().subplots(), drawn)


def test_a_phrase_is_told(tokens: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="The term 'red terror' is not one word"):
        word_dispersion(tokens, "red terror")
