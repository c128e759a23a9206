"""Whose words they are: planted voices in small texts, and a reading of half of the corpus.

The quotations inside paragraphs have tests of their own; here they are joined with the layers, the
speakers named around them, and the decisions by hand.
"""

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from analysis.edition.corpus import Text
from analysis.edition.edits import apply_edits
from analysis.edition.paragraphs import Paragraph
from analysis.edition.voices import Voice, Voiced
from analysis.errors import CorpusError

Spoken = tuple[str, str | None, str]


def spoken(text: Text) -> list[Spoken]:
    """Return each run of words of one voice: voice, speaker, words without marks around them."""
    found: list[Spoken] = []
    for one in text.paragraphs:
        words = one.paragraph.placed.text
        borders = [0, *(np.flatnonzero(np.diff(one.codes)) + 1).tolist(), len(words)]
        for start, end in itertools.pairwise(borders):
            said = words[start:end].strip(" “”‘’\"'")
            if any(map(str.isalpha, said)):
                found.append((one.at(start).voice, one.at(start).speaker, said))
    return found


BODY = "So the party met again in the old hall of the town and they heard\n" * 6 + "him.\n"
QUOTED = "A long quotation is set in smaller type and has more letters in a line, some 77.\n" * 2


def test_the_layer_says_whose_words_they_are(one_text: Callable[..., Text]) -> None:
    raw = (
        "A Note About The Author\n\nAda was born.\nShe wrote.\n\n7\n\n\n\n"
        f"A Title\n\nTHE HEADING\n\n{BODY}\n{QUOTED}\n{BODY}\n"
        "*A note of hers.\n**A note. (Tr.)\n"
    )
    text = one_text(raw, profile="ocr-book")
    assert [
        (block.layer, v.voice) for block, v in zip(text.blocks, text.block_voices(), strict=True)
    ] == [
        ("heading", "publisher"),
        ("paratext", "publisher"),
        ("page_furniture", "none"),
        ("title", "author"),
        ("heading", "author"),
        ("body", "author"),
        ("blockquote", "other"),
        ("body", "author"),
        ("footnote", "author"),
        ("footnote", "editor"),
    ]


def test_the_name_of_the_author_is_nobodys_words(one_text: Callable[..., Text]) -> None:
    raw = "Ada Author\n\nA Title\n\nThe first paragraph.\n\n[A note.]\n"
    text = one_text(raw, profile="web-transcription")
    assert [voice.voice for voice in text.block_voices()] == ["none", "author", "author", "editor"]


def test_words_in_quotation_marks_are_anothers(one_text: Callable[..., Text]) -> None:
    text = one_text("She rose. “I shall go to the town,” said Lenin, “and never return.”\n")
    assert spoken(text) == [
        ("author", None, "She rose."),
        ("other", "Lenin", "I shall go to the town,"),
        ("author", None, "said Lenin,"),
        ("other", "Lenin", "and never return."),
    ]
    assert text.block_voices() == (Voice(voice="other", speaker="Lenin"),)


def test_the_marks_of_the_edition_are_those_that_quote(one_text: Callable[..., Text]) -> None:
    raw = "‘I shall go to the town,’ said Lenin.\n"
    assert spoken(one_text(raw, quotation_marks="single"))[0][0] == "other"
    french = one_text("« Qui va là dans la nuit ? » demanda Lénine.\n", language="fr")
    assert spoken(french) == [
        ("other", None, "Qui va là dans la nuit ?"),
        ("author", None, "» demanda Lénine."),
    ]


def test_a_quotation_that_is_not_closed_goes_on_behind_the_next_mark(
    one_text: Callable[..., Text],
) -> None:
    raw = "“We stay in the town,” said Lenin. “We stay.\n\n“We stay for good.”\n\nThey stayed.\n"
    assert spoken(one_text(raw)) == [
        ("other", "Lenin", "We stay in the town,"),
        ("author", None, "said Lenin."),
        ("other", "Lenin", "We stay."),
        ("other", "Lenin", "We stay for good."),
        ("author", None, "They stayed."),
    ]


def test_a_lost_closing_mark_gives_the_next_paragraph_to_nobody_else(
    one_text: Callable[..., Text],
) -> None:
    raw = "“We stay in the town,” said Lenin. “We stay.\n\nThey stayed.\n"
    assert spoken(one_text(raw))[-1] == ("author", None, "They stayed.")


def test_a_long_quotation_has_the_speaker_named_before_it_until_the_next_is(
    one_text: Callable[..., Text],
) -> None:
    raw = (
        f"{BODY}Bukharin tells us:\n\n{QUOTED}\n{QUOTED}\n{BODY}\n{QUOTED}\n"
        f"Lenin: Who speaks?\n\nVoices: We do.\n\n{BODY}"
    )
    text = one_text(raw, profile="ocr-book")
    voices = zip(text.blocks, text.block_voices(), strict=True)
    assert [v.speaker for block, v in voices if block.layer == "blockquote"] == [
        "Bukharin",
        "Bukharin",
        None,
        "Lenin",
        None,
    ]


RAW = "She said it aloud. “Come to the town,” said Ada. Nobody came to it.\n"


def test_decisions_by_hand_are_about_any_piece(one_text: Callable[..., Text]) -> None:
    text = one_text(
        RAW,
        overrides=[
            ("She said it aloud.", "voice", "author_earlier"),
            ("Come to the town,", "speaker", "Ada Lovelace"),
            ("Nobody came", "voice", "other"),
            ("Nobody came", "speaker", "Lenin"),
        ],
    )
    assert spoken(text) == [
        ("author_earlier", None, "She said it aloud."),
        ("other", "Ada Lovelace", "Come to the town,"),
        ("author", None, "said Ada."),
        ("other", "Lenin", "Nobody came"),
        ("author", None, "to it."),
    ]


def test_a_speaker_may_be_taken_away(one_text: Callable[..., Text]) -> None:
    text = one_text(RAW, overrides=[("Come to the town,", "speaker", "")])
    assert spoken(text)[1] == ("other", None, "Come to the town,")


def test_who_is_another_keeps_his_name_and_who_is_not_has_none(
    one_text: Callable[..., Text],
) -> None:
    text = one_text(RAW, overrides=[("Come to the town,", "voice", "author")])
    assert spoken(text) == [("author", None, RAW.strip())]
    text = one_text(RAW, overrides=[("Come to the town,", "voice", "other")])
    assert spoken(text)[1] == ("other", "Ada", "Come to the town,")


def test_a_decision_about_no_words_no_longer_applies(one_text: Callable[..., Text]) -> None:
    with pytest.raises(CorpusError, match="the override of voice no longer applies"):
        one_text("One.\n\n\nTwo.\n", overrides=[("\n\n", "voice", "other")])


def test_a_blank_between_two_words_of_a_voice_has_that_voice(
    one_text: Callable[..., Text],
) -> None:
    text = one_text(RAW, overrides=[("Nobody", "voice", "other"), ("came", "voice", "other")])
    assert spoken(text)[-2][2] == "Nobody came"


def test_most_letters_tell_the_voice_of_a_block_and_of_two_alike_the_first() -> None:
    def voiced(codes: list[int]) -> Voice:
        placed = apply_edits("ab, cd", ())
        kinds = (
            Voice(voice="author"),
            Voice(voice="other", speaker="A"),
            Voice(voice="other", speaker="B"),
        )
        return Voiced(
            paragraph=Paragraph(blocks=(0,), placed=placed),
            layer="body",
            kinds=kinds,
            codes=np.array(codes, dtype=np.int64),
        ).dominant()

    # The comma and the blank do not count.
    assert voiced([1, 0, 0, 0, 0, 1]).voice == "author"
    assert voiced([1, 1, 0, 0, 0, 1]) == Voice(voice="other", speaker="A")
    # Two speakers together outweigh the author; the one with more letters is named.
    assert voiced([1, 2, 0, 0, 2, 0]) == Voice(voice="other", speaker="B")


def test_voices_against_a_reading_of_half_of_the_corpus(
    annotated_characters: Callable[..., list[tuple[dict[str, set[str]], dict[str, str], int]]],
) -> None:
    pairs = annotated_characters()
    total = sum(n for *_, n in pairs)
    assert total > 80_000
    right = sum(n for one, mine, n in pairs if mine["voice"] in one["voice"])
    assert right / total >= 0.96


def test_speakers_against_a_reading_of_half_of_the_corpus(
    annotated_characters: Callable[..., list[tuple[dict[str, set[str]], dict[str, str], int]]],
) -> None:
    # Where both name somebody, the last names are the same, but for minutes and letters.
    pairs = [
        (one["speaker"], mine["speaker"], n)
        for one, mine, n in annotated_characters()
        if mine["speaker"] and any(one["speaker"])
    ]
    same = sum(
        n for names, name, n in pairs if name.split()[-1] in {x.split()[-1] for x in names if x}
    )
    assert same / sum(n for *_, n in pairs) >= 0.9
