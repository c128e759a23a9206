"""Two groups of texts compared: how far apart, beside what, by which words, and by whose doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.authors.aliasing import FACTORS, AliasingResult, aliasing, with_decade
from analysis.authors.baselines import BaselineResult, baselines
from analysis.authors.calibration import CalibrationResult, calibrate, design_of
from analysis.authors.classification import ClassificationResult, classify
from analysis.authors.groups import exchange_texts, factor_of, group_of_texts, rank_among
from analysis.authors.halves import halves_apart
from analysis.authors.keyness import KeynessResult, keyness
from analysis.authors.noise_floor import FloorResult, noise_floor
from analysis.authors.odd_one import group_contrast, odd_scores
from analysis.authors.reference import KnownAuthors
from analysis.authors.slice_comparison import SliceComparison, compare_slices
from analysis.authors.slices import SliceFrequencies, slice_frequencies
from analysis.authors.verdict import verdict_of
from analysis.errors import InputError
from analysis.results import Shown
from analysis.text.counts import count_terms


@dataclass(frozen=True, kw_only=True, eq=False)
class ComparisonResult(Shown):
    """Two groups of texts compared.

    Attributes
    ----------
    verdict : str
        What may be said, in one or two sentences, and what may not.
    contrast : float
        Mean energy distance of texts of different groups less that of texts of one group; NaN
        where no group has two texts.
    p_groups : float
        By exchange of texts; NaN under 4 texts a group.
    ranks : mapping
        See `analysis.authors.groups.rank_among`.
    slices, halves, floor, baselines, keyness, aliasing, classification, calibration
        The parts; halves is the control of `halves_apart`; keyness has the first group as its
        target. Calibration is None unless a reference was given.
    further_texts : tuple of str
        Texts that would cross the factors and settle the question, one sentence each.
    reason : str
        Why something is missing.
    """

    verdict: str
    groups: Mapping[str, str]
    names: tuple[str, str]
    contrast: float
    p_groups: float
    ranks: Mapping[str, float]
    slices: SliceComparison = field(repr=False)
    halves: pd.DataFrame = field(repr=False)
    frequencies: SliceFrequencies = field(repr=False)
    floor: FloorResult = field(repr=False)
    baselines: BaselineResult = field(repr=False)
    keyness: KeynessResult = field(repr=False)
    aliasing: AliasingResult = field(repr=False)
    classification: ClassificationResult = field(repr=False)
    calibration: CalibrationResult | None = field(default=None, repr=False)
    further_texts: tuple[str, ...] = ()
    reason: str = ""


def compare(
    groups: str | Mapping[str, Sequence[str]],
    *,
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    measure: str = "burrows",
    n_terms: int = 100,
    slice_length: int = 1000,
    voices: Sequence[str] = ("author",),
    factors: Sequence[str] = FACTORS,
    only: Sequence[str] | None = None,
    reference: KnownAuthors | None = None,
    seed: int = 1,
) -> ComparisonResult:
    """Return everything that two groups of texts show of each other, and what they cannot show.

    Parameters
    ----------
    groups : str or mapping
        A column of the documents (author, translator, genre, ...) or "decade", or two names with
        the texts of each. The first group is the target of keyness.
    tokens, documents : DataFrame
        The tokens and documents tables.
    measure, n_terms, slice_length, voices
        As in `compare_slices` and `slice_frequencies`.
    factors : sequence of str
        What else may differ between the groups.
    only : sequence of str, optional
        The two values of the column that are compared, where it has more.
    reference : KnownAuthors, optional
        Texts of known authors, to calibrate on (`calibrate`); only for a comparison of which one
        text stands against the others.
    seed : int

    Raises
    ------
    InputError
        For anything but two groups, a text that is not there, or a text shorter than two slices.
    """
    documents = with_decade(documents)
    named = group_of_texts(groups, documents=documents, only=only)
    tokens = tokens[tokens["doc_id"].isin(list(named))]
    cut = slice_frequencies(tokens, n_tokens=slice_length, voices=voices)
    _check_lengths(cut, named=named, slice_length=slice_length)
    n_terms = min(n_terms, cut.frequencies.shape[1])
    slices = compare_slices(cut, measure=measure, n_terms=n_terms, seed=seed)
    halves = halves_apart(cut, measure=measure, n_terms=n_terms, seed=seed)
    between = slices.matrix("energy")
    labels = [named[doc] for doc in between.index]
    names = _names(groups, labels=labels, only=only)
    p_groups, why = exchange_texts(between.to_numpy(), labels)
    alias = _aliased(groups, documents=documents, named=named, factors=factors)
    base = baselines(cut, authors=named, measure=measure, n_terms=n_terms)
    classified = classify(cut, authors=named, folds="slices", n_terms=n_terms)
    floor = noise_floor(
        tokens,
        voices=voices,
        measure=measure,
        n_terms=n_terms,
        block_words=min(slice_length, 500),
        seed=seed,
    )
    reasons = (why, base.reason, classified.reason, floor.reason, floor.warning)
    return ComparisonResult(
        verdict=verdict_of(slices, alias=alias, names=names, named=named, halves=halves),
        groups=named,
        names=names,
        contrast=group_contrast(between.to_numpy(), labels),
        p_groups=p_groups,
        ranks=rank_among(base.pairs),
        slices=slices,
        halves=halves,
        frequencies=cut,
        floor=floor,
        baselines=base,
        keyness=_keyness(tokens, named=named, names=names, voices=voices),
        aliasing=alias,
        classification=classified,
        calibration=_calibrated(slices, cut=cut, labels=labels, reference=reference, seed=seed),
        further_texts=tuple(alias.sentences()) if alias.factor != "group" else (),
        reason=" ".join(part for part in dict.fromkeys(reasons) if part),
    )


def _aliased(
    groups: str | Mapping[str, Sequence[str]],
    *,
    documents: pd.DataFrame,
    named: Mapping[str, str],
    factors: Sequence[str],
) -> AliasingResult:
    """Return the aliasing of the factor that makes the groups, or of the groups as they are."""
    known = documents["doc_id"].astype(str).isin(list(named))
    table = documents[known]
    factor = groups
    if not isinstance(factor, str):
        factor = factor_of(named, documents=documents, factors=factors)
    if factor == "group":
        table = table.assign(group=[named[str(doc)] for doc in table["doc_id"]])
    return aliasing(table, factor=factor, factors=factors)


def _check_lengths(
    frequencies: SliceFrequencies, *, named: Mapping[str, str], slice_length: int
) -> None:
    """Raise an InputError for a text with fewer than two slices."""
    rows_of = frequencies.table["doc_id"].value_counts()
    for doc in named:
        if rows_of.get(doc, 0) < 2:
            raise InputError(
                f"The text {doc!r} has {rows_of.get(doc, 0)} slices of {slice_length} running "
                "words; take shorter slices or leave it out."
            )


def _names(
    groups: str | Mapping[str, Sequence[str]],
    *,
    labels: Sequence[str],
    only: Sequence[str] | None,
) -> tuple[str, str]:
    """Return the names of the two groups, the target first."""
    ordered = list(only or ())
    if not ordered:
        ordered = list(dict.fromkeys(labels)) if isinstance(groups, str) else list(map(str, groups))
    return ordered[0], ordered[1]


def _keyness(
    tokens: pd.DataFrame,
    *,
    named: Mapping[str, str],
    names: tuple[str, str],
    voices: Sequence[str],
) -> KeynessResult:
    """Return the keyness of the first group against the second, over blocks of passages."""
    group = tokens["doc_id"].astype(str).map(named)
    target, reference = (count_terms(tokens[group == name], voices=voices) for name in names)
    return keyness(target, reference)


def _calibrated(
    slices: SliceComparison,
    *,
    cut: SliceFrequencies,
    labels: Sequence[str],
    reference: KnownAuthors | None,
    seed: int,
) -> CalibrationResult | None:
    """Return the calibration where one text stands against two or more; None otherwise."""
    if reference is None or len(labels) < 3 or min(map(labels.count, set(labels))) != 1:
        return None
    design = design_of(
        cut, measure=slices.measure, n_terms=slices.n_terms, standardize=slices.standardize
    )
    observed = odd_scores(slices.matrix("energy").to_numpy())
    return calibrate(design, reference, seed=seed, observed=[float(value) for value in observed])
