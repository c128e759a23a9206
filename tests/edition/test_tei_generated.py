"""What holds of any TEI file, however marked up: nothing is lost, every word has its place."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from analysis.edition.checks import check_edition
from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.edits import apply_edits, undo_edits
from analysis.edition.tei_xml import read_marks
from analysis.tables import check_table
from analysis.text.passages import split_passages
from analysis.text.running import running_text
from analysis.text.tokens import tokenize

Write = Callable[..., Path]
Unexplained = Callable[[Corpus, pd.DataFrame], list[tuple[object, ...]]]

TEXTS = (
    "one|two three|revolution|counter-|photog-|rapher| |\n    |, and|. So|“Never!”|’s| — |-|a-b"
    "|&amp;|&#8217;|&#13;|&#x20;|<![CDATA[<b> & c]]>|<!-- a comment -->|é|\u00ad|¬|é\n"
).split("|")
EMPTY = (
    "lb/|lb break='no'/|lb break='maybe'/|lb break='yes'/|cb/|pb n='2'/|pb break='no'/|pb/|ptr/"
    "|space dim='vertical'/|space/|milestone unit='section'/|g n='U+0001'/|anchor/|gap/"
).split("|")
INLINE = (
    "hi|q|said who='#ann'|q who='#author'|quote|foreign|pc|pc force='weak'|del|add|subst|seg"
    "|q type='soCalled'|seg ana='#voice.author_earlier'|unclear|index|ref"
).split("|")
BLOCKS = (
    "p|ab|ab type='paratext'|lg|head|quote|list|item|note|note type='editorial'|note resp='#ed'|fw"
    "|figure|div|div part='M'|sp who='Bob'|said|epigraph|cit|l|closer|signed|floatingText|table|row"
    "|cell|opener|trailer"
).split("|")


PAIRS = (("sic", "corr"), ("orig", "reg"), ("abbr", "expan"), ("corr", "corr"))


@st.composite
def contents(draw: st.DrawFn, depth: int = 3) -> str:
    """Draw what may stand in an element: words, breaks and notes, other elements."""
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["text", "text", "empty", "choice", "inline", "block"]))
        inner = draw(contents(depth=depth - 1)) if depth and kind not in ("text", "empty") else ""
        if kind == "text":
            pieces.append(draw(st.sampled_from(TEXTS)))
        elif kind == "empty":
            pieces.append(f"<{draw(st.sampled_from(EMPTY))}>")
        elif kind == "choice":
            one, other = draw(st.sampled_from(PAIRS))
            words = draw(st.lists(st.sampled_from(TEXTS), max_size=3).map("".join))
            blank = draw(st.sampled_from(["", "\n  "]))
            pieces.append(
                f"<choice><{one}>{inner or words}</{one}>{blank}<{other}>{words}</{other}></choice>"
            )
        else:
            tag = draw(st.sampled_from(INLINE if kind == "inline" else BLOCKS))
            pieces.append(f"<{tag}>{inner}</{tag.split(' ')[0]}>")
    return "".join(pieces)


FILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><author xml:id="author">Ada Author</author><name xml:id="ann">Ann</name></teiHeader>
<text><front>{front}</front><body>{body}<p>The end.</p></body></text></TEI>
"""


@st.composite
def files(draw: st.DrawFn) -> str:
    front = draw(st.sampled_from(["", "<p>Before it.</p>"])) + draw(contents(depth=1))
    return FILE.format(front=front, body="".join(draw(st.lists(contents(), max_size=5))))


@settings(max_examples=60, deadline=None)
@given(raw=files())
@example(raw=FILE.format(front="", body="<p>one</p>"))
def test_two_readers_see_the_same_words(raw: str) -> None:
    # The scan of characters against lxml: text, references and literal sections, in order.
    root, marks = read_marks(raw, name="file.xml")
    seen = "".join(
        raw[mark.start : mark.end] if mark.kind == "text" else mark.stands_for for mark in marks
    )
    assert seen.strip() == "".join(root.itertext()).strip()
    assert "".join(raw[mark.start : mark.end] for mark in marks) == raw
    tags = [mark for mark in marks if mark.kind == "start"]
    assert [mark.element for mark in tags] == list(root.iter(etree.Element))


@settings(max_examples=60, deadline=None)
@given(raw=files())
@example(raw=FILE.format(front="", body="a<choice><sic>&#8217;b c</sic><corr>’b c</corr></choice>"))
@example(raw=FILE.format(front="", body="<p>Tro<note>see</note>tsky</p>"))
@example(raw=FILE.format(front="", body="<p>So<note>see</note>photog-</p>"))
@example(
    raw=FILE.format(
        front="",
        body="<p>it<table/><choice><abbr>a<corr>b</corr></abbr><expan>’s</expan></choice></p>",
    )
)
@example(raw=FILE.format(front="", body="<p>co-<fw>7</fw><pb break='no'/>mes, <hi>W</hi>ord</p>"))
def test_any_file_keeps_every_word(make_corpus: Write, unexplained: Unexplained, raw: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        corpus = read_corpus(make_corpus(Path(name), {"text": raw}, profile="tei"))
    text = corpus.texts[0]
    assert check_edition(corpus).lost == ()
    assert undo_edits(apply_edits(raw, text.edits).text, text.edits) == raw
    check_table(corpus.blocks, "blocks")
    check_table(corpus.edits, "edits")
    passages = split_passages(corpus, n_tokens=20)
    tokens = tokenize(passages)
    check_table(tokens, "tokens")
    # A rest of a word that is corrected stays behind the note that cuts it; no other word has
    # something strange in its span.
    strange = [raw[start:end] for _, start, end, *_ in unexplained(corpus, tokens)]
    assert [words for words in strange if "<choice" not in words] == []
    running = running_text(text)
    assert tokens["token"].tolist() == [
        running.text[start:end] for start, end in running.words.tolist()
    ]
    assert not running.text.count("<hi>")
