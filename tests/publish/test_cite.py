"""Citations of the software, the texts and a figure; the passage behind a row."""

import json
import re

import pytest

from analysis.errors import CorpusError, InputError
from analysis.publish.citation import Author, bibtex_authors, bibtex_entry, latex, read_citation
from analysis.publish.cite import cite, place_of_row
from analysis.publish.doctor import examine
from analysis.publish.save import save_figure

CFF = """cff-version: 1.2.0
message: Please cite.
title: "Sun & Rain: 100% of it"
version: 1.2
date-released: 2025-03-04
doi: 10.5281/zenodo.1
authors:
  - family-names: Doe
    given-names: Jane
  - family-names: Berg
    name-particle: van den
    given-names: Jan
"""


@pytest.fixture
def cited(project, drawn, table):
    """Return a project with a CITATION.cff and one figure."""
    (project / "CITATION.cff").write_text(CFF, encoding="utf-8")
    save_figure(
        drawn,
        "two-points",
        table=table,
        caption="Two points.",
        alt="Points.",
        parameters={"n_tokens": 150, "voices": ["author"], "nested": {"k": 8}},
        seed=5,
        root=project,
    )
    return project


def test_text_has_versions_digests_and_methods(cited):
    told = cite(cited, "two-points")
    assert "Doe, Jane; van den Berg, Jan" in told
    assert "(2025). Sun & Rain: 100% of it, version 1.2. doi:10.5281/zenodo.1." in told
    for name in ("first-book", "second-book"):
        assert re.search(rf"Anonymous\. {name}\.\n    {name}, sha256 [0-9a-f]{{64}}\n", told)
    assert re.search(r"svg sha256 [0-9a-f]{64}", told)
    methods = told.split("Methods\n")[1]
    assert "n_tokens = 150" in methods
    assert "voices = author" in methods
    assert "nested.k = 8" in methods
    assert "seed 5" in methods
    assert "matplotlib 3." in methods
    assert "witness verify two-points" in methods


def test_without_a_figure_there_are_software_and_texts(cited):
    told = cite(cited)
    assert "Figure" not in told
    assert "Anonymous. second-book." in told


def test_bibtex_has_an_entry_each_and_escapes_latex(cited):
    told = cite(cited, "two-points", form="bibtex")
    assert re.findall(r"^@misc\{([^,]+),$", told, flags=re.M) == [
        "witness",
        "first-book",
        "second-book",
        "figure-two-points",
    ]
    assert r"title = {Sun \& Rain: 100\% of it}" in told
    assert "author = {Doe, Jane and van den Berg, Jan}" in told
    assert told.count("{") == told.count("}")
    assert "doi = {10.5281/zenodo.1}" in told


def test_csl_is_json_with_a_date_and_names(cited):
    items = json.loads(cite(cited, "two-points", form="csl"))
    software, first, _, figure = items
    assert software["author"][1] == {"family": "van den Berg", "given": "Jan"}
    assert software["issued"] == {"date-parts": [[2025, 3, 4]]}
    assert first["author"] == [{"literal": "Author of first-book"}]
    assert figure["type"] == "figure"
    assert figure["title"] == "The second point is lower"


def test_what_is_not_there_is_a_sentence(cited):
    with pytest.raises(InputError, match="no figure 'nothing'; the figures are: two-points"):
        cite(cited, "nothing")
    with pytest.raises(InputError, match="no format 'ris'"):
        cite(cited, form="ris")  # type: ignore[arg-type]


def test_a_row_leads_to_its_place(cited):
    assert place_of_row(cited, "two-points", row=1) == "first-book@0-27"
    assert place_of_row(cited, "two-points", row=2) == "second-book@0-10"
    with pytest.raises(InputError, match="Row 3 of two-points stands for no passage"):
        place_of_row(cited, "two-points", row=3)
    for row in (0, 4):
        with pytest.raises(InputError, match=f"no row {row}; its rows go from 1 to 3"):
            place_of_row(cited, "two-points", row=row)
    (cited / "figures/two-points.csv").write_text("x\n1\n")
    with pytest.raises(InputError, match="no column place"):
        place_of_row(cited, "two-points", row=1)


def test_latex_and_keys_by_hand():
    assert latex("a_b {c} ~ ^ \\ \n d") == (
        r"a\_b \{c\} \textasciitilde{} \textasciicircum{} \textbackslash{} d"
    )
    assert bibtex_authors((Author(family="Doe", given="J."), Author(family="A & B"))) == (
        r"Doe, J. and {A \& B}"
    )
    entry = bibtex_entry("misc", "a key, {odd}", fields={"title": "T", "year": ""})
    assert entry == "@misc{a-key-odd,\n  title = {T},\n}\n"


def test_a_broken_citation_file_is_a_sentence(project):
    path = project / "CITATION.cff"
    path.write_text("title: [unclosed\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"CITATION\.cff is not valid YAML"):
        read_citation(project)
    path.write_text("authors: []\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="names no title"):
        read_citation(project)
    path.write_text("title: T\nauthors: Doe\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="authors must be a list; write each after a dash"):
        read_citation(project)


def test_the_doctor_names_what_figures_depend_on(project, monkeypatch):
    monkeypatch.chdir(project)
    (project / "lock.txt").write_text("numpy==0.1\nmatplotlib==0.1 ; sys_platform == 'x'\n")
    (project / "analysis.py").write_text("")
    found = {one.what: one for one in examine(project)}
    assert found["numpy"].problem == "lock.txt has 0.1"
    assert "own" in found["matplotlibrc"].found
    assert found["font DejaVu Sans, normal"].problem == ""
    assert found["FreeType"].found[0].isdigit()
    assert "OPENBLAS_CORETYPE=" in found["notebooks run with"].found
    shadows = [one for one in examine(project) if one.what == "shadow"]
    assert str(project / "analysis.py") in [one.found for one in shadows]
    assert "rename" in shadows[0].line()
    assert any(what.startswith("lexicon ") for what in found)
    assert any(what.startswith("blas") for what in found)
