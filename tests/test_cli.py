"""The command line: what each command prints, and one clear sentence for each mistake."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.cli import main
from analysis.tables import SCHEMAS

Run = Callable[..., tuple[int, str, str]]
Make = Callable[..., Path]
RAW = "It was tbe end. “Come to the town,” said Lenin.\n\nCHAPTER II\n\nNobody came to the town.\n"
CORRECTIONS = {"one": [("tbe", "the")]}
OVERRIDES = {"one": [("Nobody came to the town.", "layer", "blockquote")]}


@pytest.fixture
def folder(tmp_path: Path, make_corpus: Make) -> Path:
    return make_corpus(
        tmp_path / "corpus", {"one": RAW}, corrections=CORRECTIONS, overrides=OVERRIDES
    )


def snapshot(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def one_sentence(error: str) -> str:
    """Return what was said, which is one line that names the command."""
    assert error.startswith("witness: ")
    assert error.endswith(".\n")
    assert error.count("\n") == 1
    return error


# What is wrong with the corpus: how it got so, and what is said.
DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing text file": (
        lambda f: (f / "texts" / "one.txt").unlink(),
        "The text of 'one', {f}/texts/one.txt is not there; restore it or mend its path",
    ),
    "wrong digest": (
        lambda f: changed(f / "texts" / "one.txt", "Nobody", "Somebody"),
        "{f}/texts/one.txt is not the file that sources.toml describes: its sha256 is",
    ),
    "not UTF-8": (
        lambda f: (f / "texts" / "one.txt").write_bytes(b"It was t\xe9 end.\n"),
        "{f}/texts/one.txt is not UTF-8 (line 1, byte 8); save it as UTF-8",
    ),
    "empty text": (
        lambda f: (f / "texts" / "one.txt").write_bytes(b"\xef\xbb\xbf \r\n"),
        "{f}/texts/one.txt is empty; put the text of 'one' there",
    ),
    "unknown profile": (
        lambda f: changed(f / "sources.toml", "plain-text", "plane-text"),
        "source 'one' has the unknown profile 'plane-text'; use ocr-book",
    ),
    "duplicate id": (
        lambda f: (f / "sources.toml").write_bytes((f / "sources.toml").read_bytes() * 2),
        "has the id 'one' twice; every text has its own",
    ),
    "path above the corpus": (
        lambda f: changed(f / "sources.toml", "texts/one.txt", "../one.txt"),
        "the path '../one.txt' leads out of the corpus folder; copy the file into it",
    ),
    "absolute path": (
        lambda f: changed(f / "sources.toml", "texts/one.txt", "/etc/hosts"),
        "the path '/etc/hosts' leads out of the corpus folder",
    ),
    "override that begins otherwise": (
        lambda f: changed(f / "overrides" / "one.csv", "Nobody", "Anybody"),
        "one.csv, line 2: the override no longer applies: 'Anybody came to the town.' does",
    ),
    "override of no block": (
        lambda f: changed(f / "overrides" / "one.csv", "61,85,", "61,80,"),
        "one.csv, line 2: the override of layer no longer applies: 61-80",
    ),
    "override of an unknown layer": (
        lambda f: changed(f / "overrides" / "one.csv", "blockquote", "quotation"),
        "unknown layer 'quotation'; use title, heading",
    ),
    "override of an unknown field": (
        lambda f: changed(f / "overrides" / "one.csv", ",layer,", ",colour,"),
        "unknown field 'colour'; use layer, voice, speaker, continues, section",
    ),
    "correction whose before is not there": (
        lambda f: changed(f / "corrections" / "one.csv", "tbe", "tbc"),
        "one.csv, line 2: 'tbc' does not stand at 7-10, but 'tbe'; mend the offsets",
    ),
    "correction with a comma too many": (
        lambda f: changed(f / "corrections" / "one.csv", "seen", "seen, and read"),
        "one.csv, line 2 has not 5 values; put commas in quotation marks",
    ),
    "corrections that overlap": (
        lambda f: changed(f / "corrections" / "one.csv", "seen\n", "seen\n8,9,b,h,seen\n"),
        "one.csv: the corrections at 7 and 8 overlap; make them one",
    ),
    "correction over the end of a block": (
        lambda f: changed(f / "corrections" / "one.csv", "seen\n", 'seen\n47,49,"\n\n",!,seen\n'),
        "reaches over the end of a block",
    ),
    "correction with a line end that is not there": (
        lambda f: changed(f / "corrections" / "one.csv", "7,10,tbe", '7,10,"t\ne"'),
        "one.csv, line 2: 't\\ne' does not stand at 7-10, but 'tbe'",
    ),
    "list of corrections with other columns": (
        lambda f: changed(f / "corrections" / "one.csv", "before,after", "wrong,right"),
        "must have the columns char_start,char_end,before,after,reason in its first line",
    ),
    "invalid TOML": (
        lambda f: changed(f / "sources.toml", "id = 'one'", "id = one"),
        "sources.toml is not valid TOML: ",
    ),
    "missing key": (
        lambda f: changed(f / "sources.toml", "title =", "titel ="),
        "source 'one' has no title; add it",
    ),
    "unknown key": (
        lambda f: changed(f / "sources.toml", "title =", "genr = 'memoir'\ntitle ="),
        "source 'one' has the unknown key 'genr'; keys are abbreviations, author",
    ),
    "link that leads out": (
        lambda f: (
            (f / "texts" / "one.txt").rename(f.parent / "one.txt")
            and (f / "texts" / "one.txt").symlink_to(f.parent / "one.txt")
        ),
        "the path 'texts/one.txt' leads out of the corpus folder; copy the file into it",
    ),
    "no source": (
        lambda f: (f / "sources.toml").write_text("# nothing yet\n", encoding="utf-8"),
        "names no source; write one [[source]] for each text",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_corpus_is_told_and_nothing_is_written(
    witness: Run, folder: Path, tmp_path: Path, name: str
) -> None:
    damage, said = DAMAGE[name]
    damage(folder)
    before = snapshot(tmp_path)
    output = tmp_path / "tokens.csv"
    code, out, error = witness("export", "tokens", "--corpus", folder, "-o", output)
    assert (code, out) == (2, "")
    assert said.replace("{f}", str(folder.resolve())) in one_sentence(error)
    assert snapshot(tmp_path) == before
    assert witness("check", "--corpus", folder) == (code, out, error)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "dates.csv",
            "doc_id,char_start,char_end,begins,date_earliest,date_latest,reason\n"
            "won,0,5,It was,1920,1920,seen\n",
            "dates.csv, line 2: there is no text 'won'; the corpus has one",
        ),
        ("persons.toml", "[[person]]\nid = 'otto'\n", "person 'otto' has no name; add it"),
    ],
)
def test_check_reads_the_lists_that_only_notebooks_need(
    witness: Run, folder: Path, name: str, content: str, said: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    code, out, error = witness("check", "--corpus", folder)
    assert (code, out) == (2, "")
    assert said in one_sentence(error)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "words"], "There is no table 'words' to export; use one of documents, blocks"),
        (["export", "tokens", "--format", "xlsx"], "There is no format 'xlsx'; use csv, jsonl"),
        (["export", "tokens", "-o", "{t}/none/tokens.csv"], "There is no folder {t}/none; make"),
        (["export", "tokens", "-o", "{t}"], "{t} is a folder; name a file in it"),
        (
            ["export", "tokens", "-o", "{t}/corpus/sources.toml/x"],
            "There is no folder {t}/corpus/s",
        ),
        (
            ["export", "tokens", "-o", "{t}/protected.csv"],
            "protected.csv is write-protected; make it writable",
        ),
        (["kwic", ""], "The term is empty; give a word, such as 'terror' or 'terror*'"),
        (["kwic", "end", "--window", "-1"], "The window is -1; give a number of words from 0"),
        (["kwic", "end", "--voice", "Lenin"], "There is no voice 'Lenin'; use one of author"),
        (["show", "one:0009"], "one has no passage one:0009; it has 2"),
        (["show", "two@3"], "There is no text 'two' in this corpus; it has one"),
        (["show", "one@900"], "The place one@900 is not in one, which has 86 characters"),
        (["show", "somewhere"], "'somewhere' is neither a passage id (doc-id:0007) nor a place"),
    ],
)
def test_a_mistake_in_the_command_is_told_and_nothing_is_written(
    witness: Run, folder: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    protected = tmp_path / "protected.csv"
    protected.write_bytes(b"old")
    protected.chmod(0o444)
    before = snapshot(tmp_path)
    given = [argument.replace("{t}", str(tmp_path)) for argument in arguments]
    code, out, error = witness(*given, "--corpus", folder)
    assert (code, out) == (2, "")
    assert said.replace("{t}", str(tmp_path)) in one_sentence(error)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "The corpus folder {t}/nowhere is not there; mend its path"),
        ("corpus/sources.toml", "{t}/corpus/sources.toml is a file; name the corpus folder"),
        ("corpus/texts", "The folder {t}/corpus/texts holds no sources.toml; name the folder"),
    ],
)
def test_a_folder_that_is_no_corpus_is_told(
    witness: Run, folder: Path, tmp_path: Path, name: str, said: str
) -> None:
    code, out, error = witness("check", "--corpus", tmp_path / name)
    assert (code, out) == (2, "")
    assert said.replace("{t}", str(tmp_path)) in one_sentence(error)


def test_outside_a_project_it_is_told(
    witness: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, error = witness("check")
    assert code == 2
    assert "go to a project's folder, or name a corpus folder with --corpus" in one_sentence(error)


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["export"], ["kwic", "a", "--window", "x"]])
def test_a_command_that_is_none_shows_the_usage(
    witness: Run, arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        witness(*arguments)
    assert ended.value.code == 2
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("usage: witness")


def test_check_of_the_project_finds_nothing_lost(witness: Run, corpus: object) -> None:
    code, out, error = witness("check", "--corpus", corpus.folder)
    assert (code, error) == (0, "")
    lines = out.splitlines()
    assert lines[0] == (
        "Digests are right: rosmer-moscow (32091 characters), serge-memoirs (45892 characters), "
        "serge-lenin-stalin (144555 characters)."
    )
    assert lines[-1].startswith("Nothing is lost: ")
    assert any(line.split()[:3] == ["serge-memoirs", "editor_note", "editor"] for line in lines)


def test_the_project_is_found_from_within(
    witness: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "texts")
    code, out, _ = witness("check")
    assert code == 0
    assert out.startswith("Digests are right: one (86 characters).\n1 edits and 1 overrides")


def test_export_writes_nothing_but_the_table(witness: Run, folder: Path, tmp_path: Path) -> None:
    code, out, error = witness("export", "tokens", "--corpus", folder)
    assert (code, error) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert tuple(rows[0]) == SCHEMAS["tokens"].names
    assert [row["token"] for row in rows][:4] == ["It", "was", "the", "end"]
    path = tmp_path / "tokens.csv"
    assert witness("export", "tokens", "--corpus", folder, "-o", path) == (0, "", "")
    assert path.read_bytes() == out.encode("utf-8")


def test_export_as_lines_of_json_has_null_where_nothing_is(witness: Run, folder: Path) -> None:
    _, out, _ = witness("export", "passages", "--format", "jsonl", "--corpus", folder)
    first, second = map(json.loads, out.splitlines())
    assert first["place"] == "one@0-47"
    assert second["section"] == 2
    assert second["date_earliest"] is None


def test_export_as_parquet(witness: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "blocks.parquet"
    witness("export", "blocks", "--format", "parquet", "-o", path, "--corpus", folder)
    read = pd.read_parquet(path)
    assert read["layer"].tolist() == ["body", "heading", "blockquote"]
    assert tuple(read.columns) == SCHEMAS["blocks"].names


def test_show_prints_a_passage_by_id_or_place(witness: Run, folder: Path) -> None:
    code, out, error = witness("show", "one:0001", "--corpus", folder)
    assert (code, error) == (0, "")
    assert out == (
        "one@0-47, line 1 of the source\n\n"
        "     1  It was the end. “⟦other, Lenin: Come to the town,⟧” said Lenin.\n\n"
        "Cite: Author, Ada. A Title. [one@0-47]\n"
    )
    assert witness("show", "one@3", "--corpus", folder)[1] == out


def test_kwic_prints_lines_that_align(witness: Run, folder: Path) -> None:
    code, out, error = witness("kwic", "TOWN", "--window", 2, "--corpus", folder)
    assert (code, error) == (0, "2 places.\n")
    at = RAW.index("town")
    assert out == (
        f"to the  town  ,” said Lenin.  [one@{at}-{at + 4}; body, other (Lenin)]\n"
        "to the  town  .  [one@80-84; blockquote, other]\n"
    )


def test_kwic_of_some_voices(witness: Run, folder: Path) -> None:
    code, out, error = witness("kwic", "the", "--voice", "author", "--corpus", folder)
    assert (code, error) == (0, "1 place.\n")
    assert "It was  the  end" in out
    both = witness("kwic", "the", "--voice", "author", "--voice", "other", "--corpus", folder)
    assert both[2] == "3 places.\n"
    assert witness("kwic", "peace", "--corpus", folder) == (0, "", "0 places.\n")


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["export", "tokens"], ["kwic", "the"]])
def test_a_closed_pipe_ends_quietly(
    corpus: object, tokens: pd.DataFrame, arguments: list[str]
) -> None:
    n_places = (tokens["term"] == "the").sum()
    command = [sys.executable, "-m", "analysis", *arguments, "--corpus", str(corpus.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
    assert running.returncode == 0
    # kwic may have counted its places before the pipe was closed.
    assert said in (b"", f"{n_places} places.\n".encode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_is_told(folder: Path) -> None:
    command = [sys.executable, "-m", "analysis", "export", "tokens", "--corpus", str(folder)]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 2
    assert one_sentence(ended.stderr.decode()).startswith("witness: The disk is full")


def test_an_interrupted_command_says_so(
    witness: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.edition.corpus.read_corpus", interrupt)
    code, out, err = witness("check", "--corpus", folder)
    assert (code, out) == (130, "")
    assert one_sentence(err) == "witness: interrupted; no file is half written.\n"


def test_text_is_utf8_whatever_the_terminal_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding="latin-1"))
    assert main(["show", "one:0001", "--corpus", str(folder)]) == 0
    assert "“⟦other, Lenin: Come" in printed.getvalue().decode("utf-8")


def test_help_names_every_command(witness: Run, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        witness("--help")
    assert ended.value.code == 0
    shown = capfd.readouterr().out
    for command in ("check", "export", "show", "kwic", "figures"):
        assert f"\n    {command} " in shown
