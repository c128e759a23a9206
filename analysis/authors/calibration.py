"""How often a comparison of this shape finds the odd author among texts of known authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.authors.checks import check_whole
from analysis.authors.design import Design, design_of
from analysis.authors.draws import ALL_DIFFERENT, ALL_SAME, Draw, Drawer, odd
from analysis.authors.reference import KnownAuthors, presidential_messages
from analysis.authors.weight_of_evidence import Evidence, evidence, shares_with_interval
from analysis.results import Shown

__all__ = ["CalibrationResult", "Design", "calibrate", "design_of"]

NOT_YOURS = "How far this carries over to other texts is a judgement, not a result."


@dataclass(frozen=True, kw_only=True, eq=False)
class CalibrationResult(Shown):
    """What comparisons of this shape give where the truth is known.

    Attributes
    ----------
    accuracy : DataFrame
        One row a position of the odd text: position, text, length, n_draws, right (share of
        draws in which it is found), low, high (95 %, from resampling authors), picked_different
        (share of all-different draws in which this position is picked), auc (odd here against
        all different, by the score).
    draws : DataFrame
        One row a draw: truth, authors, picked, and score_0, score_1 ... of the positions.
    evidence : Evidence or None
        For the observed comparison.
    n_authors : int
        Authors with text enough for the longest part of a draw.
    chance : float
        One over the number of texts.
    reason : str
        Why there is no calibration; empty where there is one.
    """

    design: Design
    reference: str
    population: str
    accuracy: pd.DataFrame
    draws: pd.DataFrame = field(repr=False)
    evidence: Evidence | None = None
    n_authors: int = 0
    seed: int = 0
    chance: float = float("nan")
    reason: str = ""

    def plot_table(self) -> pd.DataFrame:
        """Return one row a draw and position with its score, rounded; the observed one last.

        Columns: position, text, truth (odd here, odd elsewhere, all different, all same,
        observed), score, right (share by position), low, high, chance.
        """
        rows = []
        for position, text in enumerate(self.design.names):
            part = self.draws[["truth"]].assign(score=self.draws[f"score_{position}"])
            here = part["truth"] == odd(position)
            elsewhere = part["truth"].str.startswith("odd") & ~here
            truth = part["truth"].mask(here, "odd here").mask(elsewhere, "odd elsewhere")
            rows.append(part.assign(position=position, text=text, truth=truth))
        if self.evidence is not None:
            seen = self.evidence
            observed = {"truth": "observed", "score": list(seen.scores)}
            rows.append(
                pd.DataFrame(
                    {**observed, "position": range(len(seen.scores)), "text": self.design.names}
                )
            )
        table = pd.concat(rows, ignore_index=True)
        shares = self.accuracy[["position", "right", "low", "high"]]
        return table.merge(shares, on="position", how="left").assign(chance=self.chance).round(6)


def calibrate(
    design: Design,
    reference: KnownAuthors | None = None,
    *,
    seed: int = 1,
    n_draws: int = 200,
    observed: Sequence[float] | None = None,
) -> CalibrationResult:
    """Return how often a comparison of this shape finds the odd one out among known authors.

    Parameters
    ----------
    design : Design
        The shape of the user's comparison (`design_of`).
    reference : KnownAuthors, optional
        Texts of known authors: `presidential_messages` by default, or `read_known_authors`.
    seed : int
    n_draws : int
        Comparisons for the odd author in each position, and as many with all authors different
        and with all texts by one author.
    observed : sequence of float, optional
        The scores of the user's own texts (``design.scores``), for their likelihood ratio.

    Returns
    -------
    CalibrationResult
        With a reason and no accuracy where fewer than three texts are compared, or the reference
        has too few authors with enough text.

    Notes
    -----
    On texts of 5, 7 and 22 thousand words of the default reference the odd one is found, by which
    text it is, in .84, .80 and .77 of draws (95 % [.75, .93], [.70, .90], [.65, .89]; chance .33);
    plain cosine Delta finds it in .61, .67 and .96, with texts weighing the same in .92, .73 and
    .52: they mostly name the longest or the shortest text (`benchmarks/authors_calibration.py`).

    Draws share authors, so they are fewer than they seem: intervals resample authors. Of the 43
    presidents 30 have the 29 thousand words of the two longer texts, so that `n_authors` is 30.
    All three texts, for draws by one author, are filled by the whole messages of 22, and by those
    of a 23rd, Woodrow Wilson, in one order of two hundred, too seldom to be drawn. The population
    is that of the reference (`population`); yours may differ in language, translation and genre.
    """
    check_whole(n_draws, name="n_draws", least=10)
    known = reference if reference is not None else presidential_messages()
    drawer = Drawer(known, lengths=design.lengths, max_years=design.max_years)
    made = _draws(drawer, seed=seed, n_draws=n_draws) if len(design.lengths) > 2 else []
    reason = _reason(design, made)
    if reason:
        return CalibrationResult(
            design=design, reference=known.name, population=known.population, seed=seed,
            accuracy=pd.DataFrame(), draws=pd.DataFrame(), reason=reason,
        )  # fmt: skip
    n_authors = fewest_authors(drawer)
    table = _scored(design, made, n_vocabulary=len(known.vocabulary))
    return CalibrationResult(
        design=design,
        reference=known.name,
        population=f"{known.population} {NOT_YOURS}",
        accuracy=_accuracy(design, table, seed=seed),
        draws=table,
        evidence=None
        if observed is None
        else evidence(table, observed=observed, n_authors=n_authors, seed=seed),
        n_authors=n_authors,
        seed=seed,
        chance=1 / len(design.lengths),
    )


def fewest_authors(drawer: Drawer) -> int:
    """Return how many authors have text enough for the longest part of any draw with an odd one."""
    truths = [odd(position) for position in range(len(drawer.lengths))]
    return min(
        len(drawer.eligible(positions)) for truth in truths for positions in drawer.roles(truth)
    )


def _draws(drawer: Drawer, *, seed: int, n_draws: int) -> list[Draw]:
    """Return the draws of every truth that the reference can give."""
    truths = [odd(position) for position in range(len(drawer.lengths))]
    made: list[Draw] = []
    for number, truth in enumerate([*truths, ALL_DIFFERENT, ALL_SAME]):
        rng = np.random.default_rng([seed, number])
        for _ in range(n_draws):
            draw = drawer.draw(truth, rng=rng)
            if draw is None:
                break
            made.append(draw)
    return made


def _reason(design: Design, made: Sequence[Draw]) -> str:
    """Return why there is no calibration; empty where there is one."""
    if len(design.lengths) < 3:
        return f"Of {len(design.lengths)} texts none can be the odd one out; it takes three."
    found = {draw.truth for draw in made}
    needed = [odd(position) for position in range(len(design.lengths))] + [ALL_DIFFERENT]
    if not set(needed) <= found:
        return (
            "The reference has too few authors with enough text for this comparison "
            f"({', '.join(f'{length:,}' for length in design.lengths)} running words)."
        )
    return ""


def _scored(design: Design, made: Sequence[Draw], *, n_vocabulary: int) -> pd.DataFrame:
    """Return one row a draw with its scores and the position picked."""
    scores = np.array([design.scores(draw.words, n_vocabulary=n_vocabulary) for draw in made])
    table = pd.DataFrame(
        {
            "truth": [draw.truth for draw in made],
            "authors": [" | ".join(draw.authors) for draw in made],
            "picked": scores.argmax(axis=1),
        }
    )
    return table.assign(**{f"score_{k}": scores[:, k] for k in range(scores.shape[1])})


def _accuracy(design: Design, table: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return the accuracy by position, with what all-different draws give."""
    different = table[table["truth"] == ALL_DIFFERENT]
    rows = []
    for position, (text, length) in enumerate(zip(design.names, design.lengths, strict=True)):
        here = table[table["truth"] == odd(position)]
        hits = (here["picked"] == position).to_numpy()
        low, high = shares_with_interval(hits, here["authors"].tolist(), seed=seed)
        score = f"score_{position}"
        wins = here[score].to_numpy()[:, np.newaxis] - different[score].to_numpy()
        rows.append(
            {
                "position": position,
                "text": text,
                "length": length,
                "n_draws": len(here),
                "right": hits.mean(),
                "low": low,
                "high": high,
                "picked_different": (different["picked"] == position).mean(),
                "auc": (wins > 0).mean() + (wins == 0).mean() / 2,
            }
        )
    return pd.DataFrame(rows)
