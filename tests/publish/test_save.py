"""What a saved figure holds, and that it is the same whenever and wherever it is saved."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from analysis.errors import CorpusError, InputError
from analysis.plots.style import figure
from analysis.publish.record import STAGE
from analysis.publish.save import save_figure
from tests.publish.conftest import draw_points, write_sources

FORMS = ("svg", "pdf", "png", "csv")
CAPTION = "Two points & a gap: n = 3, no interval. They show <nothing>."
WORDS = {"caption": CAPTION, "alt": "Two points, the second lower."}


def saved_bytes(root: Path, name: str = "two-points") -> dict[str, bytes]:
    """Return the files of a saved figure by their ending."""
    return {form: (root / "figures" / f"{name}.{form}").read_bytes() for form in FORMS}


def test_five_files_are_written_and_named(project, drawn, table):
    saved = save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    assert sorted(path.name for path in saved.files.values()) == [
        "two-points.csv",
        "two-points.json",
        "two-points.pdf",
        "two-points.png",
        "two-points.svg",
    ]
    assert all(path.is_file() for path in saved.files.values())
    assert not list((project / "figures").rglob(".*"))


def test_the_csv_is_the_plotted_table_rounded(project, drawn, table):
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    assert saved_bytes(project)["csv"] == (
        b"place,position,valence\nfirst-book@0-27,1,0.333333\nsecond-book@0-10,2,0.0\n,3,\n"
    )


def test_every_file_says_what_it_is(project, drawn, table):
    save_figure(
        drawn, "two-points", table=table, root=project, parameters={"k": 8}, seed=7, **WORDS
    )
    files = saved_bytes(project)
    record = json.loads((project / "figures/provenance/two-points.json").read_text("utf-8"))
    digest = record["corpus"]["digest"]
    with Image.open(io.BytesIO(files["png"])) as image:
        png = image.text
        assert image.size == (1051, 656)  # 89 by 55.6 mm at 300 dots an inch, whole dots
    assert png["Title"] == "The second point is lower"
    assert png["Description"] == CAPTION
    svg = files["svg"].decode()
    for said in (svg, png["Source"], files["pdf"].decode("latin-1")):
        assert "two-points" in said
        assert digest in said
        assert '{"k": 8}' in said
        assert "seed: 7" in said
        assert "Two points & a gap" in (said + png["Description"])
    assert "<desc>Two points, the second lower.</desc>" in svg
    assert "Two points &amp; a gap: n = 3, no interval. They show &lt;nothing&gt;." in svg
    assert "Witness, version" in svg
    assert "Witness, version" in png["Comment"]


def test_no_file_holds_a_clock_a_path_or_a_version_of_a_library(project, drawn, table):
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    for form, content in saved_bytes(project).items():
        assert str(project).encode() not in content, form
        assert mpl.__version__.encode() not in content, form
        assert b"CreationDate" not in content
        assert b"<dc:date>" not in content
        assert b"\r" not in content or form in {"png", "pdf"}


def test_the_record_has_the_digests_and_versions(project, drawn, table):
    save_figure(drawn, "two-points", table=table, root=project, parameters={"k": 8}, **WORDS)
    record = json.loads((project / "figures/provenance/two-points.json").read_text("utf-8"))
    assert record["caption"] == CAPTION
    assert record["alt"] == WORDS["alt"]
    assert record["parameters"] == {"k": 8}
    assert record["seed"] is None
    assert record["versions"]["matplotlib"] == mpl.__version__
    assert set(record["corpus"]["documents"]) == {"first-book", "second-book"}
    assert set(record["files"]) == set(FORMS)
    assert record["bibtex"].startswith("@misc{figure-two-points,")
    assert str(project) not in json.dumps(record)


def test_saving_again_gives_the_same_bytes(project, drawn, table):
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    first = saved_bytes(project)
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    assert saved_bytes(project) == first
    again = figure("single")
    draw_points(again.subplots(), table)
    save_figure(again, "two-points", table=table, root=project, **WORDS)
    assert saved_bytes(project) == first


@pytest.mark.slow
def test_the_users_settings_change_nothing(project, drawn, table):
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    first = saved_bytes(project)
    mine = {
        "savefig.bbox": "tight",
        "savefig.dpi": 50,
        "svg.fonttype": "path",
        "svg.hashsalt": None,
        "font.size": 25,
        "axes.facecolor": "red",
        "pdf.compression": 9,
    }
    with mpl.rc_context(mine):
        again = figure("single")
        draw_points(again.subplots(), table)
        save_figure(again, "two-points", table=table, root=project, **WORDS)
    assert saved_bytes(project) == first


SCRIPT = """
import sys
import pandas as pd
sys.path.insert(0, sys.argv[2])
from tests.publish.conftest import draw_points
from analysis.plots.style import figure
from analysis.publish.save import save_figure
table = pd.DataFrame(
    {"place": ["first-book@0-27", "second-book@0-10"], "position": [1, 2], "valence": [0.1, 0.7]}
)
fig = figure("single")
draw_points(fig.subplots(), table)
save_figure(fig, "two-points", table=table, caption="C é “x”.", alt="A", root=sys.argv[1])
"""


@pytest.mark.slow
def test_the_same_bytes_in_another_process_place_and_time(project, tmp_path):
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 40\nsavefig.bbox: tight\nsvg.fonttype: path\n")
    machines = [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "4", "TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8"},
        {"MATPLOTLIBRC": str(settings), "SOURCE_DATE_EPOCH": "1"},
        {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL"},
        {"OPENBLAS_CORETYPE": "SandyBridge"},
        {"OPENBLAS_CORETYPE": "SkylakeX"},
    ]
    seen = []
    for machine in machines:
        subprocess.run(
            [sys.executable, "-c", SCRIPT, project, Path(__file__).parents[2]],
            check=True,
            cwd=tmp_path,
            env={"PATH": "", "HOME": str(tmp_path / "home"), **machine},
        )
        seen.append(saved_bytes(project))
    for machine, files in zip(machines, seen, strict=True):
        assert files == seen[0], machine


def test_a_point_links_to_its_place(project, drawn, table):
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    svg = saved_bytes(project)["svg"].decode()
    assert re.findall(r'xlink:href="(reading-room[^"]*)"', svg) == [
        "reading-room/first-book.html#first-book@0-27",
        "reading-room/second-book.html#second-book@0-10",
    ]
    assert 'target="_top" aria-label="first-book@0-27"' in svg
    assert "_blank" not in svg


def test_no_link_leads_to_a_text_that_is_not_shown(project, drawn, table):
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    with_link = saved_bytes(project)
    write_sources(project / "corpus", publish={"second-book": "counts", "first-book": "excerpt"})
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    svg = saved_bytes(project)["svg"].decode()
    assert re.findall(r'xlink:href="(reading-room[^"]*)"', svg) == [
        "reading-room/first-book.html#first-book@0-27"
    ]
    assert svg.count("<use ") == with_link["svg"].decode().count("<use ")


def test_the_figure_stays_as_it_was(project, drawn, table):
    engine, dpi = drawn.get_layout_engine(), drawn.get_dpi()
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    assert drawn.get_layout_engine() is engine
    assert drawn.get_dpi() == dpi


def test_a_figure_of_pyplot_is_saved_too(project, table):
    from matplotlib import pyplot as plt

    fig, ax = plt.subplots()
    ax.plot([1, 2])
    saved = save_figure(fig, "plain", table=table, root=project, **WORDS)
    plt.close(fig)
    record = json.loads(saved.files["json"].read_text("utf-8"))
    assert record["title"] == "Two points & a gap: n = 3, no interval."


def test_a_stage_receives_the_figures_instead(project, drawn, table, tmp_path, monkeypatch):
    monkeypatch.setenv(STAGE, str(tmp_path / "stage"))
    monkeypatch.chdir(project)
    save_figure(drawn, "two-points", table=table, **WORDS)
    assert (tmp_path / "stage/two-points.svg").is_file()
    assert not (project / "figures").exists()


def test_an_interrupted_run_leaves_the_old_figure(project, drawn, table, monkeypatch):
    save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    before = saved_bytes(project)
    table = table.assign(valence=[9.0, 9.0, 9.0])

    def stop(*_args, **_settings):
        raise KeyboardInterrupt

    # However far the drawing comes, nothing is written before all of it is there.
    monkeypatch.setattr("analysis.publish.save.make_record", stop)
    with pytest.raises(KeyboardInterrupt):
        save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    assert saved_bytes(project) == before


@pytest.mark.parametrize(
    "name", ["", "Two", "a b", "../a", "a/b", ".a", "a-", "a--b", "a.svg", "ä", 3]
)
def test_a_name_that_cannot_name_files_is_refused(project, drawn, table, name):
    with pytest.raises(InputError, match="cannot name a figure's files"):
        save_figure(drawn, name, table=table, root=project, **WORDS)
    assert not (project / "figures").exists()


@pytest.mark.parametrize("what", ["caption", "alt"])
@pytest.mark.parametrize("text", ["", " \n", None])
def test_an_empty_caption_or_alt_is_refused(project, drawn, table, what, text):
    with pytest.raises(InputError, match=f"empty {what}"):
        save_figure(drawn, "two-points", table=table, root=project, **{**WORDS, what: text})


def test_axes_instead_of_a_figure_are_refused(project, drawn, table):
    with pytest.raises(InputError, match="takes a Figure, not a Axes"):
        save_figure(drawn.axes[0], "two-points", table=table, root=project, **WORDS)


def test_no_project_here_is_a_sentence(tmp_path, drawn, table):
    with pytest.raises(CorpusError, match=r"no corpus/sources\.toml"):
        save_figure(drawn, "two-points", table=table, root=tmp_path, **WORDS)


def test_parameters_of_a_machine_or_of_no_kind_are_refused(project, drawn, table):
    for parameters in ({"path": Path("/tmp")}, {"f": print}):
        with pytest.raises(InputError, match="parameter"):
            save_figure(
                drawn, "two-points", table=table, root=project, parameters=parameters, **WORDS
            )


def test_parameters_of_numpy_and_pandas_are_plain(project, drawn, table):
    parameters = {
        "k": np.int64(3),
        "x": np.float64("nan"),
        "many": np.array([1.5, 2.5]),
        "terms": pd.Series(["a", "b"]),
        "voices": frozenset({"other", "author"}),
    }
    saved = save_figure(
        drawn, "two-points", table=table, root=project, parameters=parameters, **WORDS
    )
    record = json.loads(saved.files["json"].read_text("utf-8"))
    assert record["parameters"] == {
        "k": 3,
        "x": None,
        "many": [1.5, 2.5],
        "terms": ["a", "b"],
        "voices": ["author", "other"],
    }


def test_the_authors_of_the_project_are_in_the_files(project, drawn, table):
    (project / "CITATION.cff").write_text(
        "cff-version: 1.2.0\ntitle: Our Project\nversion: 2.1\ndate-released: 2025-03-04\n"
        "authors:\n  - family-names: Doe\n    given-names: Jane\n  - name: A & B Society\n",
        encoding="utf-8",
    )
    saved = save_figure(drawn, "two-points", table=table, root=project, **WORDS)
    record = json.loads(saved.files["json"].read_text("utf-8"))
    assert "author = {Doe, Jane and {A \\& B Society}}" in record["bibtex"]
    assert "year = {2025}" in record["bibtex"]
    with Image.open(saved.files["png"]) as image:
        assert image.text["Author"] == "Doe, Jane; A & B Society"
        assert "Our Project, version 2.1" in image.text["Comment"]


def test_a_figure_that_cannot_be_read_at_its_size_gets_remarks(project, table):
    fig = Figure(figsize=(3.5, 2))
    ax = fig.subplots()
    ax.text(0.5, 0.5, "here and there", fontsize=9)
    ax.text(0.52, 0.5, "over it", fontsize=9)
    ax.set_title("A title that is much longer than the figure is wide, at fourteen", fontsize=14)
    ax.text(0.1, 0.1, "tiny", fontsize=5)
    remarks = save_figure(fig, "bad", table=table, root=project, **WORDS).remarks
    assert "“tiny” is 5.0 points high, under 7" in remarks
    assert "“A title that is much longer th…” reaches over the edge" in remarks
    assert "“here and there” and “over it” lie over each other" in remarks
    assert len(remarks) == 3


def test_a_figure_of_the_house_gets_no_remarks(project, drawn, table):
    assert save_figure(drawn, "two-points", table=table, root=project, **WORDS).remarks == ()


def test_each_line_of_a_title_and_turned_text_is_looked_at(project, table):
    fig = Figure(figsize=(3.5, 2), layout="constrained")
    ax = fig.subplots()
    ax.set_title("short\na second line that is much too long for a figure of one column, is it not")
    ax.set_ylabel("a label of the vertical axis that is too long for it", fontsize=9)
    ax.text(0.5, 0.5, "upright", rotation=90)
    ax.text(0.5, 0.6, "aslant", rotation=45)
    remarks = save_figure(fig, "bad", table=table, root=project, **WORDS).remarks
    assert remarks == (
        "“a label of the vertical axis t…” reaches over the edge",
        "“a second line that is much too…” reaches over the edge",
    )


def test_a_notebook_shows_the_picture_and_the_caption_as_it_is(project, drawn, table, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *args, **named: shown.append(args[0]))
    words = {**WORDS, "caption": "A *star*, 5 $ and <i>."}
    saved = save_figure(drawn, "two-points", table=table, root=project, **words)
    saved._ipython_display_()
    picture, caption = shown
    assert picture["image/png"] == saved_bytes(project)["png"]
    assert picture["text/plain"] == f"two-points: {WORDS['alt']}"
    assert r"A \*star\*, 5 \$ and \<i\>." in caption.data
    assert "[SVG](../figures/two-points.svg)" in caption.data
    assert "png=" not in repr(saved)
