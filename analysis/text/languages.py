"""What is known of each language that tells where its sentences end: abbreviations, openers."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
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


_ENGLISH = Language(
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
LANGUAGES = {"en": _ENGLISH}
