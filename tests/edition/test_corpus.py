"""A corpus read whole: its tables, and that nothing of it is lost."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.edits import apply_edits, undo_edits
from analysis.errors import InputError
from analysis.tables import check_table
from analysis.text.passages import split_passages


def test_the_tables_have_the_declared_columns(corpus: Corpus) -> None:
    for name in ("documents", "blocks", "edits"):
        check_table(getattr(corpus, name), name)
    assert corpus.documents["doc_id"].tolist() == [
        "rosmer-moscow",
        "serge-memoirs",
        "serge-lenin-stalin",
    ]
    assert corpus.blocks["block_id"].iloc[0] == "rosmer-moscow:b0001"
    assert corpus.blocks["page"].dropna().unique().tolist()[:3] == ["7", "8", "9"]
    assert set(corpus.edits["rule"]) == {
        "correction",
        "join",
        "line-end hyphen removed",
        "line-end hyphen kept",
    }


def test_what_continues_names_an_earlier_block_of_the_text(corpus: Corpus) -> None:
    blocks = corpus.blocks.set_index("block_id")
    going_on = blocks[blocks["continues"].notna()]
    earlier = blocks.loc[going_on["continues"]]
    assert (earlier["block_index"].to_numpy() < going_on["block_index"].to_numpy()).all()
    assert (earlier["layer"].to_numpy() == going_on["layer"].to_numpy()).all()
    assert (earlier["doc_id"].to_numpy() == going_on["doc_id"].to_numpy()).all()
    assert (earlier["section"].to_numpy() == going_on["section"].to_numpy()).all()


def test_it_shows_itself_without_all_that_it_holds(corpus: Corpus) -> None:
    assert repr(corpus) == "Corpus(3 texts: rosmer-moscow, serge-memoirs, serge-lenin-stalin)"
    assert re.fullmatch(
        r"Text\(rosmer-moscow: 32091 characters, 57 blocks, \d+ edits\)", repr(corpus.texts[0])
    )
    shown = corpus._repr_html_()
    assert "Victor Serge" in shown
    assert len(shown) < 5000


def test_a_text_that_is_not_there_is_told(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="There is no text 'serge' in this corpus; it has rosmer"):
        corpus.text("serge")


def test_without_corrections_the_words_are_as_scanned(corpus: Corpus) -> None:
    scanned = read_corpus(corpus.folder, corrections=False)
    assert "correction" not in set(scanned.edits["rule"])
    corrected = corpus.edits[corpus.edits["rule"] == "correction"]
    assert len(corrected) > 0
    assert [text.raw for text in scanned.texts] == [text.raw for text in corpus.texts]


def test_an_edit_is_a_few_words_and_no_block_of_text(corpus: Corpus) -> None:
    for text in corpus.texts:
        for edit in text.edits:
            assert edit.before == text.raw[edit.char_start : edit.char_end]
            assert max(len(edit.before.split()), len(edit.after.split())) <= 6
        whole = [block for block in text.blocks if block.layer != "page_furniture"]
        for block in whole:
            assert apply_edits(
                text.raw, text.edits, start=block.char_start, end=block.char_end
            ).text.strip()


def test_blocks_and_gaps_give_each_text_back(corpus: Corpus) -> None:
    for text in corpus.texts:
        rows = corpus.blocks[corpus.blocks["doc_id"] == text.doc_id]
        place, pieces = 0, []
        for start, end in zip(rows["char_start"], rows["char_end"], strict=True):
            assert not text.raw[place:start].strip()
            pieces += [text.raw[place:start], text.raw[start:end]]
            place = end
        assert "".join([*pieces, text.raw[place:]]) == text.raw
        assert text.raw.encode() == (corpus.folder / text.source.path).read_bytes()


def test_undoing_the_log_gives_each_text_back(corpus: Corpus) -> None:
    for text in corpus.texts:
        assert undo_edits(apply_edits(text.raw, text.edits).text, text.edits) == text.raw


def test_the_text_of_a_block_is_its_slice_after_the_edits(corpus: Corpus) -> None:
    for text in corpus.texts:
        rows = corpus.blocks[corpus.blocks["doc_id"] == text.doc_id]
        for start, end, after in zip(
            rows["char_start"], rows["char_end"], rows["text"], strict=True
        ):
            given = text.raw[start:end]
            for edit in reversed(text.edits):
                if start <= edit.char_start and edit.char_end <= end:
                    first, last = edit.char_start - start, edit.char_end - start
                    given = given[:first] + edit.after + given[last:]
                elif start <= edit.char_start < end:  # over the end: what it takes is taken
                    given = given[: edit.char_start - start] + edit.after
                elif start < edit.char_end < end:
                    given = given[edit.char_end - start :]
            assert after == given


def test_a_word_of_one_text_tells_how_another_is_cut(
    tmp_path: Path, make_corpus: Callable[..., Path]
) -> None:
    alone = {"one": "A grey zork-\nblat came.\n"}
    together = alone | {"two": "A zorkblat is grey.\n", "three": "Le zork-blat, le zork-blat.\n"}
    kept = read_corpus(make_corpus(tmp_path / "a", alone)).edits["rule"].tolist()
    assert kept == ["line-end hyphen kept, doubtful"]
    folder = make_corpus(tmp_path / "b", together)
    listed = (folder / "sources.toml").read_text(encoding="utf-8")
    first, second, third = listed.split("[[source]]")[1:]
    third = third.replace("language = 'en'", "language = 'fr'")
    (folder / "sources.toml").write_text(
        "[[source]]".join(["", first, second.replace("'en'", "'en-GB'"), third]), encoding="utf-8"
    )
    # Another region of the language counts, another language does not.
    assert read_corpus(folder).edits["rule"].tolist() == ["line-end hyphen removed"]


def test_ids_and_places_stay_when_a_text_is_added(
    tmp_path: Path, make_corpus: Callable[..., Path]
) -> None:
    one = "The first text. It has sentences.\n\nAnd a second paragraph.\n"
    before = split_passages(read_corpus(make_corpus(tmp_path / "a", {"one": one})))
    after = split_passages(
        read_corpus(make_corpus(tmp_path / "b", {"zero": "Another text.\n", "one": one}))
    )
    pd.testing.assert_frame_equal(
        pd.DataFrame(before), pd.DataFrame(after[after["doc_id"] == "one"]).reset_index(drop=True)
    )
