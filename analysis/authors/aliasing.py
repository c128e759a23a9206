"""Which of author, translator, genre, edition and decade a corpus cannot tell apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.authors.checks import check_names
from analysis.authors.crossing import further_texts
from analysis.authors.separable import estimable, single_levels
from analysis.errors import InputError
from analysis.results import Shown

FACTORS = ("author", "translator", "genre", "edition", "decade")
"""What may differ between texts. The decade is that of the earliest year of writing."""

UNKNOWN = "not known"


@dataclass(frozen=True, kw_only=True, eq=False)
class AliasingResult(Shown):
    """Whether a difference between groups of texts can be put down to one factor.

    Attributes
    ----------
    table : DataFrame
        One row another factor: factor, n_levels, relation (to the factor in question: "one a
        text", "same groups", "decides it", "is decided by it", "crossed", "one level"), separable
        (whether the texts can tell the two apart), explanation.
    levels : DataFrame
        One row a text: doc_id and its factors.
    factor : str
        The factor in question.
    attributable : bool
        Whether each level has two texts, and the factor can be told from all others together; an
        edition that only one text has is a property of that text and does not count.
    reason : str
        Why it cannot; empty where it can.
    further_texts : DataFrame
        Texts that would make it so, one a row, in the order in which to look for them: the
        factors' levels and what the text would settle. One way of several.
    """

    table: pd.DataFrame
    levels: pd.DataFrame
    factor: str
    attributable: bool
    reason: str
    further_texts: pd.DataFrame

    def sentences(self) -> list[str]:
        """Return one sentence for each further text that would help."""
        made = []
        for row in self.further_texts.to_dict("records"):
            said = [f"a text with {self.factor} {row[self.factor]}"]
            said += [f"{name} {row[name]}" for name in row if name not in (self.factor, "settles")]
            made.append(f"{', '.join(said)} ({row['settles']})")
        return made


def aliasing(
    documents: pd.DataFrame, *, factor: str = "author", factors: Sequence[str] = FACTORS
) -> AliasingResult:
    """Return which factors the texts cannot tell from `factor`, and which texts would help.

    Parameters
    ----------
    documents : DataFrame
        The documents table, or any with doc_id and the factors as columns; a decade is made from
        year_written. Factors that are not columns are passed over.
    factor : str
        The one to which a difference might be put down.
    factors : sequence of str
        All that are looked at.

    Notes
    -----
    Two factors are separable if the texts connect the levels of the one through the levels of the
    other, which is when additive effects of both can be estimated. All together they are if the
    factor adds its full rank to a design with the others.
    """
    check_names(factors, name="factors")
    levels = _levels(documents, factors=(factor, *factors))
    others = [name for name in levels.columns if name not in ("doc_id", factor)]
    if levels[factor].nunique() < 2:
        reason = f"All texts have one {factor}; there is nothing to compare."
        return AliasingResult(
            table=_table(levels, factor=factor, others=others),
            levels=levels, factor=factor, attributable=False, reason=reason,
            further_texts=pd.DataFrame(),
        )  # fmt: skip
    table = _table(levels, factor=factor, others=others)
    binding = _binding(levels, others=others)
    single = single_levels(levels, factor=factor)
    attributable = not single and estimable(levels, factor=factor, others=binding)
    return AliasingResult(
        table=table,
        levels=levels,
        factor=factor,
        attributable=attributable,
        reason="" if attributable else _why_not(table, factor=factor, single=single),
        further_texts=further_texts(
            levels,
            factor=factor,
            others=[name for name in others if (levels[name] != UNKNOWN).any()],
        ),
    )


def _levels(documents: pd.DataFrame, *, factors: Sequence[str]) -> pd.DataFrame:
    """Return the factors of each text as strings; what is not stated is a level of its own."""
    if "doc_id" not in documents:
        raise InputError("The documents table lacks the column 'doc_id'; add it.")
    documents = with_decade(documents)
    table = pd.DataFrame({"doc_id": documents["doc_id"].astype(str).to_numpy()})
    for name in dict.fromkeys(factors):
        if name in documents:
            values = documents[name].astype("object").where(documents[name].notna(), UNKNOWN)
            table[name] = values.astype(str).to_numpy()
    if factors[0] not in table:
        raise InputError(f"The documents table lacks the column {factors[0]!r}; add it.")
    return table


def with_decade(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the documents with the column ``decade``, of the first year of writing."""
    if "decade" in documents or "year_written" not in documents:
        return documents
    return documents.assign(decade=[_decade(value) for value in documents["year_written"]])


def _decade(value: object) -> str:
    """Return the decade of the first year in a date, such as ``1940s``."""
    year = re.search(r"\d{4}", str(value)) if pd.notna(value) else None  # type: ignore[call-overload]
    return f"{year[0][:3]}0s" if year else UNKNOWN


def _table(levels: pd.DataFrame, *, factor: str, others: Sequence[str]) -> pd.DataFrame:
    """Return one row another factor; none where the documents have no other."""
    rows = [_related(levels, factor=factor, other=name) for name in others]
    columns = ["factor", "n_levels", "relation", "separable", "explanation"]
    return pd.DataFrame(rows, columns=columns).astype({"separable": bool})


def _related(levels: pd.DataFrame, *, factor: str, other: str) -> dict[str, object]:
    """Return how another factor stands to the one in question."""
    pairs = levels[[factor, other]].drop_duplicates()
    n_factor, n_other = levels[factor].nunique(), levels[other].nunique()
    separable = estimable(levels, factor=factor, others=[other])
    if n_other == 1 and (levels[other] == UNKNOWN).all():
        relation, said = "one level", f"no text states its {other}"
    elif n_other == 1:
        relation, said = "one level", f"all texts have the same {other}"
    elif n_other == len(levels):
        relation, said = "one a text", f"each text has its own {other}"
    elif len(pairs) == n_factor == n_other:
        relation, said = "same groups", f"each {factor} has a {other} of its own"
    elif len(pairs) == n_other:
        relation, said = "decides it", f"no {other} is shared by two {factor}s"
    elif len(pairs) == n_factor:
        relation, said = "is decided by it", f"each {factor} has one {other}"
    else:
        relation, said = "crossed", f"some {other} is shared by {factor}s"
    return {
        "factor": other,
        "n_levels": n_other,
        "relation": relation,
        "separable": separable,
        "explanation": said,
    }


def _binding(levels: pd.DataFrame, *, others: Sequence[str]) -> list[str]:
    """Return the factors that count: all but an edition that is a property of one text."""
    return [name for name in others if name != "edition" or levels[name].nunique() < len(levels)]


def _why_not(table: pd.DataFrame, *, factor: str, single: Sequence[str]) -> str:
    """Return why a difference cannot be put down to the factor."""
    alias = table[~table["separable"] & (table["relation"] != "one level")]
    parts = [
        f"{name} ({said})" for name, said in zip(alias["factor"], alias["explanation"], strict=True)
    ]
    said = f"The {factor} cannot be told from " + "; ".join(parts) + "." if parts else ""
    if single:
        alone = f"One text only: {', '.join(single)}; what is the text's cannot be told from it."
        return f"{said} {alone}".strip()
    return said or f"The {factor} cannot be told from all other factors together."
