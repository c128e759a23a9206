"""Sensitivity: planted contrasts, each setting does what it says, draws, and what is refused."""

import numpy as np
import pytest

from analysis.authors.odd_one import group_contrast
from analysis.authors.reference import KnownAuthors, KnownText
from analysis.authors.sensitivity import GridSettings, calibrate_sensitivity, sensitivity
from analysis.errors import InputError

BASE = 1 / (np.arange(1, 41) + 2.0)
GROUPS = {"a": "A", "b": "B", "c": "B"}
SMALL = GridSettings(
    n_terms=(20, 40), slice_length=(100, 200), measure=("burrows", "minmax"), voice=("author",)
)


def made(differ: dict[str, float], *, seed: int, n: int = 1000) -> dict[str, str]:
    """Return texts whose rates are the base, or differ from it by a normal of this sd."""
    rng = np.random.default_rng(seed)
    texts = {}
    for doc, sd in differ.items():
        p = BASE * np.exp(sd * rng.normal(size=40))
        texts[doc] = " ".join(f"w{w:02d}" for w in rng.choice(40, size=n, p=p / p.sum()))
    return texts


def known(n_authors: int, differ: float) -> KnownAuthors:
    rng = np.random.default_rng(5)
    texts = []
    for author in range(n_authors):
        p = BASE * np.exp(differ * rng.normal(size=40))
        for number in range(4):
            words = rng.choice(40, size=1200, p=p / p.sum()).astype(np.int32)
            texts.append(KnownText(author=f"A{author}", title=f"{number}", year=None, words=words))
    return KnownAuthors(
        texts=tuple(texts),
        vocabulary=tuple(f"w{n:02d}" for n in range(40)),
        name="made",
        population="",
    )


def test_the_contrast_by_hand() -> None:
    between = np.array([[0.0, 4, 6], [4, 0, 1], [6, 1, 0]])
    assert group_contrast(between, ["A", "B", "B"]) == 5 - 1
    assert np.isnan(group_contrast(between, ["A", "B", "C"]))
    assert np.isnan(group_contrast(between, ["A", "A", "A"]))


def test_a_text_that_stands_apart_does_so_in_every_cell(made_tokens) -> None:
    tokens = made_tokens(made({"a": 1.0, "b": 0.0, "c": 0.0}, seed=1))
    result = sensitivity(tokens, groups=GROUPS, settings=SMALL)
    # 1 voice, 2 noises, 2 left out, 2 lengths, 2 numbers of words, 2 measures.
    assert result.n_cells == 32
    assert result.n_undefined == 0
    assert result.share_positive == 1
    turned = sensitivity(tokens, groups={"a": "A", "b": "A", "c": "B"}, settings=SMALL)
    assert turned.share_positive == 0


def test_it_is_the_same_every_time_and_whatever_the_names(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0.3, "b": 0.0, "c": 0.3}, seed=2))
    there = sensitivity(tokens, groups=GROUPS, settings=SMALL).cells
    renamed = sensitivity(tokens, groups={"a": "Z", "b": "Y", "c": "Y"}, settings=SMALL).cells
    assert there.equals(renamed)


def test_what_is_quoted_comes_in_with_its_voice(made_tokens) -> None:
    texts = made({"a": 0.0, "b": 0.0, "c": 0.0}, seed=3)
    parts = {doc: [(text, "author")] for doc, text in texts.items()}
    parts["a"].append((" ".join(["w00"] * 1000), "other"))
    settings = GridSettings(
        n_terms=(20,), slice_length=(200,), measure=("burrows",), noise=("none",),
        without=("nothing",),
    )  # fmt: skip
    cells = sensitivity(made_tokens(parts), groups=GROUPS, settings=settings).cells
    value = cells.set_index("voice")["value"]
    assert value["all"] > value["author"] + 0.1


def test_words_left_out_change_nothing_where_no_text_has_them(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0.3, "b": 0.0, "c": 0.3}, seed=2))
    cells = sensitivity(tokens, groups=GROUPS, settings=SMALL).cells
    values = cells.pivot_table(
        index=["noise", "slice_length", "n_terms", "measure"], columns="without", values="value"
    )
    assert (values["nothing"] == values["pronouns and auxiliaries"]).all()
    with_i = tokens.assign(term=tokens["term"].where(tokens["term"] != "w00", "i"))
    other = sensitivity(with_i, groups=GROUPS, settings=SMALL).cells
    assert not np.allclose(
        other.loc[other["without"] == "nothing", "value"],
        other.loc[other["without"] != "nothing", "value"],
    )


def test_noise_in_one_text_makes_it_stand_apart(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0.0, "b": 0.0, "c": 0.0}, seed=4, n=4000))
    settings = GridSettings(
        n_terms=(40,), slice_length=(400,), measure=("burrows",), voice=("author",),
        without=("nothing",), noise=("none", "all texts", "first group"), noise_share=0.3,
    )  # fmt: skip
    value = sensitivity(tokens, groups=GROUPS, settings=settings).cells.set_index("noise")["value"]
    assert value["first group"] > value["none"] + 0.1
    assert abs(value["all texts"]) < 0.1


def test_cleaning_is_a_factor_where_several_tables_are_given(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0.3, "b": 0.0, "c": 0.3}, seed=2))
    result = sensitivity({"corrected": tokens, "as scanned": tokens}, groups=GROUPS, settings=SMALL)
    assert result.factors[-1] == "cleaning"
    values = result.cells.groupby("cleaning")["value"].apply(list)
    assert values["corrected"] == values["as scanned"]


def test_a_slice_too_long_for_a_text_is_undefined(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0.3, "b": 0.0, "c": 0.3}, seed=2, n=300))
    cells = sensitivity(tokens, groups=GROUPS, settings=SMALL).cells
    assert cells.loc[cells["slice_length"] == 200, "value"].isna().all()
    assert cells.loc[cells["slice_length"] == 100, "value"].notna().all()


@pytest.mark.slow
def test_the_share_has_its_percentile_among_known_authors(made_tokens) -> None:
    tokens = made_tokens(made({"a": 1.0, "b": 0.0, "c": 0.0}, seed=1))
    result = sensitivity(tokens, groups=GROUPS, settings=SMALL)
    settings = {"lengths": (1000, 1000, 1000), "groups": ("A", "B", "B"), "settings": SMALL}
    drawn = calibrate_sensitivity(result, known(6, 0.8), n_draws=15, **settings)
    table = drawn.percentiles.set_index("kind")
    assert table["n_draws"].tolist() == [15, 15]
    assert drawn.share_compared == 1
    # All different authors: one of three texts stands apart most, each equally often.
    assert table.loc["all different", "percentile"] > 0.5
    assert table.loc["all different", "low"] < 0.5
    again = calibrate_sensitivity(result, known(6, 0.8), n_draws=15, **settings)
    assert again.percentiles.equals(drawn.percentiles)


def test_a_reference_without_one_long_author_has_no_same_author_draws(
    made_tokens, tmp_path
) -> None:
    tokens = made_tokens(made({"a": 0.3, "b": 0.0, "c": 0.3}, seed=2))
    result = sensitivity(tokens, groups=GROUPS, settings=SMALL)
    drawn = calibrate_sensitivity(
        result, known(4, 0.3), lengths=(2000, 2000, 2000), groups=("A", "B", "B"),
        settings=SMALL, n_draws=2,
    )  # fmt: skip
    again = [
        calibrate_sensitivity(
            result, known(4, 0.3), lengths=(2000, 2000, 2000), groups=("A", "B", "B"),
            settings=SMALL, n_draws=2, keep=tmp_path,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert all(one.percentiles.equals(drawn.percentiles) for one in again)
    assert len(list(tmp_path.iterdir())) == 1
    table = drawn.percentiles.set_index("kind")
    assert table.loc["all same", "n_draws"] == 0
    assert np.isnan(table.loc["all same", "percentile"])


@pytest.mark.parametrize(
    "settings",
    [
        {"measure": ("delta",)},
        {"voice": ("narrator",)},
        {"without": ("verbs",)},
        {"noise": ("some",)},
        {"noise_share": 2},
        {"n_terms": (0,)},
    ],
)
def test_settings_that_make_no_sense(settings) -> None:
    with pytest.raises(InputError):
        GridSettings(**settings)


def test_bad_groups_are_told_in_one_sentence(made_tokens) -> None:
    tokens = made_tokens(made({"a": 0.3, "b": 0.0, "c": 0.3}, seed=2))
    with pytest.raises(InputError, match="'c' has no group"):
        sensitivity(tokens, groups={"a": "A", "b": "B"})
    with pytest.raises(InputError, match="two groups"):
        sensitivity(tokens, groups={"a": "A", "b": "B", "c": "C"})
