"""Who speaks in a long quotation."""

import pytest

from analysis.edition.speakers import Label, introduced, label_of


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("He wrote from Moscow:", None),
        ("Pierre Pascal had been close. He wrote from Moscow:", None),
        ("Bukharin tells us in a document:", "Bukharin"),
        ("Antonov-Ovseyenko, today consul in Barcelona,\ntells the story:", "Antonov-Ovseyenko"),
        ("In October Jacques Sadoul wrote to the deputy Albert Thomas:", "Jacques Sadoul"),
        ("In the notes of Vladimir Smirnov I find a page on it:", "Vladimir Smirnov"),
        ("Trotsky signed this order:", "Trotsky"),
        ("And then Trotsky said:", "Trotsky"),
        ("A Siberian exile writes:", None),
        ("Another comrade writes:", None),
        ("Some said:", None),
        ("the witness Shubin states:", "Shubin"),
        ("This is the way that the summary went:", None),
        ("Trotsky signed this order.", None),
        ("", None),
    ],
)
def test_the_sentence_before_names_who_speaks(text: str, speaker: str | None) -> None:
    assert introduced(text) == speaker


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Trotsky: Never.", Label(speaker="Trotsky")),
        ("Skvortsov-Stepanov: He lies.", Label(speaker="Skvortsov-Stepanov")),
        ("Voices: Down with him!", Label(speaker=None)),
        ("VOICES: Down!", Label(speaker=None)),
        ("Trotsky:never", None),
        ("4: Never", None),
        ("The order: go.", None),
    ],
)
def test_a_label_begins_a_speech_in_minutes(text: str, label: Label | None) -> None:
    assert label_of(text) == label
