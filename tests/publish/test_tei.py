"""What the TEI documents say: header, places, corrections, voices, persons, dates, pages."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree

from analysis.edition.corpus import Corpus, read_corpus
from analysis.edition.dates_narrated import date_corpus
from analysis.errors import InputError
from analysis.publish.tei import tei_documents
from analysis.publish.tei_fragments import place_id
from analysis.text.persons import find_mentions

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
DATA = Path(__file__).parents[1] / "data" / "tei"
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def documents(corpus: Corpus) -> dict[str, etree._Element]:
    """Return the root of each text's document, by doc_id."""
    return {
        name.removesuffix(".xml"): etree.fromstring(content)
        for name, content in tei_documents(corpus).items()
    }


@pytest.fixture(scope="module")
def tei_all() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(DATA / "tei_all.rng"))


def found(root: etree._Element, path: str) -> list[etree._Element]:
    """Return what a path finds, TEI elements with the prefix t."""
    return list(root.xpath(path, namespaces=TEI))


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def inside(root: etree._Element) -> str:
    """Return the text element as it is written, without namespace and ids of places."""
    (text,) = found(root, "t:text")
    written = etree.tostring(text, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns="[^"]*"| xml:id="text_\d+-\d+"', "", written).replace("\n", "")


def written(folder: Path, write: Write, raw: str, **keys: object) -> str:
    """Return the text element of a corpus of one text."""
    corpus = read_corpus(write(folder, {"text": raw}, **keys))
    return inside(etree.fromstring(tei_documents(corpus)["text.xml"]))


def test_the_header_says_whose_text_it_is_and_what_may_be_done_with_it(
    documents: dict[str, etree._Element], corpus: Corpus
) -> None:
    for doc_id, root in documents.items():
        source = corpus.text(doc_id).source
        (header,) = found(root, "t:teiHeader")

        def said(path: str, header: etree._Element = header) -> list[str]:
            return [words(one) for one in found(header, path)]

        assert said("t:fileDesc/t:titleStmt/t:title") == [source.title]
        assert said("t:fileDesc/t:titleStmt/t:author") == [source.author]
        responsible = dict(
            zip(said(".//t:respStmt/t:resp"), said(".//t:respStmt/t:name"), strict=True)
        )
        assert responsible["translation"] == source.translator
        assert responsible["digitisation"] == source.digitised
        assert "corrections and decisions by hand" in responsible
        assert said("t:fileDesc/t:publicationStmt//t:p") == [source.rights]
        bibls = found(header, "t:fileDesc/t:sourceDesc/t:bibl")
        described = {bibl.get("type"): words(bibl) for bibl in bibls}
        assert described["citation"] == source.citation
        assert described["edition"] == source.edition
        assert source.sha256 in described["file"]
        assert {
            etree.QName(one).localname
            for one in found(header, "t:encodingDesc/t:editorialDecl/t:*")
        } >= {"hyphenation", "correction", "quotation"}
        assert [one.get("ident") for one in found(header, ".//t:language")] == [source.language]
        (created,) = found(header, "t:profileDesc/t:creation/t:date")
        assert f"{created.get('notBefore')}/{created.get('notAfter')}" == source.year_written


def test_a_licence_that_has_an_address_is_pointed_at(make_corpus: Write, tmp_path: Path) -> None:
    rights = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)."
    corpus = read_corpus(make_corpus(tmp_path, {"text": "One.\n"}, rights=rights))
    root = etree.fromstring(tei_documents(corpus)["text.xml"])
    (licence,) = found(root, ".//t:availability/t:licence")
    assert licence.get("target") == "https://creativecommons.org/licenses/by/4.0/"
    assert licence.text == rights


def test_ids_are_unique_and_every_pointer_leads_somewhere(
    documents: dict[str, etree._Element],
) -> None:
    for root in documents.values():
        ids = [one.get(ID) for one in root.iter("{*}*") if one.get(ID) is not None]
        assert len(ids) == len(set(ids)) > 100
        for one in root.iter("{*}*"):
            for name in ("who", "ref", "resp", "ana", "corresp", "prev", "target", "datingMethod"):
                for pointer in one.get(name, "").split():
                    assert pointer.removeprefix("#") in ids


def test_every_block_has_its_place(documents: dict[str, etree._Element], corpus: Corpus) -> None:
    for doc_id, root in documents.items():
        ids = {one.get(ID) for one in root.iter("{*}*")}
        rows = corpus.blocks[corpus.blocks["doc_id"] == doc_id]
        for start, end in zip(rows["char_start"], rows["char_end"], strict=True):
            assert f"{doc_id}_{start}-{end}" in ids


def test_an_id_that_begins_with_a_digit_gets_an_underscore() -> None:
    assert place_id("serge-memoirs", 18432, end=19120) == "serge-memoirs_18432-19120"
    assert place_id("1984-orwell", 1, end=20) == "_1984-orwell_1-20"


def test_corrections_persons_dates_and_pages_are_all_there(
    documents: dict[str, etree._Element], corpus: Corpus
) -> None:
    mentions = find_mentions(corpus)
    dates = date_corpus(corpus)
    n_corrections = 0
    for doc_id, root in documents.items():
        (text,) = found(root, "t:text")
        edits = [edit for edit in corpus.text(doc_id).edits if edit.rule == "correction"]
        reasons = [words(span) for span in found(root, "t:standOff/t:spanGrp/t:span")]
        assert reasons == [" ".join(edit.reason.split()) for edit in edits]
        shown = found(text, ".//t:choice/t:corr | .//t:lb[@resp='#corrections']")
        assert len(shown) == len(edits)
        n_corrections += len(edits)
        named = found(text, ".//t:persName[not(@prev)]")
        own = mentions[mentions["doc_id"] == doc_id]
        assert len(named) == len(own)
        refs = [(one.get("ref") or "").removeprefix("#person.") or None for one in named]
        assert sorted(map(str, refs)) == sorted(
            str(person) if isinstance(person, str) else "None" for person in own["person_id"]
        )
        told = [one for found_in in dates[doc_id].mentions for one in found_in if one.earliest]
        assert len(found(text, ".//t:date[not(@prev)]")) == len(told)
        pages = [one.get("n") for one in found(text, ".//t:pb")]
        printed = list(dict.fromkeys(block.page for block in corpus.text(doc_id).blocks))
        assert list(dict.fromkeys(pages)) == [page for page in printed if page or len(printed) > 1]
    assert n_corrections > 200


def test_a_sic_is_what_the_file_has(documents: dict[str, etree._Element]) -> None:
    pairs = {
        (words(found(one, "t:sic")[0]), words(found(one, "t:corr")[0]))
        for root in documents.values()
        for one in found(root, "t:text//t:choice")
    }
    assert {("cre ated", "created"), ("I’Anarchie", "l’Anarchie"), ("sum", "sun")} <= pairs


def test_a_word_over_a_page_is_whole(documents: dict[str, etree._Element]) -> None:
    (paragraph,) = found(
        documents["serge-lenin-stalin"], "//t:p[starts-with(., 'He became a member')]"
    )
    written_there = etree.tostring(paragraph, encoding="unicode")
    assert re.search(
        r'com-<fw [^>]*type="pageNum">7</fw><pb n="8" break="no"/>'
        r'<anchor [^>]*/><lb break="no"/>missar',
        written_there.replace(' xmlns="http://www.tei-c.org/ns/1.0"', ""),
    )


def test_a_small_book_by_hand(make_corpus: Write, tmp_path: Path) -> None:
    line = "A line of the body of this book of about sixty letters, so it"
    raw = (
        "\n".join([line] * 4)
        + "\nends with a photog-\n\n*A note on it, which is set in smaller type than the body, "
        + "so that a line\nholds more.\n\n7\n\n\n\n"
        + "rapher and goes on, as it did before.\n"
        + "\n".join([line] * 4)
        + "\nwent on.\n\n8\n"
    )
    got = written(tmp_path, make_corpus, raw, profile="ocr-book")
    lines = f"<lb/>{line}" * 3
    assert got == (
        '<text><body><div n="1"><pb n="7"/><p><anchor type="block"/>'
        f"{line}{lines}<lb/>ends with a photog-"
        '<note place="foot">*A note on it, which is set in smaller type than the body, so that a '
        'line<lb/>holds more.</note><fw type="pageNum">7</fw><pb n="8" break="no"/>'
        '<anchor type="block"/><lb break="no"/>rapher and goes on, as it did before.'
        f"<lb/>{line}{lines}<lb/>went on.</p>"
        '<fw type="pageNum">8</fw></div></body></text>'
    )


def test_a_small_transcription_by_hand(make_corpus: Write, tmp_path: Path) -> None:
    raw = (
        "Ada Author\n\nA Title\n\nSource: a book, 1900\n\nThe First Part\n\n"
        "“It is,” said Carl, “so.” I left in may 1920.\n\n[Carl: a painter.]\n\n"
        "1. Bread;\n2. Salt.\n\n* * *\n\n1. A note behind.\n"
    )
    got = written(
        tmp_path,
        make_corpus,
        raw,
        profile="web-transcription",
        corrections={"text": [("may", "May")]},
        overrides={"text": [("A note behind.", "voice", "author_earlier")]},
    )
    assert got == (
        "<text><front><titlePage><docAuthor>Ada Author</docAuthor>"
        "<titlePart>A Title</titlePart></titlePage>"
        '<div n="1" part="F"><p>Source: a book, <date when="1900" type="note">1900</date></p></div>'
        '</front><body><div n="2"><head>The First Part</head>'
        '<p>“<q who="#speaker.carl">It is,</q>” said Carl, “<q who="#speaker.carl">so.</q>” I left '
        'in <date when="1920-05" type="narrated"><choice><sic>may</sic>'
        '<corr xml:id="corr.95-98" resp="#corrections">May</corr></choice> 1920</date>.</p>'
        '<note type="editorial" place="inline" resp="#editor">[Carl: a painter.]</note>'
        "<list><item>1. Bread;<lb/>2. Salt.</item></list>"
        '<fw type="ornament">* * *</fw>'
        '<note place="end">1. <q ana="#voice.author_earlier">A note behind.</q></note>'
        "</div></body></text>"
    )


def test_persons_are_named_with_their_ids_or_left_open(make_corpus: Write, tmp_path: Path) -> None:
    folder = make_corpus(tmp_path, {"text": "Ann Bell met Carl. Bell spoke to Kraft.\n"})
    (folder / "persons.toml").write_text(
        'shared = ["Kraft"]\n'
        '[[person]]\nid = "ann-bell"\nname = "Ann Bell"\nvariants = ["Bell"]\nyears = "1870/"\n'
        'wikidata = "Q1"\ndescription = "a painter"\n'
        '[[person]]\nid = "karl"\nname = "Karl Kraft"\nvariants = ["Kraft"]\ndescription = "k"\n'
        '[[person]]\nid = "max"\nname = "Max Kraft"\nvariants = ["Kraft"]\ndescription = "m"\n',
        encoding="utf-8",
    )
    root = etree.fromstring(tei_documents(read_corpus(folder))["text.xml"])
    assert '<persName ref="#person.ann-bell">Ann Bell</persName> met Carl. ' in inside(root)
    assert (
        '<persName corresp="#person.karl #person.max" cert="unknown">Kraft</persName>.'
        in inside(root)
    )
    people = found(root, "t:standOff/t:listPerson/t:person")
    assert [one.get(ID) for one in people] == ["person.ann-bell", "person.karl", "person.max"]
    assert words(people[0]) == "Ann Bell a painter Q1"
    assert [one.get("when") for one in found(people[0], "t:birth|t:death")] == ["1870"]


def test_dates_of_the_old_calendar_are_given_in_both(make_corpus: Write, tmp_path: Path) -> None:
    raw = "It was 1917. On October 25th (November 7th) they came.\n"
    corpus = read_corpus(make_corpus(tmp_path, {"text": raw}))
    root = etree.fromstring(tei_documents(corpus)["text.xml"])
    (day,) = found(root, "//t:date[@when-custom]")
    assert dict(day.attrib) == {
        "when": "1917-11-07",
        "when-custom": "1917-10-25",
        "datingMethod": "#julian",
        "type": "narrated",
    }
    assert found(root, "//t:calendar")[0].get(ID) == "julian"


def test_what_xml_cannot_hold_is_held(
    make_corpus: Write, tmp_path: Path, tei_all: etree.RelaxNG
) -> None:
    raw = "R&D <b> ]]> \x01 \ufffe\x0b.\r\nA line\n"
    corpus = read_corpus(make_corpus(tmp_path, {"text": raw}))
    content = tei_documents(corpus)["text.xml"]
    assert tei_all.validate(etree.fromstring(content)), tei_all.error_log
    assert (
        'R&amp;D &lt;b&gt; ]]&gt; <g n="U+0001"/> <g n="U+FFFE"/><g n="U+000B"/>.&#13;\n<lb/>A line'
        in content.decode("utf-8")
    )


def test_speakers_with_like_names_are_kept_apart(make_corpus: Write, tmp_path: Path) -> None:
    names = ("Capek", "Čapek", "李", "王")
    raw = "".join(f"{number}x words of {name}.\n\n" for number, name in enumerate(names))
    rows = [
        row
        for number, name in enumerate(names)
        for row in ((f"{number}x words", "voice", "other"), (f"{number}x words", "speaker", name))
    ]
    corpus = read_corpus(make_corpus(tmp_path, {"text": raw}, overrides={"text": rows}))
    root = etree.fromstring(tei_documents(corpus)["text.xml"])
    speakers = {
        one.get(ID): words(one) for one in found(root, "//t:listPerson[@type='speakers']/t:person")
    }
    assert speakers == {
        "speaker.capek": "Capek",
        "speaker.capek.2": "Čapek",
        "speaker.unnamed": "李",
        "speaker.unnamed.2": "王",
    }
    assert [speakers[q.get("who")[1:]] for q in found(root, "//t:q")] == list(names)


@pytest.mark.parametrize("publish", ["excerpt", "counts"])
def test_what_may_not_be_given_out_whole_is_refused(
    make_corpus: Write, tmp_path: Path, publish: str
) -> None:
    corpus = read_corpus(make_corpus(tmp_path, {"text": "One.\n"}, publish=publish))
    with pytest.raises(InputError, match=f"'text' may not be given out so: .*'{publish}'"):
        tei_documents(corpus)


def test_texts_are_chosen_by_id(corpus: Corpus) -> None:
    assert list(tei_documents(corpus, ["serge-memoirs", "serge-memoirs"])) == ["serge-memoirs.xml"]
    with pytest.raises(InputError, match="no text 'nobody'"):
        tei_documents(corpus, ["nobody"])


def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus) -> None:
    one, other = (tei_documents(corpus, ["rosmer-moscow"]) for _ in range(2))
    assert one == other
    assert one["rosmer-moscow.xml"].startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<TEI ')
    assert one["rosmer-moscow.xml"].endswith(b"</TEI>\n")


@pytest.mark.parametrize("name", ["novella", "memoir"])
def test_a_text_that_came_as_tei_goes_out_as_valid_tei(
    make_corpus: Write, tmp_path: Path, tei_all: etree.RelaxNG, name: str
) -> None:
    raw = (DATA / f"{name}.xml").read_bytes()
    assert tei_all.validate(etree.fromstring(raw)), tei_all.error_log
    corpus = read_corpus(make_corpus(tmp_path, {"text": raw}, profile="tei"))
    root = etree.fromstring(tei_documents(corpus)["text.xml"])
    assert tei_all.validate(root), tei_all.error_log


def reread(corpus: Corpus, folder: Path, write: Write) -> Corpus:
    contents = {
        name.removesuffix(".xml"): content for name, content in tei_documents(corpus).items()
    }
    return read_corpus(write(folder, contents, profile="tei"))


@pytest.mark.parametrize("name", ["novella", "memoir"])
def test_a_text_that_came_as_tei_comes_back_the_same(
    make_corpus: Write, tmp_path: Path, name: str
) -> None:
    raw = (DATA / f"{name}.xml").read_bytes()
    corpus = read_corpus(make_corpus(tmp_path / "one", {"text": raw}, profile="tei"))
    again = reread(corpus, tmp_path / "two", make_corpus)
    columns: Sequence[str] = ("page", "section", "layer", "voice", "speaker", "continues")
    pd.testing.assert_frame_equal(corpus.blocks[list(columns)], again.blocks[list(columns)])
    assert [one.paragraph.placed.text for one in corpus.texts[0].paragraphs] == [
        one.paragraph.placed.text for one in again.texts[0].paragraphs
    ]
    choices = [
        {(e.before, e.after, e.reason) for e in one.texts[0].edits if e.rule == "choice"}
        for one in (corpus, again)
    ]
    assert choices[0] == choices[1]
