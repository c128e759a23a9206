"""Words: the three rules by hand, the terms, and what holds for every text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import RegexpTokenizer

from analysis.errors import AnalysisError, InputError
from analysis.text.words import DEFAULT_WORD_RULE, WORD_RULES, normalise, word_spans

JOINERS = set("'’-\u2010\u2011\u00ad\u200c\u200d")


def words(text: str, rule: str = DEFAULT_WORD_RULE) -> list[str]:
    return [text[start:end] for start, end in word_spans(text, rule=rule)]


@pytest.mark.parametrize(
    ("text", "english", "contr", "everything"),
    [
        ("don't", "don t", "don't", "don't"),
        ("Lenin’s", "Lenin s", "Lenin’s", "Lenin’s"),
        ("rank-and-file", "rank and file", "rank and file", "rank-and-file"),
        (
            "the rank-and-filer’s",
            "the rank and filer s",
            "the rank and filer’s",
            "the rank-and-filer’s",
        ),
        (
            "Vaillant\u2011Couturier",
            "Vaillant Couturier",
            "Vaillant Couturier",
            "Vaillant\u2011Couturier",
        ),
        ("vice\u2010president", "vice president", "vice president", "vice\u2010president"),
        ("o’clock, d'Azur", "o clock d Azur", "o’clock d'Azur", "o’clock d'Azur"),
        ("1917 was the 26th", "was the th", "was the th", "was the th"),
        ("pre-1917 anti-", "pre anti", "pre anti", "pre anti"),
        ("the workers’ party", "the workers party", "the workers party", "the workers party"),
        ("‘tis ‘the workers’", "tis the workers", "tis the workers", "tis the workers"),
        ("'No' ''twas'' -x-", "No twas x", "No twas x", "No twas x"),
        ("word—word–word―word--word", *["word word word word word"] * 3),
        ("N.E.P. l’Execution", "N E P l Execution", "N E P l’Execution", "N E P l’Execution"),
        ("a_b 1½ x² Ⅷ", "a b x", "a b x", "a b x"),
        ("œuvre Führer émigré", *["œuvre Führer émigré"] * 3),
        ("e\u0301migre\u0301 naïve", *["e\u0301migre\u0301 naïve"] * 3),
        ("Ленин ὁ λόγος", *["Ленин ὁ λόγος"] * 3),
        ("counter\u00adrevolution\u00ad", *["counter\u00adrevolution"] * 3),
        ("", "", "", ""),
    ],
)
def test_the_three_rules(text: str, english: str, contr: str, everything: str) -> None:
    assert words(text, "English") == english.split()
    assert words(text, "English.contr") == contr.split()
    assert words(text, "English.all") == everything.split()


def test_spans_are_places_in_the_text() -> None:
    assert word_spans("“Don’t!” he said") == [(1, 6), (9, 11), (12, 16)]


def test_the_default_keeps_contractions_and_compounds() -> None:
    assert DEFAULT_WORD_RULE == "English.all"
    assert words("a rank-and-filer’s vote") == ["a", "rank-and-filer’s", "vote"]


def test_an_unknown_rule_is_refused_by_name() -> None:
    with pytest.raises(InputError) as refused:
        word_spans("a", rule="english")
    assert isinstance(refused.value, AnalysisError)
    assert str(refused.value) == (
        "There is no word rule 'english': use one of English, English.contr, English.all."
    )


@pytest.mark.parametrize(
    ("token", "term"),
    [
        ("Lenin’s", "lenin's"),
        ("LENIN'S", "lenin's"),
        ("Vaillant\u2011Couturier", "vaillant-couturier"),
        ("vice\u2010President", "vice-president"),
        ("re\u00advolution", "revolution"),
        ("E\u0301migre\u0301", "émigré"),
        ("e\u00ad\u0301", "é"),
        ("Straße", "straße"),
        ("STRASSE", "strasse"),
        ("Œuvre", "œuvre"),
        ("ΛΌΓΟΣ", "λόγος"),
    ],
)
def test_terms(token: str, term: str) -> None:
    assert normalise(token) == term


LETTERS = st.characters(categories=["L", "M", "N", "P", "Z"])
TEXTS = st.text(
    st.sampled_from("aéœßЖ’'-–—‘” \n1\u0301\u00ad\u2010\u2011\u200c_½") | LETTERS, max_size=60
)


@given(TEXTS, st.sampled_from(list(WORD_RULES)))
def test_spans_are_ordered_disjoint_and_hold_letters_and_joiners_alone(
    text: str, rule: str
) -> None:
    place = 0
    for start, end in word_spans(text, rule=rule):
        assert place <= start < end <= len(text)
        word = text[start:end]
        assert word[0].isalpha()
        assert word[-1] not in JOINERS
        assert all(unicodedata.category(character)[0] in "LM" for character in set(word) - JOINERS)
        place = end


@given(TEXTS)
def test_every_letter_is_in_exactly_one_word(text: str) -> None:
    for rule in WORD_RULES:
        covered = [
            place for start, end in word_spans(text, rule=rule) for place in range(start, end)
        ]
        assert len(covered) == len(set(covered))
        assert {place for place, letter in enumerate(text) if letter.isalpha()} <= set(covered)


@given(TEXTS)
def test_each_rule_joins_the_words_of_the_one_before(text: str) -> None:
    finer = [start for start, _ in word_spans(text, rule="English")]
    for rule in ("English.contr", "English.all"):
        starts = [start for start, _ in word_spans(text, rule=rule)]
        assert set(starts) <= set(finer)
        finer = starts


@given(TEXTS, st.sampled_from(list(WORD_RULES)))
def test_spans_are_those_of_nltk_s_tokenizer(text: str, rule: str) -> None:
    tokenizer = RegexpTokenizer(WORD_RULES[rule])
    assert word_spans(text, rule=rule) == list(tokenizer.span_tokenize(text))


@given(TEXTS)
def test_a_term_is_its_own_term_and_has_one_apostrophe(token: str) -> None:
    term = normalise(token)
    assert normalise(term) == term
    assert not set(term) & set("’ʼ\u2010\u2011\u00ad")
