"""How pages say dates, lines, pages and years in words."""

from __future__ import annotations

from collections.abc import Sequence

MONTHS = (
    "January February March April May June July August September October November December".split()
)


def said_date(date: str) -> str:
    """Return a partial date of ISO 8601 in words: 5 September 1920, September 1920, 1920."""
    year, *rest = date.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def said_dates(earliest: str | None, latest: str | None) -> str:
    """Return the time between two partial dates in words, "undated" where there is none."""
    if earliest is None or latest is None:
        return "undated"
    if earliest == latest:
        return said_date(earliest)
    first, last = said_date(earliest), said_date(latest)
    if len(earliest) == len(latest) == len("1920-09") and earliest[:4] == latest[:4]:
        first = first.removesuffix(f" {earliest[:4]}")
    return f"{first} – {last}" if " " in f"{first}{last}" else f"{first}–{last}"


def said_range(first: object, last: object, *, one: str, many: str) -> str:
    """Return "line 3" or "lines 3–7"."""
    return f"{one} {first}" if first == last else f"{many} {first}–{last}"


def said_count(number: int, one: str, *, many: str | None = None) -> str:
    """Return a number with its noun: "1 passage", "1,200 passages"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def said_years(years: str | None) -> str:
    """Return the years of a life, "1870/1924", as (1870–1924), born or died alone where one is."""
    if not years:
        return ""
    born, _, died = years.partition("/")
    if born and died:
        return f"({born}–{died})"
    return f"(born {born})" if born else f"(died {died})"


def said_span(years: str | None) -> str | None:
    """Return a date or span of dates, "1949/1953", as 1949–1953; None where there is none."""
    return years.replace("/", "–") if years else None


def said_list(words: Sequence[str]) -> str:
    """Return words with commas, and "and" before the last."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
