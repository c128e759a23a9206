"""What is made again and what is not; each change is found by its name."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.errors import CorpusError, InputError
from analysis.publish import digests, imports
from analysis.publish.cite import cite
from analysis.publish.figures import make_figures
from analysis.publish.notebooks import NotebookError
from analysis.publish.plan import plan
from analysis.publish.status import figure_status
from analysis.publish.verify import verify_figures
from tests.publish.conftest import add_notebooks, make_project, write_sources

pytestmark = pytest.mark.slow  # every one runs notebooks


SECOND = """
an.save_figure(fig, "more", table=table, caption="The same again. n = 2.", alt="Two points.")
"""


@pytest.fixture(scope="module")
def made_once(tmp_path_factory) -> Path:
    """Return a project whose figures were made; do not change it."""
    root = add_notebooks(make_project(tmp_path_factory.mktemp("made") / "project"))
    made = make_figures(root)
    assert {one.name: one.outcome for one in made.figures} == {"points": "new", "valence": "new"}
    return root


@pytest.fixture
def made(made_once, tmp_path) -> Path:
    """Return a copy of the project as if it had been made there."""
    root = tmp_path / "project"
    shutil.copytree(made_once, root)
    state = root / ".witness" / "made.json"
    here = json.loads(state.read_text())
    state.write_text(json.dumps({**here, "place": str(root)}))
    return root


def reasons(root: Path) -> dict[str, tuple[str, ...]]:
    """Return why each notebook has to run."""
    return {one.path.stem: one.reasons for one in plan(root)}


def stale(root: Path) -> dict[str, str]:
    """Return the reason of each stale figure, the reading room left out."""
    figures = [one for one in figure_status(root).figures if one.name != "reading-room"]
    return {one.name: one.reason() for one in figures if not one.fresh}


def edit(path: Path, *, old: str, new: str) -> None:
    """Replace a part of a text file that stands in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_to_do_is_quick_and_says_so(made):
    assert reasons(made) == {"00-points": (), "01-valence": ()}
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()}
    start = time.process_time()
    again = make_figures(made)
    assert time.process_time() - start < 2
    assert again.lines() == ["2 figures up to date in figures/."]
    assert {path: path.stat().st_mtime_ns for path in made.rglob("*") if path.is_file()} == before
    assert figure_status(made).exit_code == 0
    assert figure_status(made).lines() == [
        "points: fresh",
        "valence: fresh",
        "reading-room: fresh",
    ]


def test_records_hold_no_path_and_name_all_inputs(made):
    for path in (made / "figures").rglob("*"):
        if path.is_file():
            assert str(made).encode() not in path.read_bytes()
    record = json.loads((made / "figures/provenance/valence.json").read_text("utf-8"))
    assert record["notebook"]["path"] == "notebooks/01-valence.py"
    assert list(record["corpus"]["resources"]) == ["corpus/lexicons/mine.csv"]
    assert "analysis.sentiment.lexicons" in record["modules"]
    assert {"python", "matplotlib", "pandas", "numpy"} <= set(record["versions"])
    points = json.loads((made / "figures/provenance/points.json").read_text("utf-8"))
    assert points["corpus"]["resources"] == {}
    assert "analysis.sentiment.lexicons" not in points["modules"]
    assert "analysis.edition.corpus" in points["modules"]


def test_another_place_is_a_new_clone(made, tmp_path):
    clone = shutil.copytree(made, tmp_path / "clone")
    assert set(reasons(clone).values()) == {("not made here yet",)}
    assert figure_status(clone).exit_code == 0


def test_a_character_of_a_text_with_its_new_digest(made):
    edit(made / "corpus/texts/second-book.txt", old="Rain fell", new="Rain fall")
    write_sources(made / "corpus")
    told = stale(made)
    assert set(told) == {"points", "valence"}
    for reason in told.values():
        assert "text second-book (corpus/texts/second-book.txt) changed: passage second-book@" in (
            reason
        )
        assert "changed by 1 word" in reason
        assert "first-book" not in reason


def test_a_character_of_a_text_without_its_digest(made):
    edit(made / "corpus/texts/second-book.txt", old="Rain fell", new="Rain fall")
    for reason in stale(made).values():
        assert "text second-book changed" in reason
        assert "no longer fits its digest" in reason
        assert "changed by 1 word" in reason
    for run in (make_figures, cite):
        with pytest.raises(CorpusError, match=r"text second-book changed: .* in corpus/sources"):
            run(made)
    checked = verify_figures(made)
    assert checked.exit_code == 1
    assert len(checked.lines()) == 3
    assert all("second-book" in line for line in checked.lines()[:2])


def test_a_text_that_is_gone(made):
    (made / "corpus/texts/second-book.txt").unlink()
    assert all("corpus/texts/second-book.txt is missing" in one for one in stale(made).values())


def test_a_correction_that_is_added(made):
    folder = made / "corpus" / "corrections"
    folder.mkdir()
    (folder / "first-book.csv").write_text(
        "char_start,char_end,before,after,reason\n4,7,sun,moon,for the test\n"
    )
    for reason in stale(made).values():
        assert reason.startswith(
            "corrections of first-book (corpus/corrections/first-book.csv) was added: "
            "passage first-book@0-"
        )
        assert reason.endswith("changed by 1 word")


def test_a_parameter_of_a_notebook(made):
    edit(made / "notebooks/00-points.py", old="size = 9", new="size = 16")
    assert stale(made) == {"points": "parameter size 9 -> 16 in notebooks/00-points.py"}
    edit(made / "notebooks/00-points.py", old='"n_tokens": 150', new='"n_tokens": 90')
    assert (
        "parameter save_figure(parameters) {'n_tokens': 150} -> {'n_tokens': 90}"
        in (stale(made)["points"])
    )


def test_who_cites_a_stale_figure_is_told(made, monkeypatch, capsys):
    monkeypatch.chdir(made)
    assert main(["cite", "points", "--format", "bibtex"]) == 0
    fresh = capsys.readouterr()
    assert fresh.err == ""
    edit(made / "notebooks/00-points.py", old="size = 9", new="size = 16")
    assert main(["cite", "points", "--format", "bibtex"]) == 0
    told = capsys.readouterr()
    assert told.out == fresh.out
    assert told.err.startswith("points: stale: parameter size 9 -> 16")
    assert "witness figures points before you cite it." in told.err


def test_the_words_of_a_notebook(made):
    edit(made / "notebooks/00-points.py", old="How long", new="How very long")
    assert stale(made) == {"points": "notebook notebooks/00-points.py changed"}


def test_a_module_that_a_notebook_imports_and_one_that_it_does_not(made, tmp_path, monkeypatch):
    package = shutil.copytree(
        imports._PACKAGE_FOLDER, tmp_path / "analysis", ignore=shutil.ignore_patterns("*.pyc")
    )
    monkeypatch.setattr(imports, "_PACKAGE_FOLDER", package)
    assert stale(made) == {}
    with (package / "sentiment" / "lexicon_tables.py").open("a") as module:
        module.write("# changed\n")
    assert stale(made) == {"valence": "module analysis.sentiment.lexicon_tables changed"}
    with (package / "sentiment" / "lexicon_files" / "bing.csv").open("a") as lexicon:
        lexicon.write("new,1\n")
    assert stale(made)["valence"].endswith(
        "lexicon bing (analysis/sentiment/lexicon_files/bing.csv) changed"
    )
    with (package / "topics" / "__init__.py").open("a") as module:
        module.write("# changed\n")
    assert set(stale(made)) == {"valence"}
    with (package / "edition" / "corpus.py").open("a") as module:
        module.write("# changed\n")
    assert stale(made)["points"] == "module analysis.edition.corpus changed"


def test_a_lexicon_concerns_who_reads_it(made):
    edit(made / "corpus/lexicons/mine.csv", old="bad,-1", new="bad,-2")
    assert stale(made) == {"valence": "lexicon mine (corpus/lexicons/mine.csv) changed"}
    (made / "corpus/lexicons/yours.csv").write_text("term,valence\na,1\n")
    assert "lexicon yours (corpus/lexicons/yours.csv) was added" in stale(made)["valence"]
    assert reasons(made)["00-points"] == ()


def test_a_package_of_another_version(made, monkeypatch):
    true = digests.metadata.version
    monkeypatch.setattr(
        digests.metadata, "version", lambda name: "9.0" if name == "pillow" else true(name)
    )
    for reason in stale(made).values():
        assert reason == f"pillow {true('pillow')} -> 9.0"


@pytest.mark.parametrize("form", ["csv", "svg", "png", "pdf"])
def test_a_file_that_is_edited_or_deleted(made, form):
    path = made / "figures" / f"points.{form}"
    path.write_bytes(path.read_bytes() + b"\n")
    assert stale(made) == {"points": f"points.{form} edited by hand: every input unchanged"}
    assert reasons(made)["00-points"] == (f"figures/points.{form} was edited by hand",)
    path.unlink()
    assert stale(made) == {"points": f"points.{form} is missing: every input unchanged"}
    assert reasons(made)["00-points"] == (f"figures/points.{form} is missing",)
    assert reasons(made)["01-valence"] == ()


def test_a_page_of_the_reading_room_that_is_edited_or_deleted(made):
    page = made / "figures/reading-room/first-book.html"
    before = page.read_bytes()
    page.write_bytes(before.replace(b"rose", b"sank"))
    (made / "figures/reading-room/index.html").unlink()
    assert figure_status(made).of("reading-room").reason() == (
        "first-book.html edited by hand, index.html is missing: every input unchanged"
    )
    assert stale(made) == {}
    again = make_figures(made)
    assert sorted(again.pages) == ["first-book.html", "index.html"]
    assert page.read_bytes() == before
    assert figure_status(made).exit_code == 0


def test_figures_that_are_not_made_by_a_notebook(made):
    record = made / "figures/provenance/points.json"
    content = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps({**content, "notebook": None}))
    assert stale(made) == {"points": "saved by hand, not by `witness figures`"}
    (made / "notebooks/01-valence.py").unlink()
    assert stale(made)["valence"] == "notebooks/01-valence.py, which made it, is gone"
    record.unlink()
    assert stale(made)["points"] == "not made yet"


def test_an_unknown_name_is_refused_with_those_there_are(made):
    for run in (make_figures, verify_figures):
        with pytest.raises(InputError, match=r"'nothing'; the figures are: points, valence"):
            run(made, ["nothing"])


@pytest.mark.slow
def test_what_was_edited_or_deleted_is_mended(made):
    csv, png = made / "figures/points.csv", made / "figures/points.png"
    before = {path: path.read_bytes() for path in (csv, png)}
    csv.write_bytes(b"place\n")
    png.unlink()
    again = make_figures(made)
    assert [(one.name, one.outcome) for one in again.figures] == [("points", "mended")]
    assert {path: path.read_bytes() for path in (csv, png)} == before
    assert reasons(made) == {"00-points": (), "01-valence": ()}


@pytest.mark.slow
def test_a_notebook_that_fails_changes_nothing(made):
    edit(made / "notebooks/00-points.py", old="seed=3,\n)", new="seed=3,\n)\n1 / 0")
    before = {path: path.read_bytes() for path in (made / "figures").rglob("*") if path.is_file()}
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        make_figures(made)
    after = {path: path.read_bytes() for path in (made / "figures").rglob("*") if path.is_file()}
    assert after == before


def test_a_notebook_that_may_not_be_written_keeps_its_figures_as_they_were(made):
    edit(made / "notebooks/00-points.py", old="size = 9", new="size = 4")
    before = digests_of(made / "figures")
    (made / "notebooks/00-points.ipynb").chmod(0o444)
    with pytest.raises(InputError, match=r"00-points\.ipynb is write-protected"):
        make_figures(made)
    assert digests_of(made / "figures") == before


def test_two_notebooks_that_save_a_figure_of_one_name_are_refused(made):
    edit(made / "notebooks/01-valence.py", old='"valence", table', new='"points", table')
    with pytest.raises(InputError, match=r"00-points.py and .*01-valence.py both save .*'points'"):
        plan(made)


@pytest.mark.slow
def test_a_figure_that_its_notebook_makes_no_more_is_removed(made):
    edit(made / "notebooks/00-points.py", old='"points"', new='"dots"')
    again = make_figures(made)
    outcomes = {one.name: one.outcome for one in again.figures}
    assert outcomes == {"dots": "new", "points": "removed"}
    assert not list((made / "figures").rglob("points.*"))
    assert figure_status(made).exit_code == 0


def test_a_new_caption_draws_its_figure_alone(made):
    edit(made / "notebooks/00-points.py", old="seed=3,\n)", new="seed=3,\n)\n" + SECOND)
    make_figures(made)
    before = digests_of(made / "figures")
    edit(made / "notebooks/00-points.py", old="Words by passage.", new="Words of each passage.")
    assert plan(made)[0].reworded
    again = make_figures(made)
    outcomes = {one.name: one.outcome for one in again.figures}
    assert outcomes == {"points": "changed", "more": "identical"}
    assert again.pages == ("index.html",)
    assert "not drawn again" in again.lines()[0]
    after = digests_of(made / "figures")
    changed = {name for name in after if after[name] != before[name]}
    assert {name for name in changed if not name.startswith("provenance/")} == {
        "points.svg",
        "points.pdf",
        "points.png",
        "reading-room/index.html",
    }
    assert figure_status(made).exit_code == 0
    assert verify_figures(made).exit_code == 0


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("notebooks/00-points.py", "size = 9", "size = 8"),
        ("corpus/texts/first-book.txt", "sun", "son"),
    ],
)
def test_with_a_new_caption_and_more_all_is_drawn(made, path, old, new):
    edit(made / "notebooks/00-points.py", old="Words by passage.", new="Words of each passage.")
    edit(made / path, old=old, new=new)
    assert not plan(made)[0].reworded


def test_figures_that_are_not_those_made_here_are_all_drawn(made):
    edit(made / "notebooks/00-points.py", old="Words by passage.", new="Words of each passage.")
    (made / "notebooks/00-points.ipynb").write_text("{}")
    assert plan(made)[0].reworded
    record = made / "figures/provenance/points.json"
    record.write_text(record.read_text() + " ")
    assert not plan(made)[0].reworded


def test_who_asks_for_a_figure_gets_it_drawn(made):
    edit(made / "notebooks/00-points.py", old="Words by passage.", new="Words of each passage.")
    assert not any(one.reworded for one in plan(made, force=True))


KEEPING = """# %%
from pathlib import Path

import pandas as pd

import analysis as an
from analysis.kept import Likeness, kept
from analysis.plots.style import figure

likeness = Likeness(says="their distance is", measure=lambda one, other: -1.0, bound=BOUND)
words = kept(
    lambda: (Path("answer.txt").read_text(), "twice"),
    key="words",
    folder="notebooks/fits",
    classes={},
    likeness=likeness,
)
fig = figure("single")
fig.subplots().bar(words, [1, 2])
table = pd.DataFrame({"words": list(words)})
an.save_figure(fig, "kept", table=table, caption="Words. n = 2.", alt="Two bars.")
"""


@pytest.mark.slow
def test_kept_results_spare_work_and_are_not_trusted_by_verify(made):
    notebook, kept = made / "notebooks/02-keeping.py", made / "notebooks/fits/words.zip"
    notebook.write_text(KEEPING.replace("BOUND", "-2"))
    answer = made / "answer.txt"
    answer.write_text("new")
    make_figures(made, ["02-keeping"])
    before, drawn = kept.read_bytes(), (made / "figures/kept.png").read_bytes()
    answer.write_text("newer")
    make_figures(made, ["02-keeping"], force=True)
    assert (made / "figures/kept.png").read_bytes() == drawn
    found = verify_figures(made, ["kept"])
    assert (found.exit_code, found.notes) == (1, ())
    assert "data differ" in found.lines()[0]
    assert kept.read_bytes() == before
    answer.write_text("new")
    assert verify_figures(made, ["kept"]).exit_code == 0


@pytest.mark.slow
def test_a_result_kept_by_another_kind_of_machine_need_only_be_like_it(made):
    notebook, kept = made / "notebooks/02-keeping.py", made / "notebooks/fits/words.zip"
    notebook.write_text(KEEPING.replace("BOUND", "-2"))
    answer = made / "answer.txt"
    answer.write_text("new")
    make_figures(made, ["02-keeping"])
    with zipfile.ZipFile(kept, "a") as archive:
        archive.comment = b"abacus"
    answer.write_text("newer")
    here = platform.machine()
    told = f"words was made on abacus; made anew on {here}, their distance is -1.000"
    found = verify_figures(made, ["kept"])
    assert found.exit_code == 0
    assert found.lines()[-2] == f"{told} (at least -2)."
    notebook.write_text(KEEPING.replace("BOUND", "0"))
    make_figures(made, ["02-keeping"])
    found = verify_figures(made, ["kept"])
    assert found.exit_code == 1
    assert found.lines()[-2] == f"{told} (less than 0)."


@pytest.mark.slow
def test_verify_proves_and_finds(made):
    proved = verify_figures(made)
    assert proved.lines() == ["2 of 2 figures made again are identical."]
    assert proved.exit_code == 0
    svg = made / "figures/points.svg"
    svg.write_bytes(svg.read_bytes().replace(b"Passages have words</text>", b"Words</text>"))
    csv = made / "figures/valence.csv"
    csv.write_bytes(csv.read_bytes().replace(b"1.0", b"2.0", 1))
    found = verify_figures(made)
    assert found.exit_code == 1
    assert found.lines() == [
        "points: points.svg edited by hand: every input unchanged, data identical",
        "valence: valence.csv edited by hand: every input unchanged, data differ",
        "0 of 2 figures made again are identical.",
    ]
    (made / "figures/points.png").unlink()
    pdf = made / "figures/valence.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"%\n")
    csv.write_bytes(csv.read_bytes().replace(b"2.0", b"1.0", 1))
    assert verify_figures(made, ["valence"]).lines()[0] == (
        "valence: valence.pdf edited by hand: every input unchanged, data and drawing identical"
    )


@pytest.mark.slow
def test_verify_names_the_input_that_changed(made):
    record = made / "figures/provenance/points.json"
    content = json.loads(record.read_text("utf-8"))
    version = content["versions"]["matplotlib"]
    content["versions"]["matplotlib"] = "3.0.1"
    record.write_text(json.dumps(content))
    checked = verify_figures(made, ["points"])
    assert checked.exit_code == 0
    assert checked.lines()[0] == (
        f"points: matplotlib 3.0.1 -> {version}, data, drawing and files identical"
    )
    record.write_text(json.dumps({**content, "caption": "Mine."}))
    assert verify_figures(made, ["points"]).exit_code == 1
    edit(made / "notebooks/00-points.py", old="size = 9", new="size = 16")
    edit(made / "corpus/texts/first-book.txt", old="sun", new="son")
    write_sources(made / "corpus")
    checked = verify_figures(made)
    assert checked.exit_code == 1
    points, room, valence, _ = checked.lines()
    assert room == "reading-room: texts, figures or templates changed, pages differ"
    assert points.startswith("points: text first-book (corpus/texts/first-book.txt) changed: ")
    assert "parameter size 9 -> 16" in points
    assert points.endswith("data identical")
    assert valence.startswith("valence: text first-book")
    assert valence.endswith("data and drawing identical")
    edit(made / "notebooks/00-points.py", old='"points"', new='"dots"')
    checked = {one.name: one for one in verify_figures(made).figures}
    assert checked["points"].level == "not made"
    assert checked["dots"].reason == "not made yet"


def digests_of(folder: Path) -> dict[str, str]:
    """Return the digests of the files of a folder, but for clock, commit and machine."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if path.parent.name == "provenance" and "." not in path.stem:
            record = json.loads(content)
            content = json.dumps({**record, "made": None}).encode()
        found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


MAKE = """
import sys
from pathlib import Path
from analysis.publish.cite import cite
from analysis.publish.figures import make_figures
make_figures(Path(sys.argv[1]), jobs=int(sys.argv[2]))
"""


@pytest.mark.slow
def test_two_clones_and_any_settings_make_the_same(made, tmp_path):
    expected = digests_of(made / "figures") | digests_of(made / "notebooks")
    rc = tmp_path / "matplotlibrc"
    rc.write_text("font.family: monospace\nfont.size: 30\nsavefig.bbox: tight\n")
    machines = [
        {"TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "9"},
        {"MATPLOTLIBRC": str(rc), "OMP_NUM_THREADS": "2", "OPENBLAS_CORETYPE": "SkylakeX"},
        {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4", "TOMOTOPY_ISA": "avx2"},
    ]
    for number, machine in enumerate(machines):
        clone = tmp_path / f"clone {number}"
        shutil.copytree(
            made, clone, ignore=shutil.ignore_patterns("figures", ".witness", "*.ipynb")
        )
        shutil.copy(rc, clone)
        subprocess.run(
            [sys.executable, "-c", MAKE, clone, str(number % 2 + 1)],
            check=True,
            env={**os.environ, **machine},
            umask=0o077 if number else 0o022,
        )
        assert digests_of(clone / "figures") | digests_of(clone / "notebooks") == expected, machine


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_run_that_is_killed_leaves_no_broken_file(made):
    expected = digests_of(made / "figures")
    chance = random.Random(4)
    for number in range(20):
        size = number % 3 + 5
        path = made / "notebooks/00-points.py"
        source = path.read_text("utf-8")
        path.write_text(
            source.replace(source[source.index("size = ") :].split("\n")[0], f"size = {size}")
        )
        run = subprocess.Popen([sys.executable, "-c", MAKE, made, "2"])
        time.sleep(chance.uniform(0.2, 9.0))
        run.send_signal(signal.SIGKILL)
        run.wait()
        for name in expected:
            path = made / "figures" / name
            assert path.stat().st_size > 100 or path.suffix == ".csv"
            if path.suffix == ".png":
                assert path.read_bytes().endswith(b"IEND\xaeB`\x82")
            if path.suffix == ".svg":
                assert path.read_bytes().endswith(b"</svg>\n")
            if path.suffix == ".pdf":
                assert path.read_bytes().rstrip().endswith(b"%%EOF")
            if path.suffix == ".json":
                json.loads(path.read_text("utf-8"))
    make_figures(made)
    assert verify_figures(made).exit_code == 0
    assert not [path for path in made.rglob(".*.tmp") if time.time() - path.stat().st_mtime > 6]
