"""Sentences: the 15 hard cases of the data file, further ones from the texts, and invariants."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.text.sentences import SHORT_SPEECH_WORDS, split_sentences

# sentence_cases.jsonl: 15 hard cases, each line a list of right sentences, joined by one blank.
CASES = Path(__file__).parent / "data" / "sentence_cases.jsonl"
HARD_CASES = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]

# A bar stands where one sentence ends and the next begins.
FROM_THE_TEXTS = """
A member of the C.N.T. (Confederacion Nacional de Trabajo), he left for Russia.
The committee of the C.I. existed only on paper. | Zinoviev attended to everything.
I am the sole survivor among the staff of the C.I. | I was working in the second district.
Angel brought us the adherence of the C.N.T. | Some time later a young teacher arrived.
He was banished from the U.S.S.R. and deprived of citizenship in 1936.
The rightists of the C.C. (Rykov, Tomsky) won. | And he began to plead with the G.P.U. agents.
Telephone an order to the G.P.U. | They will be arrested this very evening.
He was almost an unknown—N. Lenin, V. I. Ulianov. | The man was forty-seven years old.
He was born under Nicholas I. | The war made him a minister.
Opportunism grew. | L.-O. Frossard came with him, looking very wise.
Galen was growing as popular as Sun Yat-sen. | Galen led the army of Lieut.-Gen. Denikin.
History of the Russian Revolution, Vol. 1, pp. 171-2. | The memoirs give an account.
New International, Vol. XXI No. 3, Fall 1955, pp. 188–197. | Translated by James Fenwick.
Are they opportunists? | No. | These old Bolsheviks have no private life.
Was it in vain? | No. | 1917 had taught them.
He sums it up in points: 1. The tactics must be different; 2. The proletariat stands alone.
2. In a letter sent to Max Eastman she wrote this. | It was long.
Take these measures. | (1) To restore democracy. | (2) To adopt a plan.
Speech made him popular with everybody ... | A place was found for him.
A journalist and a translator. . . . | At fifteen, he became a member.
There are times when a people needs only some men. . .. | They come.
We could not talk about the battle of Madrid.... | The Executive had decided it.
He is introducing a socialist régime . . . full steam ahead into the mire.
Comrade Trotsky ... is distinguished by his ability.
Don’t arrest us for propaganda.” . . . | Fearing, nevertheless, the worst, he went.
. . . From his exile in Constantinople, Trotsky never ceased to protest.
See the first book, p. 308. | ...Comrade Trotsky is able.
It is popular to “send someone there,” meaning the hereafter. . . .) | The Powers accepted.
‘The bullet that is going to kill me. ...' | The faces were to haunt me.
“My conscience....” | Naturally, I respected his conscience. . . .’
History will be made.* | But if society does not have these elements, nothing will happen.
“We live long enough not to be canonized.”* | But they were not leaders.
The moving Song of the Dead. [1] | The oil wells were in a lamentable state.
It is bad.2 | The plan was at fault. | It began at 4.30 Moscow time.
And they are shot. (1930.) | Professor Ramzin confesses.
As Radek called him: ‘Our Carnot!’ as he said. | He outshone Lenin.
‘Do you think so?’ he said thoughtfully. | However, we saw it disintegrate.
‘Were we entitled to shoot a poet?’ Dzerzhinsky asked. | ‘Are we?’
He put a question: ‘Were we entitled to it?’ | Dzerzhinsky answered, ‘Are we gods?’
“Who is it?” I asked. | “Nobody.” | He asked for bread.
“We are lost. | What in the name of all the saints are we to do now?” Lenin asked.
She would break out, shouting, “It’s false. They’re lying!” | I listened.
“Look at all the portraits! | Don’t you think they’re going too far?” | “The drawbacks.”
I told them to retreat (It was night. They were sleeping.), and they replied calmly.
Under the pressure . . . [The noise increases. The orator can hardly be heard.] of the mass.
(He died in Paris.) | Jacques was different (or was he?) in every way.
They must be authorized (on credit? and under what conditions?) to import goods.
A loyal Catholic, he used St. Thomas’s Summa. | The texts lent themselves to it.
I went off with Dr. N — , an old believer. | Two came, i.e. The Times and cf. The Sun.
With mingled admiration. and horror, I read the verses.
All drank, smoked, etc. | Thus the week passed.
Has he come? — No, he has not. | “Proletarians, unite!” — Karl Marx.
The people demand three things: land, peace, power. | An inexorable logic drove them.
""".strip().splitlines()


def sentences(text: str, **options: object) -> list[str]:
    spans = split_sentences(text, **options)  # type: ignore[arg-type]
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("right", HARD_CASES, ids=lambda right: right[0][:30])
def test_the_fifteen_hard_cases(right: list[str]) -> None:
    assert sentences(" ".join(right)) == right


def test_there_are_fifteen() -> None:
    assert len(HARD_CASES) == 15


@pytest.mark.parametrize("line", FROM_THE_TEXTS, ids=lambda line: line[:40])
def test_hard_cases_from_the_texts(line: str) -> None:
    right = line.split(" | ")
    assert sentences(" ".join(right)) == right


def test_an_initialism_before_a_name_stays_undecided() -> None:
    # The known bias: only a word that begins sentences shows that the initialism ended one.
    assert len(sentences("They came to the U.S.S.R. Workers fled.")) == 1
    assert len(sentences("They came to the U.S.S.R. Then they fled.")) == 2


def test_speech_is_one_utterance_up_to_its_length() -> None:
    short = "He cried: “Go! " + "now " * (SHORT_SPEECH_WORDS - 2) + "go.”"
    long = "He cried: “Go! Go " + "now " * (SHORT_SPEECH_WORDS - 2) + "go.”"
    assert len(sentences(short.replace("! now", "! Now"))) == 1
    assert len(sentences(long)) == 2


def test_a_line_end_is_a_blank_and_a_blank_line_ends_a_sentence() -> None:
    text = "  The first line\nruns on. It\nstops\n\nA heading\n \nThe last.\n"
    assert split_sentences(text) == [(2, 25), (26, 34), (36, 45), (48, 57)]
    assert sentences("One.\r\n\r\nTwo.") == ["One.", "Two."]


def test_nothing_gives_no_sentence() -> None:
    assert split_sentences("") == []
    assert split_sentences(" \n\n\t ") == []


def test_a_paragraph_of_marks_is_kept_whole() -> None:
    assert sentences("* * *\n\n. . . .") == ["* * *", ". . . ."]
    assert len(sentences("... and then silence fell.")) == 1


def test_given_abbreviations_are_added() -> None:
    text = "The Obkom. Secretary came. Then he left the Obkom. He wept."
    assert len(sentences(text)) == 4
    for given_as in ("Obkom.", "obkom"):
        assert sentences(text, abbreviations=[given_as]) == [
            "The Obkom. Secretary came.",
            "Then he left the Obkom.",
            "He wept.",
        ]


def test_other_languages_know_what_is_given() -> None:
    text = "Er sah Dr. Rakowski, z. B. Montag. Dann ging er."
    assert sentences(text, language="de")[0] == "Er sah Dr."
    right = ["Er sah Dr. Rakowski, z. B. Montag.", "Dann ging er."]
    assert sentences(text, language="de", abbreviations=["Dr.", "z. B."]) == right
    assert sentences("« Quoi ? » dit-il. « Rien. » Il partit.", language="fr") == [
        "« Quoi ? » dit-il.",
        "« Rien. »",
        "Il partit.",
    ]


def test_language_tags_with_a_region_are_understood() -> None:
    for language in ("en-GB", "EN", "en_US"):
        assert len(sentences("He saw Dr. Rakovsky.", language=language)) == 1


@pytest.mark.parametrize("wrong", ["Dr.", ["Dr.", " "], ["."]])
def test_wrong_abbreviations_are_refused(wrong: object) -> None:
    with pytest.raises(InputError, match="abbreviations"):
        sentences("He saw Dr. Rakovsky.", abbreviations=wrong)


PIECES = st.sampled_from(
    ["He", "the", "Dr", "No", "V", "U.S.S.R", "said", "and", "then", "I", "5", "1917", "é"]
    + [".", ".", ".", "?", "!", "…", "...", ". . .", ",", ":", "—", "-", "*", "[1]", "²"]
    + ["“", "”", "‘", "’", '"', "'", "(", ")", "[", "]", "«", "»"]
    + [" ", " ", " ", " ", "\n", "\n\n", "\t", "\u00a0"]
)
DIRTY_TEXT = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)


@given(DIRTY_TEXT)
def test_spans_cover_every_character_that_is_not_blank(text: str) -> None:
    place = 0
    for start, end in split_sentences(text):
        assert place <= start < end
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip()
        place = end
    assert not text[place:].strip()


@given(DIRTY_TEXT)
def test_marks_alone_are_a_sentence_only_where_they_are_the_whole_paragraph(text: str) -> None:
    found = sentences(text.replace("\n", " "))
    if len(found) > 1:
        assert all(any(mark.isalnum() for mark in sentence) for sentence in found)


@given(DIRTY_TEXT)
def test_no_sentence_but_a_paragraph_s_first_begins_in_lower_case(text: str) -> None:
    for start, _ in split_sentences(text.replace("\n", " "))[1:]:
        if text[start].islower():
            assert text[:start].rstrip()[-1] in ".…?!”’\"')]»“‘*²"
            assert text[start:].startswith(("and", "but", "so", "yet"))


@given(DIRTY_TEXT)
def test_a_plain_sentence_appended_changes_nothing_before_it(text: str) -> None:
    text += "\n\nHe went home."
    longer = text + " They slept."
    right = [*split_sentences(text), (len(text) + 1, len(longer))]
    assert split_sentences(longer) == right


@given(st.lists(st.sampled_from([" ".join(right) for right in HARD_CASES]), max_size=5))
def test_paragraphs_are_split_apart_from_each_other(paragraphs: list[str]) -> None:
    right = [sentence for paragraph in paragraphs for sentence in sentences(paragraph)]
    assert sentences("\n\n".join(paragraphs)) == right
