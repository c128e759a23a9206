"""The edit log: applied with every character's place, and undone."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edition.edits import Edit, apply_edits, in_order, undo_edits


def edit(start: int, before: str, after: str, *, rule: str = "correction") -> Edit:
    return Edit(
        char_start=start,
        char_end=start + len(before),
        before=before,
        after=after,
        rule=rule,
        reason="",
    )


RAW = "The bis\nhouse , 1t."
EDITS = (edit(4, "bis", "his"), edit(13, " ,", ","), edit(16, "1t", "it"), edit(18, "", "!"))


def test_what_an_edit_keeps_keeps_its_place() -> None:
    placed = apply_edits(RAW, EDITS)
    assert placed.text == "The his\nhouse, it!."
    # his: the h is what is new in bis, the other letters are their own.
    assert placed.starts[4:7].tolist() == [4, 5, 6]
    assert placed.ends[4:7].tolist() == [5, 6, 7]
    # The comma moved nowhere; the blank before it is gone.
    comma = placed.text.index(",")
    assert (placed.starts[comma], placed.ends[comma]) == (14, 15)
    # What is inserted stands at a place without length.
    mark = placed.text.index("!")
    assert (placed.starts[mark], placed.ends[mark]) == (18, 18)


def test_new_letters_have_the_place_of_all_they_replace() -> None:
    placed = apply_edits("a ii b", (edit(2, "ii", "ü"),))
    assert placed.text == "a ü b"
    assert (placed.starts[2], placed.ends[2]) == (2, 4)
    longer = apply_edits("Ere!", (edit(0, "Ere", "fire"),))
    # E becomes "fi"; "re" stays.
    assert longer.starts.tolist() == [0, 0, 1, 2, 3]
    assert longer.ends.tolist() == [1, 1, 2, 3, 4]


def test_undoing_gives_the_raw_text_back() -> None:
    assert undo_edits(apply_edits(RAW, EDITS).text, EDITS) == RAW


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 7, "The his"),
        (0, 5, "The his"),  # what is put in belongs to the text where the edit begins
        (5, 19, "\nhouse, it!."),  # and here only what it takes away is gone
        (0, 4, "The "),
        (7, 19, "\nhouse, it!."),
        (0, 18, "The his\nhouse, it!"),  # an insertion at the end is in it
        (18, 19, "!."),  # and at the beginning too
        (14, 14, ""),
    ],
)
def test_a_part_of_a_text(start: int, end: int, expected: str) -> None:
    assert apply_edits(RAW, EDITS, start=start, end=end).text == expected


def test_of_an_edit_over_a_whole_part_nothing_is_left() -> None:
    assert apply_edits("photog-\n7\nrapher", (edit(6, "-\n7\n", ""),), start=8, end=9).text == ""


def test_corrections_stand_before_rules() -> None:
    by_hand = edit(3, "-\n", "-")
    rules = [edit(2, "x-\n", "", rule="join"), edit(3, "-\n", "", rule="hyphen")]
    assert in_order([*rules, by_hand]) == (by_hand,)


def test_order_is_by_place_and_what_overlaps_gives_way() -> None:
    first, inside, after = edit(0, "abc", "x"), edit(1, "", "y"), edit(3, "d", "z")
    assert in_order([after, inside, first]) == (first, after)
    at_once = edit(3, "", "!")
    assert in_order([after, at_once, first]) == (first, at_once, after)
    assert in_order([edit(3, "", "?"), at_once]) == (at_once,)


@st.composite
def logs(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    """Draw a raw text and edits that do not overlap, insertions among them."""
    raw = draw(st.text(alphabet=string.ascii_letters + " .,-\n\r“é\ufeff", max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=12)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text(alphabet="abc \n’ü", max_size=6))
        if after != raw[start:end]:
            edits.append(edit(start, raw[start:end], after))
    return raw, in_order(edits)


@given(log=logs())
def test_undo_is_the_inverse_of_apply(log: tuple[str, tuple[Edit, ...]]) -> None:
    raw, edits = log
    assert undo_edits(apply_edits(raw, edits).text, edits) == raw


@given(log=logs())
def test_the_text_is_what_the_log_says_from_the_last_to_the_first(
    log: tuple[str, tuple[Edit, ...]],
) -> None:
    raw, edits = log
    text = raw
    for one in reversed(edits):
        assert text[one.char_start : one.char_end] == one.before
        text = text[: one.char_start] + one.after + text[one.char_end :]
    assert apply_edits(raw, edits).text == text


@given(log=logs())
def test_places_are_in_order_and_each_kept_letter_is_its_own(
    log: tuple[str, tuple[Edit, ...]],
) -> None:
    raw, edits = log
    placed = apply_edits(raw, edits)
    assert len(placed.text) == len(placed.starts) == len(placed.ends)
    assert (placed.starts[1:] >= placed.starts[:-1]).all()
    assert (placed.ends[1:] >= placed.ends[:-1]).all()
    spans = [(one.char_start, one.char_end) for one in edits]
    for letter, start, end in zip(placed.text, placed.starts, placed.ends, strict=True):
        if not any(first <= start and end <= last for first, last in spans):
            assert raw[start:end] == letter


@given(log=logs(), cut=st.integers(0, 60))
def test_two_parts_are_the_whole(log: tuple[str, tuple[Edit, ...]], cut: int) -> None:
    raw, edits = log
    cut = min(cut, len(raw))
    first = apply_edits(raw, edits, end=cut).text
    second = apply_edits(raw, edits, start=cut).text
    inserted = [one.after for one in edits if one.char_start == one.char_end == cut]
    # An insertion at the cut stands in both.
    assert first + second.removeprefix("".join(inserted)) == apply_edits(raw, edits).text


@given(edits=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text("ab", max_size=2))))
def test_ordering_keeps_no_two_that_overlap(edits: list[tuple[int, int, str]]) -> None:
    kept = in_order([edit(start, "." * length, after) for start, length, after in edits])
    assert list(kept) == sorted(kept)
    for number, one in enumerate(kept):
        for other in kept[number + 1 :]:
            assert (one.char_start, one.char_end) != (other.char_start, other.char_end)
            assert one.char_end <= other.char_start
