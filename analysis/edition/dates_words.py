"""The words in which English names times, and the patterns that they make.

A language without words here has its dates in figures found all the same: years, ranges of years
and ISO dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
MONTHS: Mapping[str, int] = MappingProxyType(
    {
        **{name.lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
        **{name[:3].lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
        "sept": 9,
    }
)
AMBIGUOUS_MONTHS = frozenset({"may", "march"})
"""Months that are other words too: alone they count only behind a word of time."""

SEASONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
)
"""First and last month; a winter runs on into the next year (month 14 is its February)."""

DECADES: Mapping[str, int] = MappingProxyType(
    {
        name: decade
        for decade, name in enumerate(
            "twenties thirties forties fifties sixties seventies eighties nineties".split(), 2
        )
    }
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
ORDINALS: Mapping[str, int] = MappingProxyType(
    {
        **{name: number for number, name in enumerate(_ORDINALS, 1)},
        **{f"twenty-{name}": 20 + number for number, name in enumerate(_ORDINALS[:9], 1)},
        "thirtieth": 30,
        "thirty-first": 31,
    }
)
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS: Mapping[str, int] = MappingProxyType(
    {
        "a": 1,
        "an": 1,
        **{name: number for number, name in enumerate(_UNITS, 1)},
        **{name: 10 * number for number, name in enumerate(_TENS, 2)},
        **{
            f"{ten}-{unit}": 10 * tens + number
            for tens, ten in enumerate(_TENS, 2)
            for number, unit in enumerate(_UNITS[:9], 1)
        },
        "hundred": 100,
    }
)
VAGUE: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"a couple of": (2, 2), "a few": (2, 6), "some": (2, 9), "several": (3, 9)}
)
"""What vague numbers may mean, at least and at most: the house's reading, wide on purpose."""


def any_of(words: Mapping[str, object]) -> str:
    """Return a pattern for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


YEAR = r"(?:1\d{3}|20\d{2})(?!\d|[.,]\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?"
_MONTH = "|".join(_MONTH_NAMES + [name.upper() for name in _MONTH_NAMES])
_SHORT = rf"(?:{_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_TO = r"\s?(?:[-–—/]|\b(?:to|and|or|until|till|through)\b)\s?"
_SEASON = rf"(?:{any_of(SEASONS)}|{'|'.join(name.title() for name in SEASONS)})"
_PART = (
    r"(?:(?P<part>(?:[Ee]arly|[Ll]ate)(?:\sin)?|[Mm]id(?:dle)?|[Bb]eginning|[Ss]tart|[Oo]utset|[Ee]nd"
    r"|[Cc]lose|(?:[Ff]irst|[Oo]pening|[Ee]arly|[Ll]ast|[Cc]losing)\s(?:days|weeks|months|part|half)"
    r"|[Ss]econd\shalf)(?:\sof)?(?:\sthe)?[\s-])?"
)
_OF_YEAR = r",?\s(?:of\s)?"
_TAIL = rf"(?:{YEAR}|\d\d)(?!\d)"
_ISO = rf"(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-]))"
_YEARS = (
    rf"(?P<year>{YEAR})(?:\s?[-–—/]\s?(?P<year_to>{_TAIL})"
    rf"|\s(?:to|until|till|through)\s(?P<year_until>{YEAR}))?"
)
_ENGLISH = (
    # 4 August 1917, the first of March, the 21st and 22nd of May
    rf"(?P<day>{DAY}|(?:{any_of(ORDINALS)})(?=\sof\s))(?:{_TO}(?P<day_to>{DAY}))?"
    rf"\s(?:of\s)?(?P<day_month>{_SHORT})(?!\w)(?:{_OF_YEAR}(?P<day_year>{YEAR}))?",
    # August 4th, April 24-29, 1917
    rf"(?P<month_of_day>{_SHORT})\s(?P<month_day>{DAY})(?:{_TO}(?P<month_day_to>{DAY}))?"
    rf"(?:{_OF_YEAR}(?P<month_day_year>{YEAR}))?",
    # April to August 1927, July and August
    rf"(?P<month>{_SHORT}){_TO}(?P<month_to>{_SHORT})(?!\w)(?:{_OF_YEAR}(?P<months_year>{YEAR}))?",
    rf"(?P<month_in_year>{_SHORT}){_OF_YEAR}(?P<month_year>{YEAR})",
    # summer of 1918, winter 1919-20
    rf"(?P<season>{_SEASON}),?\s(?:of\s|in\s)?(?P<season_year>{YEAR})"
    rf"(?:[-–/](?P<season_year_to>{_TAIL}))?",
    # the 1920s, the nineteen-twenties
    rf"(?P<decade>{YEAR}(?=['’]?s\b)|(?:nineteen|eighteen)[\s-](?:{any_of(DECADES)}))(?:['’]?s)?",
    rf"(?<=[Bb]etween\s)(?P<between>{YEAR})\sand\s(?P<between_to>{YEAR})",
)
_LONE_MONTH = rf"(?P<lone_month>{'|'.join(_MONTH_NAMES)})"


def _pattern(*forms: str) -> re.Pattern[str]:
    """Return the pattern of dates in any of the forms, the first that fits at a place."""
    return re.compile(rf"(?<![\w§$£€-])(?<!\d[.,]){_PART}(?:{'|'.join(forms)})(?![\w%])")


DATES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"en": _pattern(_ISO, *_ENGLISH, _YEARS, _LONE_MONTH), "": _pattern(_ISO, _YEARS)}
)
"""Patterns by language; the empty one serves every other language."""
