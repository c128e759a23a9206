"""Zeta by hand."""

import numpy as np
import pytest

from analysis.authors.slices import slice_frequencies
from analysis.authors.zeta import zeta
from analysis.errors import InputError


def test_zeta_by_hand(made_tokens) -> None:
    # Slices of t: a b, a c; of u: b c, b b.
    slices = slice_frequencies(made_tokens({"t": "a b a c", "u": "b c b b"}), n_tokens=2)
    table = zeta(slices, target=["t"], reference=["u"]).set_index("term")
    assert table.index.tolist() == ["a", "c", "b"]
    assert table["craig"].tolist() == [2, 1, 0.5]
    np.testing.assert_allclose(table["eder"], [1, 0, -1 / 3])
    assert table.loc["a", "log2"] == pytest.approx(np.log2(1.1 / 0.1))
    assert table.loc["b", ["share_target", "share_reference"]].tolist() == [0.5, 1]


def test_words_of_a_text_on_neither_side_are_left_out(made_tokens) -> None:
    texts = {"t": "a b a c", "u": "b c b b", "v": "d e d e"}
    slices = slice_frequencies(made_tokens(texts), n_tokens=2)
    table = zeta(slices, target=["t"], reference=["u"])
    assert table["term"].tolist() == ["a", "c", "b"]
    assert table["craig"].tolist() == [2, 1, 0.5]


def test_bad_input_is_told_in_one_sentence(made_tokens) -> None:
    slices = slice_frequencies(made_tokens({"t": "a b a c", "u": "b c b b"}), n_tokens=2)
    with pytest.raises(InputError, match="reference has no slices"):
        zeta(slices, target=["t"], reference=["v"])
    with pytest.raises(InputError, match="list of texts"):
        zeta(slices, target="t", reference=["u"])
    with pytest.raises(InputError, match="The text 't' is on both sides; leave it out of one"):
        zeta(slices, target=["t", "u"], reference=["t"])
