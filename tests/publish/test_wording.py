"""What of a notebook is code, and what is only said."""

import pytest

from analysis.publish.wording import code_digest

NOTEBOOK = """# %% [markdown]
# # How long?

# %%
import analysis as an
n = 3

# %%
an.save_figure(
    fig,
    "points",
    table=table,
    caption=f"Words by passage. n = {n}." + (" One." if n == 1 else ""),
    alt="Two points.",
    parameters={"label": "words"},
)
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# # How long?", "# # How long are they?\n#\n# They are long."),
        ("Words by passage.", "Seen: words by passage,"),
        ("Two points.", "Two points, one of them higher."),
        ('" One."', '" One alone."'),
        ("n = {n}.", "n is {n}."),
        ("n = {n}.", "n = {n:.2f}."),
        ("# %%\nimport", "# %% [markdown]\n# A word more.\n\n# %%\nimport"),
        ("\n", "\r\n"),
    ],
)
def test_words_are_no_code(old, new):
    assert old in NOTEBOOK
    assert code_digest(NOTEBOOK.replace(old, new)) == code_digest(NOTEBOOK)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("n = 3", "n = 4"),
        ("n == 1", "n == 2"),
        ("n = {n}.", "n = {n + 1}."),
        ("n = {n}.", "n = 3."),
        ('"label": "words"', '"label": "terms"'),
        ('"points"', '"dots"'),
        ("n = 3\n", "n = 3\n# %matplotlib inline\n"),
        ("# %%\nimport", "# %% [markdown]\nimport"),
        ("# %%\nimport", "# %% [raw]\nimport"),
    ],
)
def test_all_else_is_code(old, new):
    assert old in NOTEBOOK
    assert code_digest(NOTEBOOK.replace(old, new)) != code_digest(NOTEBOOK)


@pytest.mark.parametrize("line", ["print(saved.caption)\n", "%time\n", "for\n"])
def test_where_words_could_be_more_than_words_all_counts(line):
    source = NOTEBOOK + "\n# %%\n" + line
    assert code_digest(source) != code_digest(source.replace("Two points.", "Two."))
