"""Writes the header of a TEI document: whose text, from where, under what rights, edited how."""

from __future__ import annotations

import re

from analysis.edition.corpus import Text
from analysis.edition.dates_partial import year_span
from analysis.edition.sources import Source
from analysis.publish.digests import own_version
from analysis.publish.tei_annotations import Annotations
from analysis.publish.tei_builder import Builder
from analysis.publish.tei_persons import write_speakers
from analysis.tables import VOICES
from analysis.text.persons import PersonIndex
from analysis.text.running import running_text

_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")
_VERSION = re.compile(r"\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3}")
VOICE_MEANS = {
    "author": "words of the author",
    "author_earlier": "words of the author, quoted from an older text of his or her own",
    "other": "words of somebody else, who is named with who where that is known",
    "editor": "words of an editor or translator",
    "publisher": "words of a publisher or of a transcriber",
    "none": "nobody’s words in particular, as page numbers",
}
EDITORIAL = {
    "correction": (
        "Errors of digitisation are corrected by hand: sic has what the file has, corr what must "
        "have stood in print, and standOff the reason of each. Spellings and errors of the author "
        "or printer are kept."
    ),
    "normalization": "Nothing is normalised.",
    "quotation": (
        "Quotation marks are part of the text. q encloses the words between them that are somebody "
        "else’s; words that the author quotes in passing, titles and his or her own remembered "
        "speech are not marked. quote encloses quotations that are set off."
    ),
    "hyphenation": (
        'Lines end as in the source. A hyphen before lb break="no" is the printer’s and not of the '
        "word; one in pc is the word’s own. Where break is maybe, that could not be decided."
    ),
    "segmentation": (
        "A div is a section of the edition. A paragraph stands whole over pages and notes; where a "
        "blank line cuts it in the source, space has the place. fw holds page numbers."
    ),
    "interpretation": (
        "ana points to a voice other than the one that an element has by itself: the author for "
        "paragraphs, lists, headings and footnotes, somebody else for quote and q, the editor for "
        "editorial notes, the publisher for front matter and captions. persName has in ref whom a "
        "name means; where that is open, corresp has who it may be. date has when, or notBefore "
        "and notAfter (both inclusive, Gregorian), and in type what the date is there for."
    ),
}
PLACES = (
    "xml:id holds places of the source file: the id of the text, an underscore, and the half-open "
    "span of its characters, as in doc-id_18432-19120 for doc-id@18432-19120 (before an id that "
    "begins with a digit stands an underscore). A paragraph of several blocks has the place from "
    "the first to the last; anchor has that of each."
)


def write_header(
    builder: Builder, text: Text, *, annotations: Annotations, persons: PersonIndex
) -> None:
    """Write the header of a text."""
    builder.start("teiHeader")
    builder.newline()
    _file_description(builder, text)
    _encoding(builder)
    _profile(builder, text, annotations=annotations, persons=persons)
    builder.end("teiHeader")
    builder.newline()


def _file_description(builder: Builder, text: Text) -> None:
    source = text.source
    builder.start("fileDesc")
    builder.start("titleStmt")
    builder.newline()
    builder.element("title", source.title)
    builder.element("author", source.author, id="author")
    for name, role, who in _responsible(text):
        builder.start("respStmt", id=name)
        builder.element("resp", role)
        builder.element("name", who)
        builder.end("respStmt")
        builder.newline()
    builder.end("titleStmt")
    builder.newline()
    n_words = len(running_text(text).words)
    builder.start("extent")
    builder.element("measure", f"{n_words} running words", unit="words", quantity=str(n_words))
    builder.end("extent")
    builder.newline()
    _publication(builder, source)
    _source_description(builder, source)
    builder.end("fileDesc")
    builder.newline()


def _responsible(text: Text) -> list[tuple[str, str, str]]:
    """Return id, role and name of those who made the text and the edition."""
    source = text.source
    found = []
    if source.translator:
        found.append(("translator", "translation", source.translator))
    if source.digitised:
        found.append(("digitisation", "digitisation", source.digitised))
    if any(kind.voice == "editor" for one in text.paragraphs for kind in one.kinds):
        who = "the editor or translator, as the source marks the notes"
        found.append(("editor", "notes that are not the author’s", who))
    who = "those who keep this corpus"
    found.append(("corrections", "corrections and decisions by hand", who))
    return found


def _publication(builder: Builder, source: Source) -> None:
    """Write who gives the file out, and what may be done with the text."""
    builder.start("publicationStmt")
    builder.newline()
    builder.element("authority", "Whoever keeps the corpus that this file is from")
    builder.element("idno", source.id, type_="doc_id")
    url = _URL.search(source.rights)
    builder.start("availability", status="unknown")
    builder.newline()
    if url:
        builder.element("licence", source.rights, target=url[0])
    else:
        builder.element("p", source.rights)
    builder.end("availability")
    builder.end("publicationStmt")
    builder.newline()


def _source_description(builder: Builder, source: Source) -> None:
    """Write what the text is from: the citation, the edition, and the file that was read."""
    builder.start("sourceDesc")
    builder.newline()
    builder.element("bibl", source.citation, type_="citation", n=source.citation_key)
    for kind, words in (
        ("edition", source.edition),
        ("container", source.container),
        ("digitisation", source.digitised),
    ):
        if words:
            builder.element("bibl", words, type_=kind)
    if source.year_published:
        builder.start("bibl", type_="published")
        _date(builder, source.year_published)
        builder.end("bibl")
        builder.newline()
    builder.start("bibl", type_="file")
    builder.element("idno", source.path, type_="path")
    builder.element("idno", source.sha256, type_="SHA-256")
    builder.end("bibl")
    builder.newline()
    builder.end("sourceDesc")
    builder.newline()


def _encoding(builder: Builder) -> None:
    """Write how the text was edited, how places are named, and what the voices are."""
    builder.start("encodingDesc")
    version = own_version()
    if _VERSION.fullmatch(version):
        builder.start("appInfo")
        builder.start("application", ident="witness", version=version)
        builder.element("label", "Witness")
        builder.end("application")
        builder.end("appInfo")
        builder.newline()
    builder.start("editorialDecl")
    builder.newline()
    more = {
        "correction": {"method": "markup"},
        "normalization": {"method": "silent"},
        "quotation": {"marks": "all"},
        "hyphenation": {"eol": "all"},
    }
    for tag, words in EDITORIAL.items():
        builder.start(tag, **more.get(tag, {}))
        builder.element("p", words)
        builder.end(tag)
        builder.newline()
    builder.end("editorialDecl")
    builder.newline()
    builder.start("refsDecl")
    builder.element("p", PLACES)
    builder.end("refsDecl")
    builder.start("classDecl")
    builder.start("taxonomy", id="voice")
    builder.newline()
    for voice in VOICES:
        builder.start("category", id=f"voice.{voice}")
        builder.element("catDesc", VOICE_MEANS[voice])
        builder.end("category")
        builder.newline()
    builder.end("taxonomy")
    builder.end("classDecl")
    builder.end("encodingDesc")
    builder.newline()


def _profile(
    builder: Builder, text: Text, *, annotations: Annotations, persons: PersonIndex
) -> None:
    """Write when the text was written, in what language, and who speaks in it."""
    source = text.source
    builder.start("profileDesc")
    builder.newline()
    if source.year_written:
        builder.start("creation")
        _date(builder, source.year_written)
        builder.end("creation")
        builder.newline()
    builder.start("langUsage")
    builder.element("language", source.language, ident=source.language)
    builder.end("langUsage")
    builder.newline()
    if source.genre:
        builder.start("textClass")
        builder.start("keywords")
        builder.element("term", source.genre, type_="genre")
        builder.end("keywords")
        builder.end("textClass")
        builder.newline()
    if annotations.has_old_style():
        builder.start("calendarDesc")
        builder.start("calendar", id="julian")
        builder.element("p", "The Julian calendar, Old Style")
        builder.end("calendar")
        builder.end("calendarDesc")
        builder.newline()
    write_speakers(builder, annotations, persons=persons)
    builder.end("profileDesc")
    builder.newline()


def _date(builder: Builder, years: str) -> None:
    """Write the date of a source: a year, or a slash between the first and the last possible."""
    span = year_span(years)
    if span is None:
        builder.element("date", years)
    elif span.earliest == span.latest:
        builder.element("date", years, when=span.earliest)
    else:
        builder.element("date", years, not_before=span.earliest, not_after=span.latest)
