"""The layer of each chunk: small texts of all three profiles with the truth planted in them."""

from collections.abc import Callable

import pytest

from analysis.edition.corpus import Text


def layers(text: Text) -> list[tuple[str, str]]:
    """Return the layer of each block with its first word."""
    return [
        (block.layer, text.raw[block.char_start : block.char_end].split()[0])
        for block in text.blocks
    ]


BODY = "The body of the book is set in lines of sixty-five letters or so.\n"
QUOTED = "A long quotation is set in smaller type and has more letters in a line, some 77.\n"
NOTE = (
    "notes are set in the smallest type of all, so that a line of them holds about a "
    "hundred letters.\n"
)


def test_measure_tells_body_from_quotation_and_note(one_text: Callable[..., Text]) -> None:
    assert [len(line.strip()) for line in (BODY, QUOTED, NOTE)] == [65, 80, 96]
    raw = (
        f"A Note About The Author\n\nAda was born.\nShe wrote.\n\n7\n\n\n\n"
        f"A Title\n\nTHE FIRST CHAPTER\n\n{BODY * 4}So they said:\n\n{QUOTED * 3}\n{BODY * 3}\n"
        f"*The {NOTE}{NOTE}**Others. {NOTE}\n\n\n"
        f"A photograph.\n\n\n\n"
        f"{BODY * 9}"
    )
    text = one_text(raw, profile="ocr-book")
    assert layers(text) == [
        ("heading", "A"),
        ("paratext", "Ada"),
        ("page_furniture", "7"),
        ("title", "A"),
        ("heading", "THE"),
        ("body", "The"),
        ("blockquote", "A"),
        ("body", "The"),
        ("footnote", "*The"),
        ("footnote", "**Others."),
        ("paratext", "A"),
        ("body", "The"),
    ]


def book(*blocks: str) -> str:
    """Return pages of a book with these blocks on the first, between blocks of body."""
    return f"{BODY * 6}\n" + "\n".join(f"{block}\n" for block in blocks) + f"\n{BODY * 6}"


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        # One line alone is what stands around it, or what its words say.
        (["One line."], ["body"]),
        ([QUOTED * 2, "One line.", QUOTED * 2], ["blockquote"] * 3),
        (["He says:", QUOTED * 2], ["body", "blockquote"]),
        ([BODY * 2 + "He says:", "“One line.”", QUOTED * 2], ["body", "blockquote", "blockquote"]),
        ([QUOTED * 2, "(Ada, 1917.)"], ["blockquote", "blockquote"]),
        (["(Ada, 1917.)"], ["body"]),
        ([QUOTED.strip()], ["blockquote"]),
        # Minutes: two labels make a conversation, one does not.
        (["Lenin: Who speaks?", "Trotsky: I do."], ["blockquote", "blockquote"]),
        (["Result: nobody knew."], ["body"]),
        (["(1) Bread.", "(2) Peace."], ["list", "list"]),
        (["(1) Bread alone."], ["body"]),
        # What goes on in lower case is what it goes on from.
        ([QUOTED * 2 + "and in", "the end."], ["blockquote", "blockquote"]),
        (["THE SECOND CHAPTER"], ["heading"]),
    ],
)
def test_lines_alone_are_told_by_their_neighbours(
    one_text: Callable[..., Text], blocks: list[str], expected: list[str]
) -> None:
    text = one_text(book(*blocks), profile="ocr-book")
    assert [layer for layer, _ in layers(text)][1:-1] == expected


def test_a_quotation_is_seven_in_a_hundred_wider_than_the_body(
    one_text: Callable[..., Text],
) -> None:
    wide, narrow = "w" * 71, "n" * 68
    text = one_text(
        book(f"{wide}\n{wide}\nends.", f"{narrow}\n{narrow}\nends."), profile="ocr-book"
    )
    assert [layer for layer, _ in layers(text)] == ["body", "blockquote", "body", "body"]


def test_a_note_whose_asterisk_was_misread_stands_before_the_second(
    one_text: Callable[..., Text],
) -> None:
    text = one_text(book("“Misread.", "**The second note."), profile="ocr-book")
    assert [layer for layer, _ in layers(text)][1:3] == ["body", "body"]
    raw = f"{BODY * 6}\n“Misread.\n**The second note.\n\n\n\n{BODY * 6}"
    text = one_text(raw, profile="ocr-book")
    assert [layer for layer, _ in layers(text)] == ["body", "footnote", "footnote", "body"]


WEB = """Ada Author

A Title

Source: The New Review, Vol. 1.
Transcribed: by Charles.

The First Heading

This is the first paragraph, which ends with a stop.

[An editor explains it.]

So the resolution went:

“{words}.” (New Review, 1921)

1. Bread;
2. Peace.

“A short line of speech.”

Another Heading

The last paragraph has a note. [1]

* * *

1. He wrote of it:

“A note that goes on.”

Last updated on: 26 October 2019
"""


def test_a_web_transcription(one_text: Callable[..., Text]) -> None:
    text = one_text(WEB.format(words="word " * 40), profile="web-transcription")
    assert layers(text) == [
        ("title", "Ada"),
        ("title", "A"),
        ("paratext", "Source:"),
        ("heading", "The"),
        ("body", "This"),
        ("editor_note", "[An"),
        ("body", "So"),
        ("blockquote", "“word"),
        ("list", "1."),
        ("body", "“A"),
        ("heading", "Another"),
        ("body", "The"),
        ("page_furniture", "*"),
        ("footnote", "1."),
        ("footnote", "“A"),
        ("paratext", "Last"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_change_no_layer(one_text: Callable[..., Text], end: str) -> None:
    raw = WEB.format(words="word " * 40)
    first = one_text(raw, profile="web-transcription")
    other = one_text(raw.replace("\n", end), profile="web-transcription")
    assert layers(first) == layers(other)


def test_a_rule_without_notes_behind_it_makes_none(one_text: Callable[..., Text]) -> None:
    raw = "The first paragraph ends.\n\n* * *\n\nThe second one ends too.\n"
    assert [layer for layer, _ in layers(one_text(raw, profile="web-transcription"))] == [
        "body",
        "page_furniture",
        "body",
    ]


def test_text_without_blanks_is_no_heading(one_text: Callable[..., Text]) -> None:
    text = one_text("字" * 500 + "\n", profile="web-transcription", language="zh")
    assert [block.layer for block in text.blocks] == ["body"]


def test_plain_text_has_titles_headings_and_body(one_text: Callable[..., Text]) -> None:
    raw = "A TITLE\n\nCHAPTER I\n\nIt was night.\n\nA title.\n\nTHE STORM\n\nIt rained.\n"
    assert layers(one_text(raw)) == [
        ("title", "A"),
        ("heading", "CHAPTER"),
        ("body", "It"),
        ("body", "A"),
        ("heading", "THE"),
        ("body", "It"),
    ]


GUTENBERG = """\ufeffThe Project Gutenberg eBook of A Title

This eBook is for the use of anyone anywhere.

*** START OF THE PROJECT GUTENBERG EBOOK A TITLE ***

A TITLE

It was night.

*** END OF THE PROJECT GUTENBERG EBOOK A TITLE ***

Updated editions will replace the previous one.
""".replace("\n", "\r\n")


def test_the_frame_of_project_gutenberg_is_not_the_text(one_text: Callable[..., Text]) -> None:
    assert layers(one_text(GUTENBERG)) == [
        ("paratext", "The"),
        ("paratext", "This"),
        ("paratext", "***"),
        ("title", "A"),
        ("body", "It"),
        ("paratext", "***"),
        ("paratext", "Updated"),
    ]


def test_layers_against_a_reading_of_half_of_the_corpus(
    annotated_characters: Callable[[], list[tuple[dict[str, set[str]], dict[str, str], int]]],
) -> None:
    pairs = [(one["layer"], mine["layer"], n) for one, mine, n in annotated_characters()]
    total = sum(n for *_, n in pairs)
    assert sum(n for read, mine, n in pairs if mine in read) / total >= 0.98
    scores = []
    for layer in {layer for read, *_ in pairs for layer in read}:
        both = sum(n for read, mine, n in pairs if mine == layer and layer in read)
        ours = sum(n for _, mine, n in pairs if mine == layer)
        theirs = sum(
            n for read, mine, n in pairs if layer in read and (mine == layer or mine not in read)
        )
        scores.append(2 * both / (ours + theirs))
    assert len(scores) == 9
    assert sum(scores) / len(scores) >= 0.93
