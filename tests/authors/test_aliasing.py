"""Aliasing: which factors texts can tell apart, by hand, and which texts would help."""

import pandas as pd
import pytest

from analysis.authors.aliasing import aliasing
from analysis.errors import InputError


def documents(*rows: tuple[str, ...]) -> pd.DataFrame:
    columns = ["author", "translator", "genre", "edition", "year_written"]
    table = pd.DataFrame(rows, columns=columns[: len(rows[0])])
    return table.assign(doc_id=[f"t{number}" for number in range(len(rows))])


THREE = documents(
    ("A", "X", "memoir", "e1", "1949/1953"),
    ("B", "Y", "memoir", "e2", "1941"),
    ("B", "Z", "history", "e3", "1936"),
)


def test_three_texts_by_three_translators_show_no_effect_of_the_author() -> None:
    result = aliasing(THREE)
    table = result.table.set_index("factor")
    assert not result.attributable
    assert not table.loc["translator", "separable"]
    assert table.loc["translator", "relation"] == "one a text"
    assert table.loc["genre", "separable"]
    assert table.loc["decade", "n_levels"] == 2
    assert "translator" in result.reason
    assert "One text only: A" in result.reason


def test_one_text_by_the_other_translator_would_tell() -> None:
    result = aliasing(THREE)
    assert len(result.further_texts) == 1
    row = result.further_texts.iloc[0]
    assert row["author"] == "A"
    assert row["translator"] in {"Y", "Z"}
    more = pd.concat([THREE, documents(("A", row.translator, row.genre, "e4", row.decade))])
    more["doc_id"] = list("abcd")
    assert aliasing(more).attributable
    assert "a second text of A" in result.sentences()[0]


def test_a_crossed_design_is_attributable() -> None:
    crossed = documents(
        ("A", "X", "memoir", "e1", "1920"),
        ("A", "Y", "history", "e2", "1920"),
        ("B", "X", "history", "e3", "1920"),
        ("B", "Y", "memoir", "e4", "1920"),
    )
    result = aliasing(crossed)
    assert result.attributable
    assert result.reason == ""
    assert result.further_texts.empty
    assert result.table.set_index("factor").loc["decade", "relation"] == "one level"


def test_each_alone_but_not_all_together() -> None:
    # A is X memoir, Y history, Z poem; B is X history, Y poem, Z memoir; one text more each, so
    # that every level has two. Of C, only X memoir twice: crossed with both, yet a sum of them?
    tangled = documents(
        ("A", "X", "memoir"),
        ("A", "Y", "history"),
        ("B", "X", "history"),
        ("B", "Y", "history"),
    )
    result = aliasing(tangled)
    # Against the translator alone, and the genre alone, the four texts connect; together too.
    assert result.table["separable"].all()
    assert result.attributable
    # Without the last text but one, each alone still connects, but three unknown effects and a
    # mean meet three texts.
    fewer = aliasing(tangled.drop(index=2))
    assert "B" in fewer.reason
    assert not fewer.attributable


@pytest.mark.parametrize(
    ("pairs", "relation", "separable"),
    [
        ([("A", "X"), ("A", "X"), ("B", "Y"), ("B", "Y")], "same groups", False),
        ([("A", "X"), ("A", "Y"), ("B", "Z"), ("B", "Z")], "decides it", False),
        ([("A", "X"), ("A", "X"), ("B", "X"), ("B", "X")], "one level", True),
        ([("A", "X"), ("A", "Y"), ("B", "Y"), ("B", "X")], "crossed", True),
        ([("A", "X"), ("B", "X"), ("C", "Y"), ("D", "Y")], "is decided by it", False),
    ],
)
def test_relations_by_hand(pairs, relation, separable) -> None:
    row = aliasing(documents(*pairs)).table.iloc[0]
    assert (row["relation"], row["separable"]) == (relation, separable)


def test_what_is_not_stated_is_a_level_of_its_own() -> None:
    table = documents(("A", "X"), ("A", None), ("B", "X"), ("B", None))
    assert aliasing(table).levels["translator"].tolist() == ["X", "not known", "X", "not known"]


def test_any_factor_can_be_in_question() -> None:
    result = aliasing(THREE, factor="genre")
    assert result.factor == "genre"
    assert "author" in set(result.table["factor"])


def test_one_author_is_nothing_to_compare() -> None:
    result = aliasing(documents(("A", "X"), ("A", "Y")))
    assert not result.attributable
    assert "nothing to compare" in result.reason


def test_bad_input_is_told_in_one_sentence() -> None:
    with pytest.raises(InputError, match="doc_id"):
        aliasing(THREE.drop(columns="doc_id"))
    with pytest.raises(InputError, match="'author'"):
        aliasing(THREE.drop(columns="author"))
