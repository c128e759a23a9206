"""TEI as a source: two files written by hand, and each kind of markup by itself."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.edition import tei
from analysis.edition.checks import check_edition
from analysis.edition.corpus import Corpus, Text, read_corpus
from analysis.edition.speakers import Voice
from analysis.edition.tei_scan import Mark
from analysis.edition.tei_walk import Walk
from analysis.errors import CorpusError
from analysis.tables import check_table
from analysis.text.passages import split_passages
from analysis.text.tokens import tokenize

DATA = Path(__file__).parents[1] / "data" / "tei"
FILE = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text>{text}</text></TEI>'
HEADER = (
    '<teiHeader><author xml:id="ada">Ada Author</author><editor xml:id="eve">Eve</editor>'
    '<listPerson><person xml:id="carl"><persName>Carl  Berg</persName></person></listPerson>'
    "</teiHeader>"
)
OneText = Callable[..., Text]
NAMES = ("layer", "voice", "speaker", "page", "section", "continues")


@pytest.fixture(scope="module")
def read_tei(one_text: OneText) -> Callable[[str], Text]:
    """Return a function that reads what stands in the body of a TEI file, or its whole text."""

    def read(body: str, *, whole: bool = False) -> Text:
        inside = body if whole else f"<body>{body}</body>"
        return one_text(FILE.format(header=HEADER, text=inside), profile="tei")

    return read


def paragraphs(text: Text) -> list[tuple[str, str]]:
    return [(one.layer, one.paragraph.placed.text) for one in text.paragraphs]


def voices(text: Text, number: int = 0) -> dict[tuple[str, str | None], str]:
    """Return the words of each voice of a paragraph."""
    one = text.paragraphs[number]
    said: dict[tuple[str, str | None], str] = {}
    for place, letter in enumerate(one.paragraph.placed.text):
        voice = one.at(place)
        said[voice.voice, voice.speaker] = said.get((voice.voice, voice.speaker), "") + letter
    return said


def rows_of(corpus: Corpus) -> list[tuple[object, ...]]:
    """Return words, layer, voice, speaker, page, section and what it goes on from of each block."""
    blocks = corpus.blocks
    table = blocks.astype(object).where(blocks.notna(), None)
    return [
        (" ".join(row["text"].split()), *(row[name] for name in NAMES))
        for row in table.to_dict(orient="records")
    ]


def corpus_of(make_corpus: Callable[..., Path], folder: Path, name: str) -> Corpus:
    raw = (DATA / f"{name}.xml").read_bytes()
    return read_corpus(make_corpus(folder, {name: raw}, profile="tei"))


def test_a_novella_in_the_manner_of_eltec(
    make_corpus: Callable[..., Path], tmp_path: Path, unexplained: Callable[..., list[object]]
) -> None:
    corpus = corpus_of(make_corpus, tmp_path, "novella")
    boat = (
        "The boat was very old, and nobody knew who had built it. “It will hold,” said Carl, “as "
        "long as we sing.” She did not believe"
    )
    assert rows_of(corpus) == [
        ("THE FERRY", "paratext", "publisher", None, None, 1, None),
        ("By Ada Author", "paratext", "publisher", None, None, 1, None),
        ("PREFACE", "heading", "publisher", None, None, 2, None),
        ("It was told to me on the river.", "paratext", "publisher", None, None, 2, None),
        ("CHAPTER I. The Bank", "heading", "author", None, "1", 3, None),
        (boat, "body", "author", None, "1", 3, None),
        ("a word of it & stayed on the bank.", "body", "author", None, "2", 3, "novella:b0006"),
        ("Over the water, under the moon", "blockquote", "other", None, "2", 3, None),
        ("sang the others.", "body", "author", None, "2", 3, None),
        ("Night fell, tout doucement.", "body", "author", None, "2", 3, None),
        ("CHAPTER II. The River", "heading", "author", None, "2", 4, None),
        ("They went down", "body", "author", None, "2", 4, None),
        ("the stream in the dark.", "body", "author", None, "3", 4, "novella:b0012"),
        ("NOTES", "heading", "author", None, "3", 5, None),
        ("It was my uncle.", "footnote", "author", None, "3", 5, None),
    ]
    text = corpus.texts[0]
    # No quotation is tagged there, so its marks are read, as in any other source.
    assert voices(text, 5)["other", "Carl"] == "It will hold,as long as we sing."
    # Lines are those of the file, as an editor shows them.
    assert text.blocks[4].line_start == 33
    assert text.raw.splitlines()[32].strip() == "<head>CHAPTER I. The Bank</head>"
    tokens = tokenize(split_passages(corpus))
    assert " ".join(tokens["token"]) == (
        "The boat was very old and nobody knew who had built it It will hold said Carl as long as "
        "we sing She did not believe a word of it stayed on the bank Over the water under the moon "
        "sang the others Night fell tout doucement They went down the stream in the dark"
    )
    assert unexplained(corpus, tokens) == []


def test_a_memoir_with_all_its_markup(
    make_corpus: Callable[..., Path], tmp_path: Path, unexplained: Callable[..., list[object]]
) -> None:
    corpus = corpus_of(make_corpus, tmp_path, "memoir")
    text = corpus.texts[0]
    assert paragraphs(text) == [
        ("title", "A Winter"),
        ("title", "Ada Author"),
        ("paratext", "Printed nowhere"),
        ("heading", "The First Day"),
        (
            "body",
            "We came by the photographer’s house. “I have a camera,” Carl said, and “No,” I said, "
            "“you have not.” They called it “art”. The international congress of "
            "counter-revolution met here.",
        ),
        ("footnote", "It was a toy. (Ed.)"),
        ("page_furniture", "9"),
        ("body", "In my diary: it snows."),
        ("body", "He wrote:"),
        ("blockquote", "Dear Ada, the snow is deep."),
        ("blockquote", "Yours, Carl"),
        ("body", "and no more."),
        ("list", "To bring"),
        ("list", "bread"),
        ("list", "a map"),
        ("list", "of the north"),
        ("paratext", "The house"),
        ("body", "Snow on the roof, snow on the road"),
        ("body", "EVE."),
        ("body", "Come in!"),
        ("editor_note", "She did not go in."),
        ("body", "Photography is an art."),
        ("footnote", "My own camera."),
        ("paratext", "The end of the book"),
    ]
    assert voices(text, 4) == {
        ("author", None): (
            "We came by the photographer’s house.  Carl said, and “No,” I said,  They called it "
            "“art”. The international congress of counter-revolution met here."
        ),
        ("other", "Carl Berg"): "“I have a camera,”",
        ("other", None): "“you have not.”",
    }
    said = {one.paragraph.placed.text: one.dominant() for one in text.paragraphs}
    assert said["Ada Author"] == Voice(voice="none")
    assert said["It was a toy. (Ed.)"] == Voice(voice="editor")
    assert said["My own camera."] == Voice(voice="author")
    assert said["She did not go in."] == Voice(voice="editor")
    assert said["In my diary: it snows."] == Voice(voice="author_earlier")
    assert said["Come in!"] == Voice(voice="other", speaker="EVE")
    assert said["Dear Ada, the snow is deep."] == Voice(voice="other")
    edits = {(edit.before, edit.after): edit.rule for edit in text.edits if edit.rule != "markup"}
    assert edits == {
        ('<lb break="no"/>', ""): "word put together",
        ("Teh", "The"): "choice",
        ('-<fw type="pageNum" place="bottom">9</fw><pb n="10" break="no"/>', ""): (
            "line-end hyphen removed"
        ),
        ("congresse", "congress"): "choice",
        ('</pc><lb break="no"/>', ""): "line-end hyphen kept",
        ("there", ""): "left out",
        ("-", "raphy"): "line-end hyphen removed",
        ("raphy", ""): "line-end hyphen removed",
    }
    assert unexplained(corpus, tokenize(split_passages(corpus))) == []
    assert [block.page for block in text.blocks][-3:] == ["10", "10", "10"]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>a</p>", [("body", "a")]),
        ("<div><div><head>A</head><p>b</p></div></div>", [("heading", "A"), ("body", "b")]),
        ("words in a body", [("body", "words in a body")]),
        ("<quote>set off</quote>", [("blockquote", "set off")]),
        ("<cit><quote>A</quote><bibl>B</bibl></cit>", [("blockquote", "A"), ("blockquote", "B")]),
        ("<epigraph><p>A</p></epigraph><p>b</p>", [("blockquote", "A"), ("body", "b")]),
        ("<p>a <quote>b</quote> c</p>", [("body", "a b c")]),
        ("<note>n</note>", [("footnote", "n")]),
        ("<note type='editorial'>n</note>", [("editor_note", "n")]),
        ("<note><p>n</p><quote><p>q</p></quote></note>", [("footnote", "n"), ("footnote", "q")]),
        ("<list><head>H</head><item>i</item></list>", [("list", "H"), ("list", "i")]),
        ("<table><row><cell>a</cell><cell>b</cell></row></table>", [("list", "a"), ("list", "b")]),
        ("<fw>7</fw><p>a</p>", [("page_furniture", "7"), ("body", "a")]),
        ("<figure><head>h</head><figDesc>no</figDesc></figure>", [("paratext", "h")]),
        ("<ab type='paratext'>p</ab>", [("paratext", "p")]),
        ("<ab type='anything'>p</ab>", [("body", "p")]),
        ("<lg><l>one</l><l>two</l></lg>", [("body", "one two")]),
        ("<lg><lg><l>one</l></lg><lg><l>two</l></lg></lg>", [("body", "one"), ("body", "two")]),
        ("<closer><salute>Yours,</salute><signed>A.</signed></closer>", [("body", "Yours,")]),
        ("<p>a<hi>b</hi> <foreign>c</foreign></p>", [("body", "ab c")]),
        ("<p>a<!-- no -->b<index><term>no</term></index></p>", [("body", "ab")]),
        ("<p>a<![CDATA[ <b> & ]]>c</p>", [("body", "a <b> & c")]),
        ("<p>R&amp;D &#8217;&#x2019; &lt;</p>", [("body", "R&D ’’ <")]),
        ("<p>one<lb/>two</p>", [("body", "one two")]),
        ("<p>one <lb/>two</p>", [("body", "one two")]),
        ("<p>one—<lb/>two</p>", [("body", "one—two")]),
        ("<p>one<lb break='no'/>two</p>", [("body", "onetwo")]),
        ("<p>one-\n  <lb break='no'/>\n  two</p>", [("body", "onetwo")]),
        ("<p>one<pb/>two</p>", [("body", "one two")]),
        ("<p>one<note>n</note>two</p>", [("body", "onetwo"), ("footnote", "n")]),
        ("<p>one <note>n</note>two</p>", [("body", "one two"), ("footnote", "n")]),
        ("<p>one<note>n</note>, two</p>", [("body", "one, two"), ("footnote", "n")]),
        ("<p>one<space dim='vertical'/>two</p>", [("body", "one two")]),
        ("<p xml:id='a'>one</p><p prev='#a'>two</p>", [("body", "one two")]),
        ("<p>a<g n='U+0001'/>b</p>", [("body", "a\x01b")]),
        ("<app><lem>A</lem><rdg>B</rdg></app>", [("body", "A")]),
        ("<p>a<app><rdg>B</rdg><rdg>C</rdg></app></p>", [("body", "aB")]),
        ("<p>a <subst><del>b</del> <add>c</add></subst></p>", [("body", "a c")]),
        ("<p><choice><abbr>Dr</abbr><expan>Doctor</expan></choice></p>", [("body", "Doctor")]),
        ("<p>a <choice><sic/><corr>b</corr></choice></p>", [("body", "a b")]),
        ("<p>a<choice><sic>,</sic><corr>.</corr></choice></p>", [("body", "a.")]),
        ("<p>a <choice><sic>b c</sic><corr>bc</corr></choice></p>", [("body", "a bc")]),
        (
            "<p>a <choice><sic>b</sic><corr>c d</corr></choice> <choice><orig>e</orig>"
            "<reg>f <q>g</q></reg></choice></p>",
            [("body", "a c d f g")],
        ),
    ],
)
def test_what_markup_becomes(
    read_tei: Callable[..., Text],
    unexplained: Callable[..., list[object]],
    markup: str,
    found: list[tuple[str, str]],
) -> None:
    text = read_tei(f"{markup}<p>The end.</p>")
    got = paragraphs(text)
    assert got[: len(found)] == found
    assert got[-1] == ("body", "The end.")


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<q who='#carl'>b</q>", {("other", "Carl Berg"): "b"}),
        ("<said who='#carl #eve'>b</said>", {("other", "Carl Berg; Eve"): "b"}),
        ("<q who='Karl Kraft'>b</q>", {("other", "Karl Kraft"): "b"}),
        ("<q who='#nobody'>b</q>", {("other", "nobody"): "b"}),
        ("<q>b</q>", {("other", None): "b"}),
        ("<q who='#ada'>b</q>", {("author", None): "b"}),
        ("<q who='#author'>b</q>", {("author", None): "b"}),
        ("<q type='soCalled'>b</q>", {("author", None): "b"}),
        ("<soCalled>b</soCalled>", {("author", None): "b"}),
        ("<q who='#carl'>b<q>c</q></q>", {("other", "Carl Berg"): "bc"}),
        (
            "<q who='#carl'>b<q who='#eve'>c</q></q>",
            {("other", "Carl Berg"): "b", ("other", "Eve"): "c"},
        ),
        ("<q ana='#voice.author_earlier'>b</q>", {("author_earlier", None): "b"}),
        ("<seg ana='#voice.none #speaker.x'>b</seg>", {("none", "speaker.x"): "b"}),
        ("<seg ana='#voice.nonsense #else'>b</seg>", {("author", None): "b"}),
        ("<q who='#carl'>b<note>n</note></q>", {("other", "Carl Berg"): "b"}),
    ],
)
def test_whose_words_they_are(
    read_tei: Callable[..., Text], markup: str, found: dict[tuple[str, str | None], str]
) -> None:
    text = read_tei(f"<p>{markup}</p><note>my own</note>")
    assert voices(text) == found
    assert voices(text, len(text.paragraphs) - 1) == {("author", None): "my own"}


@pytest.mark.parametrize(
    ("resp", "voice"), [("", "author"), ("#ada", "author"), ("#eve", "editor"), ("ed.", "editor")]
)
def test_whose_notes_they_are(read_tei: Callable[..., Text], resp: str, voice: str) -> None:
    attribute = f" resp='{resp}'" if resp else ""
    text = read_tei(f"<p>a<note{attribute}>n</note></p>")
    assert voices(text, 1) == {(voice, None): "n"}


def test_quotations_are_read_by_their_marks_only_where_none_is_tagged(
    read_tei: Callable[..., Text],
) -> None:
    words = "<p>“We shall see,” said Carl.</p>"
    by_marks = read_tei(words)
    assert voices(by_marks)["other", "Carl"] == "We shall see,"
    tagged = read_tei(f"{words}<p><q>So</q></p>")
    assert set(voices(tagged)) == {("author", None)}


@pytest.mark.parametrize(
    ("cut", "word", "rule"),
    [
        ("photog-<lb/>rapher", "photographer", "line-end hyphen removed"),
        ("photog- <lb/> rapher", "photographer", "line-end hyphen removed"),
        ("photog-<pb n='2'/>rapher", "photographer", "line-end hyphen removed"),
        ("photog-<note>n</note><lb/>rapher", "photographer", "line-end hyphen removed"),
        ("photog\u00ad<lb/>rapher", "photographer", "line-end hyphen removed"),
        ("zzgru-<lb/>rapher", "zzgru-rapher", "line-end hyphen kept, doubtful"),
        ("photog-<lb break='no'/>rapher", "photographer", "line-end hyphen removed"),
        ("zzgru-<lb break='no'/>rapher", "zzgrurapher", "line-end hyphen removed"),
        ("ph<pc>-</pc><lb break='no'/>oto", "ph-oto", "line-end hyphen kept"),
        ("ph<pc>-</pc><lb break='maybe'/>oto", "ph-oto", "line-end hyphen kept, doubtful"),
        ("ph<pc force='weak'>-</pc><lb break='no'/>oto", "photo", "line-end hyphen removed"),
        ("photog-<lb break='yes'/>rapher", "photog", "markup"),
        ("pho<hi>to</hi>g-<lb/>ra<hi>pher</hi>", "photographer", "line-end hyphen removed"),
    ],
)
def test_words_cut_by_lines_pages_and_notes(
    one_text: OneText,
    make_corpus: Callable[..., Path],
    tmp_path: Path,
    unexplained: Callable[..., list[object]],
    cut: str,
    word: str,
    rule: str,
) -> None:
    raw = FILE.format(header=HEADER, text=f"<body><p>The {cut} of it.</p></body>")
    corpus = read_corpus(make_corpus(tmp_path, {"text": raw}, profile="tei"))
    tokens = tokenize(split_passages(corpus))
    assert tokens["token"].tolist()[1] == word
    assert rule in {edit.rule for edit in corpus.texts[0].edits}
    assert unexplained(corpus, tokens) == []


def test_a_long_tag_is_taken_out_in_pieces_of_a_few_words(read_tei: Callable[..., Text]) -> None:
    text = read_tei("<p>a <hi rend='b c d e f g h i j k l m n'>b</hi> c</p>")
    tags = [edit for edit in text.edits if edit.rule == "markup"]
    assert [edit.before for edit in tags][:3] == [
        "<hi rend='b c d e f ",
        "g h i j k l ",
        "m n'>",
    ]
    assert paragraphs(text) == [("body", "a b c")]


def test_sections_are_divisions(read_tei: Callable[..., Text]) -> None:
    def sections(body: str) -> list[int]:
        return [block.section for block in read_tei(body).blocks]

    assert sections("<p>a</p><div><p>b</p></div><div><p>c</p></div><p>d</p>") == [1, 2, 3, 4]
    # Headings alone are no section of their own; an opening in capitals is none here.
    assert sections("<div><head>A</head><div><head>B</head><p>c</p></div></div>") == [1, 1, 1]
    assert sections("<p>a</p><p>THIS IS CAPITALS here.</p>") == [1, 1]
    assert sections("<p>a</p><milestone unit='section'/><p>b</p>") == [1, 2]
    assert sections("<div part='I'><p>a</p></div><div part='F'><p>b</p></div>") == [1, 1]


def test_a_paragraph_does_not_go_on_behind_a_long_quotation(read_tei: Callable[..., Text]) -> None:
    # The running text keeps its order: what is quoted is not moved behind the end of a paragraph.
    text = read_tei("<p>He wrote: <quote><p>So it is.</p></quote> and no more.</p>")
    assert [words for _, words in paragraphs(text)] == ["He wrote:", "So it is.", "and no more."]
    assert [block.continues for block in text.blocks] == [None, None, None]


def test_what_stands_in_front_and_behind_is_paratext(read_tei: Callable[..., Text]) -> None:
    text = read_tei(
        "<front><titlePage><docTitle><titlePart>T</titlePart></docTitle><byline>by</byline>"
        "</titlePage><div><head>H</head><p>a</p></div></front><body><p>b</p></body>"
        "<back><div><head>I</head><p>c</p></div></back>",
        whole=True,
    )
    found = [
        (*pair, one.at(0).voice)
        for pair, one in zip(paragraphs(text), text.paragraphs, strict=True)
    ]
    assert found == [
        ("title", "T", "author"),
        ("paratext", "by", "publisher"),
        ("heading", "H", "publisher"),
        ("paratext", "a", "publisher"),
        ("body", "b", "author"),
        ("heading", "I", "author"),
        ("paratext", "c", "publisher"),
    ]


def test_decisions_by_hand_apply_to_the_file(one_text: OneText) -> None:
    raw = FILE.format(header=HEADER, text="<body><p>He said yes, and mroe.</p><p>No</p></body>")
    text = one_text(
        raw,
        profile="tei",
        corrections=[("mroe", "more")],
        overrides=[
            ("said yes", "voice", "other"),
            ("said yes", "speaker", "Ann"),
            ("No", "layer", "heading"),
        ],
    )
    assert paragraphs(text) == [("body", "He said yes, and more."), ("heading", "No")]
    assert voices(text)["other", "Ann"] == "said yes"
    assert text.raw == raw


@pytest.mark.parametrize("before", ["<hi>b", "&amp;"])
def test_a_correction_of_a_tag_is_refused(one_text: OneText, before: str) -> None:
    raw = FILE.format(header=HEADER, text="<body><p>a <hi>b</hi> &amp; c</p></body>")
    with pytest.raises(CorpusError, match=r"text\.csv: the correction of .* reaches into a tag"):
        one_text(raw, profile="tei", corrections=[(before, "x")])


def test_a_file_without_words_is_refused(one_text: OneText) -> None:
    with pytest.raises(CorpusError, match=r"texts/text\.txt: its text element holds no words"):
        one_text(FILE.format(header=HEADER, text="<body><p> <lb/></p></body>"), profile="tei")


def test_check_and_tables_know_tei(
    witness: Callable[..., tuple[int, str, str]],
    make_corpus: Callable[..., Path],
    tmp_path: Path,
) -> None:
    raw = (DATA / "memoir.xml").read_bytes()
    folder = make_corpus(tmp_path, {"memoir": raw}, profile="tei")
    code, out, err = witness("check", "--corpus", folder)
    assert (code, err) == (0, "")
    assert "Nothing is lost" in out
    code, out, _ = witness("export", "blocks", "--corpus", folder)
    assert code == 0
    assert "photographer’s house" in out
    code, out, _ = witness("show", "memoir:0001", "--corpus", folder)
    assert "lines 37-" in out


def test_what_is_in_no_block_is_told(
    make_corpus: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is; that the check would see it is shown with a reading that forgets the notes.
    corpus = corpus_of(make_corpus, tmp_path, "memoir")
    assert check_edition(corpus).lost == ()
    through = Walk.through

    def forgetful(walk: Walk, marks: list[Mark]) -> None:
        through(walk, marks)
        walk.chunks = [chunk for chunk in walk.chunks if chunk.layer != "footnote"]

    monkeypatch.setattr(Walk, "through", forgetful)
    tei.lay_out_tei.cache_clear()
    lost = check_edition(corpus).lost
    tei.lay_out_tei.cache_clear()
    assert [re.sub(r" at \d+", "", sentence) for sentence in lost] == [
        "memoir: 'It was a toy. (Ed.)</note>camera,”</said' is in no block.",
        "memoir: 'My own camera.</note><lb break=\"no\"/>rap' is in no block.",
    ]


def test_tables_of_tei_pass_their_schemas(make_corpus: Callable[..., Path], tmp_path: Path) -> None:
    corpus = corpus_of(make_corpus, tmp_path, "memoir")
    for name, table in (("blocks", corpus.blocks), ("edits", corpus.edits)):
        check_table(table, name)
        assert isinstance(table, pd.DataFrame)
    longest = max(len(edit.before.split()) for edit in corpus.texts[0].edits)
    assert longest <= 6
