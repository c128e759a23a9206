"""Clauses of report, in English: said X, X answered that, as X put it. Who speaks in them."""

from __future__ import annotations

from dataclasses import dataclass

import regex

_REGULAR = """
    add affirm announce answer argue ask assert assure boast chuckle claim comment complain conclude
    confess confide counter cry declare demand dictate echo enjoin exclaim exhort explain gasp groan
    growl grumble hint implore inquire insist interject interrupt invite joke lament marvel moan
    mumble murmur muse mutter note object observe order plead predict proclaim pronounce propose
    protest question quip recall reckon rejoin remark remind repeat reply report retort roar scoff
    scold scream scribble shout shriek sigh snap snarl sob stammer stress suggest telegraph thunder
    urge utter venture vow wail warn whisper wire wonder yell
"""
_OTHERS = """
    say says said saying tell tells told telling think thinks thought thinking write writes wrote
    written writing feel felt feeling admit admits admitted admitting begin began maintain maintains
    maintained maintaining reason reasoned sneer sneered swear swore read reads stutter stuttered
    beg begs begged begging jeer jeered bellow bellowed bark barked state stated states stating
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(verb: str) -> tuple[str, str, str, str]:
    """Return a regular verb, its third person, its past and its participle."""
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeo":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    return verb, third, f"{stem}ed", f"{stem}ing"


_PLURAL_FORMS = _words(_REGULAR) | _words("say tell think write feel state")
_VERB = "|".join(
    sorted({form for verb in _words(_REGULAR) for form in _forms(verb)} | _words(_OTHERS))
)
_NO_NAMES = """
    A About After Again Against All Almost Already Also Although Always Among An And Another Any As
    At Before Both But By Comrades Day During Each Early Either Even Everybody Everyone Everything
    Few Finally First For From Had Has Have He Hence Her Here His How However I If In Indeed It Its
    Just Last Later Many Meanwhile More Most My Nearly Neither Never Next No Nobody None Nor Not
    Nothing Now Of Often On Once One Only Or Other Others Our Out Over People Perhaps Several She
    Since So Some Somebody Someone Something Sometimes Soon Still Such Suddenly That The Their Then
    There These They This Those Though Three Through Thus To Today Tomorrow Two Under Until Up Upon
    We Were What When Whenever Where Wherever Whether Which While Who Whoever Whose Why With Within
    Without Yes Yesterday Yet You Your
"""
_TOKEN = r"(?:\p{Lu}\.(?:-?\p{Lu}\.)*+|\p{Lu}[\p{L}-]*+(?:[’'](?!s\b)\p{L}[\p{L}-]*+)*+(?![’']))"
_ONE_NAME = (
    rf"(?!(?:{'|'.join(_NO_NAMES.split())})\b)"
    rf"{_TOKEN}(?:\s(?:(?:de|la|le|los|von|van|der|den|di|da|del|ibn|bin)\s){{0,2}}{_TOKEN}){{0,3}}"
)
_NAMES = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Messrs)\.?\s)?"
    rf"(?P<name>{_ONE_NAME}(?:\sand\s(?!I\b){_ONE_NAME})?)(?![\p{{L}}’'])"
)
_PRONOUN = r"(?P<pronoun>I|[Ww]e|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Yy]ou|[Ww]ho|[Oo]ne|[Tt]his|[Tt]hat)\b"
_ADVERBIAL = (
    r"(?:(?:had|has|have|would|will|shall|should|could|can|might|may|must|did|do|does|\p{Ll}+ly|once"
    r"|then|also|again|later|still|often|just|now|never|always|even|only|almost|first|finally"
    r"|(?:was|were|am)\sgoing\sto|(?:used|want|wanted|began|tried|had)\sto)\s)"
)
_BARE = (
    r"(?!(?:and|but|or|nor|which|who|whose|whom|that|for|in|of|on|to|at|by|with|from|as|when|while"
    rf"|if|because|where|though|until|since|than|so|then|into|upon|meaning|{_VERB})\b)"
)
_PHRASE = (
    rf"(?P<phrase>(?:{_BARE}\p{{Ll}}[\p{{L}}’'-]*+|\p{{Lu}}[\p{{L}}-]++[’']s\b)"
    r"(?:\s[\p{L}’'-]++){0,6}?)"
)
_PHRASE_BEHIND = (
    r"(?P<phrase>(?:the|an?|one|another|some|several|many|both|all|each|two|three|my|our|his|her"
    r"|their|its|some(?:one|body)|every(?:one|body))\b(?:\s[\p{L}’'-]++){0,6}?)"
)
_DETERMINERS = _words("the a an his her their my our your its these those no any some")
_NO_SUBJECTS = _DETERMINERS | _words(
    "this that of to in by with and or am is are was were be been being get got"
)
_BEHIND = regex.compile(
    r"[\s*†,—–-]*(?:"
    rf"(?:(?:as\s)?(?:{_PRONOUN}|{_NAMES}|{_PHRASE})(?:,[^,.;:?!]{{1,40}},)?\s{_ADVERBIAL}{{0,3}}"
    rf"(?P<verb>{_VERB})(?<!ing)\b"
    rf"|as\s(?:{_PRONOUN}|{_NAMES}|{_PHRASE})\s{_ADVERBIAL}{{0,3}}(?P<verb>call(?:s|ed)|puts?)\b"
    rf"|(?:{_VERB})(?<!ing)\s(?:to\sme\s)?(?:(?:this|that|our|old|young|poor|comrade)\s)?"
    rf"(?:{_PRONOUN}|{_NAMES}|{_PHRASE_BEHIND}))(?![\p{{L}}’'])"
    r")"
)
_AS_CLAUSE = regex.compile(
    rf"\b[Aa]s\s(?:{_PRONOUN}|{_NAMES}|{_PHRASE})\s{_ADVERBIAL}{{0,3}}(?:{_VERB}|puts?\sit)\b"
    r"[^().;]{0,40}[),][^().;]{0,40}\Z"
)
_VERBS = regex.compile(rf"\b(?:{_VERB})\b")
_INVERTED = regex.compile(rf"\s(?:(?:this|that)\s)?(?:{_PRONOUN}|{_NAMES}|{_PHRASE_BEHIND}),\Z")
_TO_QUOTATION = regex.compile(
    r"(?:\s(?:out|back|aloud|again|to\s\p{L}+|me|him|her|us|them))?"
    r"|(?:\s[\p{L}\d’'-]+){0,5}?\s(?:that|whether|if|how|why)"
    r"|(?:\s[\p{L}\d’'-]+){1,6}?\sto"
)
_MY_WORDS = regex.compile(
    r"\b[Mm]y\s(?:\p{L}+\s)?(?:answer|reply|response|words|question|objection|advice)\b[^.;?!]{0,40}\Z"
)
_NOUN_OF_SPEECH = regex.compile(
    r"\b(?:answer|cry|cries|demand|letter|message|motto|note|notice|order|phrase|protest|question"
    r"|remark|reply|report|retort|saying|shouts?|slogan|statement|telegram|ultimatum|words)\b"
)
_AT_ADVERBIAL = regex.compile(rf"\b{_ADVERBIAL}+\Z")
_PRONOUN_AT_END = regex.compile(rf"\b{_PRONOUN}\s\Z")
_NAMES_AT_END = regex.compile(rf"(?:(?P<preposition>\b\p{{Ll}}+)\s)?\b{_NAMES}\s\Z")
_APPOSITION = regex.compile(rf",\s(?:one\s)?{_NAMES},\s\Z")
_BRACKET_AT_END = regex.compile(r"(?<=\s)\([^()]*\)\s\Z")
_PASSIVE = regex.compile(r"\b(?:am|is|are|was|were|be|been|being)\s\Z")
_SUBJECT_FURTHER = regex.compile(r"(?:\b(?:and|or|but)\s|[,;—–)]\s?)\Z")
_CLAUSE_SUBJECT = regex.compile(
    rf"(?:^[\s“”‘’\"']*|[;:—–(]\s?|\b(?:than|that|when|while|but|because|until|if|where|as)\s)"
    rf"(?:(?:But|And|Then|So|Yet|When|While|As|If|Meanwhile|Now|Finally),?\s)?"
    rf"(?:{_PRONOUN}|{_NAMES}|(?P<phrase>[\p{{L}}]+))"
    rf"|(?:,|\band)\s(?:{_PRONOUN}|{_NAMES})(?=\s(?!and\b|or\b|of\b)\p{{Ll}})"
)
_PERCEIVED = regex.compile(
    r"\b(?:saw|see|heard|hear|watched|met|found|noticed|remember|remembered|caught|left)\b"
)
_PREPOSITIONS = _words("of to with by from for at in on against about between")
LONGEST_ORDER = 6
"""Words between a verb and what it tells someone to do: orders the men of his guard “to go”."""
FURTHEST_VERB = {":": 120, ",": 60}
"""How far before a quotation its verb of saying may stand, by what leads to the quotation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a clause of report says: whether the author speaks (I, we), else the speaker's name.

    `end` is where the clause that stands behind a quotation ends in the text that was searched.
    """

    by_author: bool
    speaker: str | None = None
    end: int = 0


def report_behind(text: str) -> Report | None:
    """Return the clause of report with which the text behind a quotation begins, if it does."""
    found = _BEHIND.match(text)
    if found is None:
        return None
    phrase = found["phrase"]
    if phrase and found["verb"] and phrase.split()[-1] in _NO_SUBJECTS:
        return None
    return _report(found, end=found.end())


def report_before(text: str, *, quoted: str = "") -> Report | None:
    """Return the clause of report that leads to a quotation, if one does.

    `text` begins with the sentence, or behind the quotation before, and ends before the mark.
    """
    lead = text.rstrip()
    if _MY_WORDS.search(lead) and lead[-1:] in ":,":
        return Report(by_author=True)
    for verb in reversed(list(_VERBS.finditer(lead))):
        rest = lead[verb.end() :]
        if _leads(rest, quoted=quoted) and not _is_adjective(lead[: verb.start()]):
            inverted = _INVERTED.fullmatch(rest)
            if inverted and verb[0] not in _PLURAL_FORMS and not verb[0].endswith("ing"):
                return _report(inverted)
            return _subject(lead[: verb.start()], verb=verb[0])
    as_clause = _AS_CLAUSE.search(lead)
    if as_clause:
        return _report(as_clause)
    if lead.endswith(":"):
        noun = _NOUN_OF_SPEECH.search(lead[-FURTHEST_VERB[":"] :])
        subject = _subject(lead[: lead.rfind(noun[0])] + "; ", verb="") if noun else None
        return Report(by_author=False, speaker=subject.speaker if subject else None)
    return None


def _leads(rest: str, *, quoted: str) -> bool:
    """Return whether what stands between a verb of saying and a quotation leads to it."""
    if rest[-1:] in FURTHEST_VERB:
        return len(rest) <= FURTHEST_VERB[rest[-1:]]
    if _TO_QUOTATION.fullmatch(rest):
        return True
    return quoted.startswith("to ") and len(rest.split()) <= LONGEST_ORDER and "," not in rest


def _is_adjective(before: str) -> bool:
    """Return whether a verb's form stands behind an article: his proudly proclaimed trade."""
    adverbial = _AT_ADVERBIAL.search(before)
    words = (before[: adverbial.start()] if adverbial else before).split()[-1:]
    return bool(words) and words[0].lower() in _DETERMINERS


def _report(found: regex.Match[str], *, end: int = 0) -> Report:
    """Return the report of a match that names its subject."""
    by_author = found["pronoun"] in {"I", "we", "We"}
    return Report(by_author=by_author, speaker=found["name"], end=end)


def _subject(before: str, *, verb: str) -> Report:
    """Return who does what a verb of saying says, from the text before the verb."""
    adverbial = _AT_ADVERBIAL.search(before)
    text = _BRACKET_AT_END.sub("", before[: adverbial.start()] if adverbial else before)
    pronoun = _PRONOUN_AT_END.search(text)
    if pronoun:
        return Report(by_author=pronoun["pronoun"] in {"I", "we", "We"})
    names = _NAMES_AT_END.search(text)
    if names:
        plural = verb in _PLURAL_FORMS and not adverbial and " and " not in names["name"]
        known = names["preposition"] not in _PREPOSITIONS and not plural
        return Report(by_author=False, speaker=names["name"] if known else None)
    apposition = _APPOSITION.search(text)
    if apposition:
        return Report(by_author=False, speaker=apposition["name"])
    if _PASSIVE.search(text):
        return Report(by_author=False)
    if _SUBJECT_FURTHER.search(text) or (verb.endswith("ing") and not text.strip()):
        return _subject_of_clause(text)
    return Report(by_author=False)


def _subject_of_clause(text: str) -> Report:
    """Return the subject of the last clause of a text that begins with a subject."""
    subjects = list(_CLAUSE_SUBJECT.finditer(text))
    if not subjects:
        return Report(by_author=False)
    report = _report(subjects[-1])
    if report.by_author and _PERCEIVED.search(text, subjects[-1].end()):
        return Report(by_author=False)
    return report
