"""Where the sentences of a running text begin and end.

A stop is a candidate wherever white space follows it and whatever closes around it (quotation
marks, brackets, footnote marks). Most candidates are plain: punkt ends a sentence at every stop
that is not an abbreviation, an initial or an ellipsis, so nothing has to be asked. Where one of
those stands before the stop, a punkt that knows the abbreviations and the words that begin
sentences decides. Rules for speech, brackets and ellipses refuse what punkt cannot see.
"""

import re
from collections.abc import Collection, Iterator

from analysis.errors import InputError
from analysis.text.full_stops import Rules, full_stop_ends, rules_of
from analysis.text.languages import Language

SHORT_SPEECH_WORDS = 8
"""A quotation of at most so many words is one utterance: “Never! We shall fight.”"""

_CLOSE = r"[”’\"'»›“‘)\]}*†‡§™¹²³⁰⁴-⁹]"
_MARK = (
    r"\s?\[(?:\d{1,3}|\*+)\](?=\s|\Z)|\s\((?:\d{4}|[A-Z][a-z]{1,5})\.?\)(?=\s|\Z)"
    r"|[ \u00a0\u202f][»›](?=\s|\Z)"
)
_OPEN = r"[“‘„‚«‹»›\"'’(\[{*†‡§¿¡#$£€_—–―-]"
_PARAGRAPH_GAP = re.compile(r"\n\s*\n")
# Possessive throughout: a run of stops is taken whole or not at all, never split inside. The one
# exception is a stop before an ellipsis that begins the next sentence: “p. 308. ...Comrade”.
_CANDIDATE = re.compile(
    r"(?<![.?!…])(?<![.?!…]\s)"
    r"(?P<run>[.?!…]++(?=\s(?:\.{3}|…)\w)|[.?!…]++(?:\s[.?!…]++)*+)"
    rf"(?P<tail>(?:{_CLOSE}|{_MARK})*+\d{{0,2}}+)\s++"
)
_NEXT = re.compile(rf"(?P<open>(?:{_OPEN}\s?)*+(?:\.{{2,3}}|…)?)(?P<word>[^\W_]++)")
_WORD_CHARACTER = re.compile(r"[^\W_]")
_DASHES = "—–―-"
_SPEECH = re.compile(
    r"“[^“”]{1,90}”|«[^«»]{1,90}»|„[^„“”]{1,90}[“”]"
    r"|(?<![^\s(\[—–])\"[^\"]{1,90}\"(?!\w)|(?<!\w)‘[^‘]{1,90}?[’'](?!\w)"
)
_BRACKET = re.compile(r"[(\[][^()\[\]]{1,600}[)\]](?=[\s.…”’\"'»*]*+(?P<after>[,;:]|\w))")
_STOP_INSIDE = re.compile(r"[.?!…]\S*\s")
_QUOTED_FROM_WITHIN = re.compile(r"[,:]\s+[“‘\"'«„]")
_REPORT = re.compile(
    r"(?P<who>[^\W\d_]+)\.?(?:\s[^\W\d_]+\.?){0,2}?\s(?P<verb>[^\W\d_]+)\b"
    r"(?P<speech>[,:]\s[“‘\"'«„])?"
)


def split_sentences(
    text: str, *, abbreviations: Collection[str] = (), language: str = "en"
) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of a text, in order and without overlap.

    Every character that is not white space is in exactly one span, and each span has a letter or
    digit unless its whole paragraph has none. A blank line always ends a sentence; a single line
    end is white space. Speech of at most eight words is not split inside; a bracket inside a
    sentence that goes on is not split either. A stop before a lower-case letter ends nothing, with
    one exception: an ellipsis before a new clause of its own (“at work ... and then silence fell”).

    Parameters
    ----------
    text : str
        Running text.
    abbreviations : collection of str
        Further abbreviations, with or without their last stop, such as "Obkom." or "C.E.C.". They
        end a sentence only before a word that begins one.
    language : str
        Primary tag ("en", "en-GB"). English abbreviations and sentence openers are known; for any
        other language only the given abbreviations are; neither they nor initials end a sentence
        there, and a number with a stop (“der 5. Kongress”) does.

    Raises
    ------
    InputError
        If `abbreviations` is one string, or holds an empty one.

    Notes
    -----
    Decisions on abbreviations, initialisms and initials are those of punkt, by its orthographic
    heuristic: Kiss and Strunk (2006), doi:10.1162/coli.2006.32.4.485. Known bias: an initialism
    before a capitalised noun (“in the U.S.S.R. Workers fled”) is taken not to end the sentence.
    """
    if isinstance(abbreviations, str):
        raise InputError(
            f"abbreviations must be a list of strings, not the one string {abbreviations!r}: "
            f"write [{abbreviations!r}]."
        )
    rules = rules_of(frozenset(abbreviations), language.lower().replace("_", "-").split("-")[0])
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _PARAGRAPH_GAP.finditer(text):
        spans.extend(_paragraph(text, rules, first=start, last=gap.start()))
        start = gap.end()
    spans.extend(_paragraph(text, rules, first=start, last=len(text)))
    return spans


def _paragraph(text: str, rules: Rules, *, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Return the spans of the sentences between two places, one paragraph."""
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if first == last:
        return
    whole = _kept_whole(text, first=first, last=last)
    for stop in _CANDIDATE.finditer(text, first, last):
        after = _NEXT.match(text, stop.end(), last)
        while whole and whole[-1][1] <= stop.end():
            whole.pop()
        if after is None or (whole and whole[-1][0] < stop.end()):
            continue
        if _ends_sentence(text, stop, after=after, rules=rules, start=first):
            yield first, stop.end("tail")
            first = stop.end()
    yield first, last


def _kept_whole(text: str, *, first: int, last: int) -> list[tuple[int, int]]:
    """Return the places where no sentence ends, last first: short speech, brackets inside one."""
    whole = [
        found.span()
        for found in _SPEECH.finditer(text, first, last)
        if _STOP_INSIDE.search(found[0]) and len(found[0].split()) <= SHORT_SPEECH_WORDS
    ]
    for found in _BRACKET.finditer(text, first, last):
        if (found["after"] in ",;:" or found["after"].islower()) and _STOP_INSIDE.search(found[0]):
            whole.append((found.start() - 1, found.end()))
    return sorted(whole, reverse=True)


def _ends_sentence(
    text: str, stop: re.Match[str], *, after: re.Match[str], rules: Rules, start: int
) -> bool:
    """Return whether the sentence that began at `start` ends at this stop."""
    run, tail, word = stop["run"], stop["tail"], after["word"]
    if not _WORD_CHARACTER.search(text, start, stop.start()):
        return False
    if word[0].islower():
        goes_on = rules.language.goes_on
        trails_off = len(run) > 1 or run == "…"
        return bool(trails_off and goes_on and goes_on.match(text, after.start("word")))
    if tail and not _tail_can_end(text, stop, after=after, language=rules.language, start=start):
        return False
    if after["open"] and after["open"][0] in _DASHES and (tail or run != "."):
        return False
    if run != ".":
        return True
    return full_stop_ends(text, stop, after=after, rules=rules, start=start)


def _tail_can_end(
    text: str, stop: re.Match[str], *, after: re.Match[str], language: Language, start: int
) -> bool:
    """Return whether a stop with something closing behind it may end the sentence."""
    tail, place = stop["tail"], stop.start()
    if tail[-1].isdecimal() and text[place - 1].isdecimal():
        return False  # 4.30 is a number, “words.1” a word with a footnote mark
    if tail[0] in ")]":
        opened = text.rfind("(" if tail[0] == ")" else "[", start, place)
        if opened > start and text.find(tail[0], opened, place) < 0:
            return False  # a bracket inside a sentence, which has its own stop to come
    if stop["run"] == "." or after["open"] or not any(mark in tail for mark in "”’\"'»“"):
        return True
    report = _REPORT.match(text, after.start("word"))
    if report is None or report["verb"] not in language.says or report["speech"]:
        return True
    if report["who"] != "I" and report["who"].lower() in language.begin:
        return True
    return bool(_QUOTED_FROM_WITHIN.search(text, max(start, place - 1000), place))
