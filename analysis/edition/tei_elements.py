"""What the elements of TEI mean for an edition: paragraphs, their layers, and whose words.

=================================  ==============================================================
markup                             what it becomes
=================================  ==============================================================
``p``, ``ab``, ``lg``, ...         a paragraph of the layer around it: body, as a rule
``ab type="LAYER"``                a paragraph of that layer
``front``, ``back``                paratext, but for heads, notes, titles and folios in them
``head`` of a division             heading
``titlePart``, ``docAuthor``       title; the author's name has no voice
``list``, ``table``                list
``quote`` and ``cit`` set off,     blockquote
``epigraph``
``note``                           footnote; ``type="editorial"``: editor_note
``figure``                         paratext (a caption)
``fw``                             page_furniture
``q``, ``said``, ``quote``         voice other, speaker ``who``; the author's where ``who`` is he
``note resp``                      voice editor, unless ``resp`` is the author
``sp who``                         voice other, speaker ``who``
``ana="#voice.NAME"``              that voice; with ``#speaker.ID`` beside it, that speaker
=================================  ==============================================================

``soCalled``, ``mentioned``, ``title``, ``foreign``, ``hi`` and all else that stands inside a
paragraph leave voice and layer as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from analysis.edition.speakers import VOICE_OF_LAYER, Voice
from analysis.edition.tei_people import SPEAKER_POINTER, VOICE_POINTER, People
from analysis.tables import LAYERS, VOICES

Kind = Literal["inline", "structure", "paragraph", "left out", "silent"]

DIVISIONS = frozenset({"div", *(f"div{level}" for level in range(8))})
STRUCTURES = DIVISIONS | frozenset(
    "text front body back group floatingText titlePage docTitle list listBibl table row sp "
    "epigraph argument opener closer postscript figure noteGrp castList castGroup".split()
)
PARAGRAPHS = frozenset(
    "p ab lg head note item titlePart docAuthor docImprint docEdition docDate imprimatur fw cell "
    "castItem speaker".split()
)
PARAGRAPHS_IN_STRUCTURES = frozenset(
    "label bibl biblStruct stage trailer byline salute signed dateline address".split()
)
"""They are paragraphs where no paragraph holds them, and part of the paragraph that does."""
SET_OFF_WITH = frozenset("p ab lg l div list sp quote cit table".split())
"""A quotation that holds one of them is set off from its paragraph."""
QUOTING = frozenset({"q", "said", "quote"})
NOT_QUOTED = frozenset({"soCalled", "mentioned", "term", "emph", "foreign", "title", "scare"})
"""Types of ``q`` that are nobody else's words."""
LEFT_OUT = frozenset({"del", "surplus"})
"""Words of the source that the edition leaves out; the log of edits has them."""
TAKEN = ("corr", "reg", "expan", "lem")
"""Of several readings of a place the edition takes one of these, the first, before all others."""
SILENT = frozenset(
    "figDesc index interp interpGrp span spanGrp link linkGrp certainty respons precision".split()
)
"""Words of the encoder, not of the text: like the header, they are in no block."""
EDITORIAL_NOTES = frozenset({"editorial", "editor", "ed"})
NOTE_LAYERS = ("footnote", "editor_note")


@dataclass(kw_only=True, slots=True, eq=False)
class Owner:
    """What text belongs to: a paragraph, or a run of text in a structure.

    `last` is the chunk that it had last, from which the next goes on where `goes_on` is true: runs
    of text in a structure are paragraphs each. `break_seen` and `space_seen` are what stands
    between the last chunk and the one that is open or to come; `break_after` and `space_after` what
    stands behind that.
    """

    layer: str
    voice: Voice
    structure: bool
    goes_on: bool
    last: int | None = None
    break_seen: str = ""
    space_seen: bool = False
    break_after: str = ""
    space_after: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Frame:
    """An element that is open, and what holds inside it."""

    name: str
    kind: Kind
    layer: str
    voice: Voice
    owner: Owner
    front: bool = False
    hyphen_is_own: bool = False


def outermost() -> Frame:
    """Return the frame around the text element: the author's body."""
    voice = Voice(voice="author")
    owner = Owner(layer="body", voice=voice, structure=True, goes_on=False)
    return Frame(name="", kind="structure", layer="body", voice=voice, owner=owner)


def frame_of(element: etree._Element, *, name: str, parent: Frame, people: People) -> Frame:
    """Return what holds inside an element that opens in another one."""
    kind = _kind(element, name=name, parent=parent)
    front = name == "front" or (parent.front and name != "body")
    layer = parent.layer
    if kind in ("structure", "paragraph"):
        layer = _layer(element, name=name, parent=parent, kind=kind)
    voice = parent.voice
    if layer != parent.layer or name in ("front", "body", "back"):
        voice = default_voice(layer, front=front)
    if name == "docAuthor":
        voice = Voice(voice="none")
    voice = _voice(element, name=name, voice=voice, people=people)
    if kind in ("structure", "paragraph"):
        structure = kind == "structure"
        goes_on = not structure or name == "quote"
        owner = Owner(layer=layer, voice=voice, structure=structure, goes_on=goes_on)
    else:
        owner = parent.owner
    own = parent.hyphen_is_own or (name == "pc" and element.get("force") != "weak")
    return Frame(
        name=name,
        kind=kind,
        layer=layer,
        voice=voice,
        owner=owner,
        front=front,
        hyphen_is_own=own,
    )


def default_voice(layer: str, *, front: bool) -> Voice:
    """Return the voice that a layer has where the markup says nothing else."""
    if layer == "heading" and front:
        return Voice(voice="publisher")
    return Voice(voice=VOICE_OF_LAYER[layer])


def is_set_off(element: etree._Element) -> bool:
    """Return whether a quotation holds paragraphs, verse or the like, and so stands by itself."""
    return any(
        isinstance(child.tag, str) and etree.QName(child).localname in SET_OFF_WITH
        for child in element.iterchildren()
    )


def _kind(element: etree._Element, *, name: str, parent: Frame) -> Kind:
    """Return whether an element structures, is a paragraph, stands in one, or is no text at all."""
    if parent.kind in ("left out", "silent"):
        return parent.kind
    if name in SILENT:
        return "silent"
    if name in LEFT_OUT or (parent.name in ("choice", "app") and not _is_taken(element)):
        return "left out"
    if name in STRUCTURES:
        return "structure"
    if name in PARAGRAPHS:
        return "paragraph"
    in_structure = parent.owner.structure
    if name in PARAGRAPHS_IN_STRUCTURES:
        return "paragraph" if in_structure else "inline"
    if name in ("q", "said"):
        return "structure" if is_set_off(element) else "inline"
    if name == "quote":
        return "structure" if in_structure or is_set_off(element) else "inline"
    if name == "cit":
        return "structure" if in_structure else "inline"
    return "inline"


def _is_taken(element: etree._Element) -> bool:
    """Return whether a reading is the one that the edition takes: its first of those preferred."""
    above = element.getparent()
    assert above is not None
    readings = list(above.iterchildren())
    preferred = [one for one in readings if etree.QName(one).localname in TAKEN]
    return element is (preferred or readings)[0]


def _layer(element: etree._Element, *, name: str, parent: Frame, kind: Kind) -> str:
    """Return the layer of a structure or paragraph."""
    outer = parent.layer
    if name == "ab" and element.get("type") in LAYERS:
        return str(element.get("type"))
    if name == "note":
        return "editor_note" if element.get("type") in EDITORIAL_NOTES else "footnote"
    if name == "fw":
        return "page_furniture"
    if outer in NOTE_LAYERS or outer == "page_furniture":
        return outer
    if name == "body":
        return "body" if parent.name == "text" else outer
    if name in ("front", "back", "titlePage", "docImprint", "docEdition", "docDate", "imprimatur"):
        return "paratext"
    if name in ("titlePart", "docAuthor"):
        return "title"
    if name in ("byline", "trailer", "figure"):
        return "paratext"
    if name == "head" and (parent.name in DIVISIONS or parent.name in ("front", "body", "back")):
        return "heading"
    if outer in ("body", "list") and name in ("quote", "cit", "epigraph"):
        return "blockquote"
    if outer == "body" and name in ("list", "listBibl", "table", "castList"):
        return "list"
    return outer


def _voice(element: etree._Element, *, name: str, voice: Voice, people: People) -> Voice:
    """Return the voice inside an element, from that around it and what its attributes say."""
    who = element.get("who", "")
    if name in QUOTING and element.get("type") not in NOT_QUOTED:
        if people.is_author(who):
            voice = Voice(voice="author")
        elif who or voice.voice != "other":
            voice = Voice(voice="other", speaker=people.name(who))
    elif name == "epigraph" or name == "cit":
        voice = voice if voice.voice == "publisher" else Voice(voice="other", speaker=voice.speaker)
    elif name == "sp":
        voice = Voice(voice="other", speaker=people.name(who or _said_by(element)))
    elif name == "note" and (resp := element.get("resp")):
        voice = Voice(voice="author" if people.is_author(resp) else "editor")
    pointers = element.get("ana", "").split()
    who = who or " ".join(one for one in pointers if one.startswith(SPEAKER_POINTER))
    for pointer in pointers:
        named = pointer.removeprefix(VOICE_POINTER)
        if pointer != named and named in VOICES:
            voice = Voice(voice=named, speaker=people.name(who))
    return voice


def _said_by(element: etree._Element) -> str:
    """Return the name before a speech, without its stop."""
    for child in element.iterchildren():
        if isinstance(child.tag, str) and etree.QName(child).localname == "speaker":
            return "".join(map(str, child.itertext())).strip().rstrip(".:,–— ")
    return ""
