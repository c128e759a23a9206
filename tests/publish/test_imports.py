"""What a notebook depends on and sets, told from its source alone."""

import pytest

from analysis.publish.imports import dependencies_of, figures_in, settings_in


def modules(source: str) -> set[str]:
    """Return the modules that a notebook depends on."""
    return set(dependencies_of(source).modules)


def test_names_of_the_package_lead_to_the_modules_that_define_them():
    found = modules("import analysis as an\nan.kwic(tokens, 'terror')\n")
    assert {"analysis.text.concordance", "analysis.text", "analysis.errors"} <= found
    assert "analysis.topics" not in found
    assert "analysis" not in found


@pytest.mark.parametrize(
    "source",
    [
        "from analysis import kwic",
        "from analysis.text.concordance import kwic",
        "import analysis.text.concordance",
        "from analysis.text import concordance",
        "import analysis\nanalysis.kwic",
    ],
)
def test_every_way_to_import_is_followed(source):
    assert modules(source) == modules("import analysis as an\nan.kwic")


def test_what_a_module_imports_is_followed_and_what_imports_it_is_not():
    found = modules("import analysis as an\nan.kwic")
    assert "analysis.text.words" in found
    assert "analysis.cli" not in found
    assert modules("import pandas") == set()


def test_an_unknown_name_or_a_broken_notebook_depends_on_everything():
    every = modules("import analysis as an\nan.no_such_name")
    assert {"analysis.cli", "analysis.topics", "analysis.edition.corpus"} <= every
    assert modules("this is no python") == every


def test_packages_are_those_of_the_notebook_and_of_the_modules():
    found = dependencies_of("import scipy.stats\nfrom analysis import save_figure").packages
    assert {"scipy", "matplotlib", "pandas"} <= found
    assert "tomotopy" not in found


def test_data_files_beside_a_module_count():
    found = modules("from analysis.sentiment.lexicons import read_lexicon")
    assert "analysis/sentiment/lexicon_files/lexicons.toml" in found
    assert not [name for name in found if name.startswith("analysis/publish")]


def test_settings_are_literals_by_name():
    source = """
word = "terror"
pairs = [1, (2, "x")]
k = compute(n_topics=8, seed=1, table=frame)
k = compute(n_topics=9)
%matplotlib inline
text = "a very long sentence that goes on and on, well beyond what a line should hold, and more"
"""
    found = settings_in(source)
    assert found.pop("text").startswith("text ")
    assert found == {
        "word": "'terror'",
        "pairs": "[1, (2, 'x')]",
        "compute(n_topics)": "8",
        "compute(seed)": "1",
        "compute(n_topics)'": "9",
    }
    assert settings_in("no python here") == {}


def test_figures_are_those_saved_by_a_name_written_there():
    source = """
an.save_figure(fig, "second-first", table=t)
save_figure(fig, name="third")
an.save_figure(fig, f"made-{name}", table=t)
other(fig, "not-this")
"""
    assert figures_in(source) == ["second-first", "third"]
    assert figures_in("no python here") == []
