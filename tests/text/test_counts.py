"""Terms counted by passage, in some voices and layers."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis.errors import InputError, SchemaError
from analysis.text.counts import TermCounts, count_terms

ROWS = [
    # passage, doc, term, layer, voice
    ("a:1", "a", "terror", "body", "author"),
    ("a:1", "a", "the", "body", "author"),
    ("a:1", "a", "terror", "body", "author"),
    ("a:1", "a", "peace", "body", "other"),
    ("a:2", "a", "peace", "blockquote", "other"),
    ("b:1", "b", "the", "list", "author"),
    ("b:1", "b", "bread", "list", "author_earlier"),
]
TOKENS = pd.DataFrame(ROWS, columns=["passage_id", "doc_id", "term", "layer", "voice"])


def table(counts: TermCounts) -> dict[str, list[int]]:
    dense = counts.matrix.toarray()
    return {term: dense[:, n].tolist() for n, term in enumerate(counts.terms)}


def test_the_authors_words_are_counted() -> None:
    counts = count_terms(TOKENS)
    assert counts.passage_ids == ("a:1", "a:2", "b:1")
    assert counts.doc_ids == ("a", "a", "b")
    assert table(counts) == {"terror": [2, 0, 0], "the": [1, 0, 1]}
    assert counts.matrix.dtype.kind == "i"
    assert repr(counts) == "TermCounts(3 passages of 2 texts, 2 terms, 4 running words)"


def test_voices_and_layers_are_filtered_and_passages_stay() -> None:
    assert table(count_terms(TOKENS, voices=["other"])) == {"peace": [1, 1, 0]}
    both = count_terms(TOKENS, voices=("author", "author_earlier"), layers=("list",))
    assert table(both) == {"bread": [0, 0, 1], "the": [0, 0, 1]}
    none = count_terms(TOKENS, voices=["editor"])
    assert none.matrix.shape == (3, 0)
    assert none.totals().empty


def test_totals_are_ordered_by_count_and_then_by_term() -> None:
    counts = count_terms(TOKENS, voices=("author", "other"))
    assert counts.totals().to_dict() == {"peace": 2, "terror": 2, "the": 2}
    assert counts.totals().index.tolist() == ["peace", "terror", "the"]


def test_terms_are_selected_in_the_given_order() -> None:
    chosen = count_terms(TOKENS).select_terms(["the", "terror"])
    assert chosen.terms == ("the", "terror")
    assert chosen.matrix.toarray().tolist() == [[1, 2], [0, 0], [1, 0]]
    with pytest.raises(InputError, match="The term 'peace' is not among the 2 terms"):
        count_terms(TOKENS).select_terms(["peace"])


def test_counts_add_up_to_the_tokens(tokens: pd.DataFrame, passages: pd.DataFrame) -> None:
    counts = count_terms(tokens, voices=("author", "author_earlier", "other"))
    assert counts.passage_ids == tuple(passages["passage_id"])
    assert np.asarray(counts.matrix.sum(axis=1)).tolist() == passages["n_tokens"].tolist()
    assert counts.totals().to_dict() == tokens["term"].value_counts().to_dict()
    assert list(counts.terms) == sorted(set(tokens["term"]))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"voices": "author"}, r"voices must be a list of names: write \['author'\]"),
        ({"voices": ["Lenin"]}, "There is no voice 'Lenin'; use some of author"),
        ({"layers": "body"}, "layers must be a list of names"),
        ({"layers": ["foot"]}, "There is no layer 'foot'; use some of title"),
    ],
)
def test_names_that_are_none_are_told(settings: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        count_terms(TOKENS, **settings)


def test_tokens_without_voices_are_told() -> None:
    with pytest.raises(SchemaError, match="lacks the column 'voice'"):
        count_terms(TOKENS.drop(columns="voice"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"passage_ids": ("p",)}, "The matrix has 2 rows, but there are 1 passage_ids"),
        ({"doc_ids": ("d",) * 3}, "2 rows, but there are 2 passage_ids and 3 doc_ids"),
        ({"terms": ("a",)}, "The matrix has 2 columns, but there are 1 terms"),
        ({"terms": ("a", "a")}, "The terms are not unique"),
        ({"matrix": [[1, 0.5], [0, 0]]}, "values that are no counts"),
        ({"matrix": [[1, -1], [0, 0]]}, "values that are no counts"),
        ({"matrix": [[1, float("nan")], [0, 0]]}, "values that are no counts"),
    ],
)
def test_parts_that_do_not_fit_are_told(changed: dict[str, object], said: str) -> None:
    parts: dict[str, object] = {
        "matrix": [[1, 0], [0, 2]],
        "passage_ids": ("p", "q"),
        "doc_ids": ("d", "d"),
        "terms": ("a", "b"),
    } | changed
    parts["matrix"] = sparse.csr_array(np.array(parts["matrix"]))
    with pytest.raises(InputError, match=said):
        TermCounts(**parts)  # type: ignore[arg-type]
