"""Where the sentences of a running text begin and end.

A stop is a candidate wherever white space follows it and whatever closes around it (quotation
marks, brackets, footnote marks). Most candidates are plain: punkt ends a sentence at every stop
that is not an abbreviation, an initial or an ellipsis, so nothing has to be asked. Where one of
those stands before the stop, a punkt that knows the abbreviations and the words that begin
sentences decides. Rules for speech, brackets and ellipses refuse what punkt cannot see.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

# _ORTHO_LC marks a word known in lower case: with a capital, such a word begins a sentence.
from nltk.tokenize.punkt import _ORTHO_LC, PunktParameters, PunktSentenceTokenizer

from analysis.errors import InputError

SHORT_SPEECH_WORDS = 8
"""A quotation of at most so many words is one utterance: “Never! We shall fight.”"""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Language:
    """What is known of the stops of one language; all words in lower case, without a stop."""

    never_end: frozenset[str] = frozenset()
    """Abbreviations that always stand before something else: Dr., cf."""
    seldom_end: frozenset[str] = frozenset()
    """Abbreviations that end a sentence only before a word that begins one: p.m., St."""
    numbered: frozenset[str] = frozenset()
    """Abbreviations before a number only, some of them words otherwise: No. 3, but “No.”"""
    begin: frozenset[str] = frozenset()
    """Words that are capitals only because they begin a sentence."""
    says: frozenset[str] = frozenset()
    """Verbs of a clause that reports the speech before it."""
    goes_on: re.Pattern[str] | None = None
    """A clause that stands by itself after an ellipsis, though in lower case."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _Language(
    never_end=_words(
        """
        adm brig capt cf cmdr col comr cpl dr e.g gen gov hon i.e insp lieut lt maj messrs mlle mme
        mr mrs prof rev rt sen sgt supt viz vs
        """
    ),
    seldom_end=_words(
        """
        al approx apr assn aug ave blvd bros c ca chap chaps cit co corp dec dept ed eds esq feb ft
        ibid inc jan jr l ltd ms mt n nos nov oct op p pp sept sr st ste trans transl univ vol vols
        """
    ),
    numbered=_words(
        """
        app apr art arts aug bk c ca ch chap chaps col dec ed ex feb fig figs fol jan jul jun l ll
        mar n no nos nov nr oct op p par para paras pl pp pt sec secs sep sept ser tab vol vols
        """
    ),
    begin=_words(
        """
        a about above according actually after again against all almost already also although always
        among an and another any anyone anything are as at be because before behind below beside
        besides between beyond both but by can certainly could despite did do does during each
        either even eventually every everybody everyone everything everywhere few finally first for
        from further had has have having he hence her here hers his how however i if in indeed
        instead into is it its just last later least less let many meanwhile more moreover most much
        my naturally neither never nevertheless next no nobody none nor not nothing now obviously of
        often on once one only or other others our out over perhaps rather several shall she should
        since so some somebody someone something sometimes soon still such suddenly than that the
        their them then there thereby therefore thereupon these they this those though three through
        throughout thus till to today together tomorrow too toward towards two under unfortunately
        unless until up upon usually was we were what whatever when whence whenever where whereas
        wherever whether which while who whoever whom whose why with within without would yes
        yesterday yet you your
        """
    ),
    says=_words(
        """
        added admitted announced answered argued asked began called cried cries declared demanded
        exclaimed explained inquired insisted interrupted muttered objected observed remarked
        repeated replied retorted said says shouted sighed suggested thought told urged whispered
        wondered wrote
        """
    ),
    goes_on=re.compile(
        r"(?:and|but|so|yet)\s+(?:then|now|still|suddenly|there|this|that|it|i|we|he|she|they|you"
        r"|nobody|everyone|everything|nothing)\b",
        re.IGNORECASE,
    ),
)
_LANGUAGES = {"en": _ENGLISH}

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
_INITIALISM = re.compile(r"[^\W\d_]{1,3}(?:\.[-‐‑]?[^\W\d_]{1,3})+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_LIST_NUMBER = re.compile(r"\d{1,3}|[IVXLC]+")
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


class _Abbreviations(set[str]):
    """The known abbreviations, and everything of the shape of an initialism: u.s.s.r, l.-o."""

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or bool(_INITIALISM.fullmatch(str(word)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rules:
    language: _Language
    doubtful: frozenset[str]
    punkt: PunktSentenceTokenizer


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
    rules = _rules(frozenset(abbreviations), language.lower().replace("_", "-").split("-")[0])
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _PARAGRAPH_GAP.finditer(text):
        spans.extend(_paragraph(text, rules, first=start, last=gap.start()))
        start = gap.end()
    spans.extend(_paragraph(text, rules, first=start, last=len(text)))
    return spans


@lru_cache(maxsize=32)
def _rules(abbreviations: frozenset[str], language: str) -> _Rules:
    """Return the rules of a language with a punkt that knows its abbreviations."""
    known = _LANGUAGES.get(language, _Language())
    given = {part.rstrip(".").lower() for entry in abbreviations for part in entry.split() or [""]}
    if "" in given:
        raise InputError("abbreviations holds an empty string: remove it from the list.")
    seldom_end = _Abbreviations((known.seldom_end | given) - known.never_end)
    parameters = PunktParameters()
    parameters.abbrev_types = seldom_end
    for word in known.begin:
        parameters.add_ortho_context(word, _ORTHO_LC)
    return _Rules(
        language=known,
        doubtful=frozenset(known.never_end | known.numbered | seldom_end),
        punkt=PunktSentenceTokenizer(parameters),
    )


def _paragraph(text: str, rules: _Rules, *, first: int, last: int) -> Iterator[tuple[int, int]]:
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
    text: str, stop: re.Match[str], *, after: re.Match[str], rules: _Rules, start: int
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
    behind = text[max(start, stop.start() - 40) : stop.start()].split()
    token = behind[-1].lstrip("“‘„«\"'([{*—–―-").rpartition("—")[2] if behind else ""
    doubtful = len(token) < 2 or token.isdecimal() or "." in token
    if not doubtful and _last_part(token) not in rules.doubtful:
        return True
    begins = _begins(text, place=stop.start() - len(token), start=start)
    return _doubtful_stop_ends(stop, token=token, begins=begins, after=after, rules=rules)


def _tail_can_end(
    text: str, stop: re.Match[str], *, after: re.Match[str], language: _Language, start: int
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


def _doubtful_stop_ends(
    stop: re.Match[str], *, token: str, begins: str, after: re.Match[str], rules: _Rules
) -> bool:
    """Return whether a stop behind a number, an abbreviation or an initial ends the sentence.

    `begins` says what the token begins: "sentence", "list item" or nothing.
    """
    word, known, language = after["word"], _last_part(token), rules.language
    if stop["tail"][-1:].isdecimal():
        return token.isdecimal()  # “No.3”, not a footnote mark
    if begins and (len(token) == 1 or _LIST_NUMBER.fullmatch(token)):
        return False
    if token.isdecimal():
        return True
    if known in language.never_end:
        return False
    next_character = after.string[after.end() : after.end() + 1]
    if known in language.numbered:
        pronoun = known == "no" and word == "I" and next_character not in ",.);:"
        if word[0].isdecimal() or (_ROMAN.fullmatch(word) and not pronoun):
            return known == "no" and begins == "sentence"
        if known not in language.seldom_end:
            return True
    if next_character == "." or (len(word) > 1 and word.isupper()):
        return False  # another initial (V. I. Lenin), or a word of a heading in capitals
    return bool(rules.punkt.text_contains_sentbreak(f"{token}. {word}"))


def _begins(text: str, *, place: int, start: int) -> str:
    """Return what a token at a place begins: the "sentence", a "list item" or nothing."""
    before = text[max(start, place - 12) : place].rstrip("“‘„«\"'([{* \n\t")
    if not before:
        return "sentence"
    return "list item" if before[-1] in ":;" else ""


def _last_part(token: str) -> str:
    """Return what may be an abbreviation in a compound: gen of Lieut.-Gen, yat-sen of Yat-sen."""
    last = token.rpartition("-")[2]
    return (last if last[:1].isupper() else token).lower()
