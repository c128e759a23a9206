"""Witness: quantitative text analysis that prints what a number is worth.

The public names are imported when they are first used, so that ``import analysis`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.authors.aliasing import aliasing
    from analysis.authors.baselines import baselines
    from analysis.authors.calibration import calibrate
    from analysis.authors.classification import classify
    from analysis.authors.comparison import compare
    from analysis.authors.design import Design
    from analysis.authors.distances import distances
    from analysis.authors.features import Features
    from analysis.authors.in_print import html_table, latex_table
    from analysis.authors.keyness import keyness
    from analysis.authors.keyness_chance import keyness_by_chance
    from analysis.authors.noise_floor import noise_floor
    from analysis.authors.reference import presidential_messages, read_known_authors
    from analysis.authors.scaling import slice_map
    from analysis.authors.sensitivity import calibrate_sensitivity, sensitivity
    from analysis.authors.sensitivity_settings import GridSettings
    from analysis.authors.slice_comparison import compare_slices
    from analysis.authors.slices import slice_frequencies
    from analysis.authors.standard import UnevenTexts
    from analysis.authors.tree_calibration import calibrate_tree
    from analysis.authors.trees import consensus_tree
    from analysis.authors.zeta import zeta
    from analysis.edition.checks import check_edition
    from analysis.edition.corpus import Corpus, read_corpus
    from analysis.edition.dates import find_dates
    from analysis.edition.dates_narrated import narrated_time
    from analysis.errors import AnalysisError
    from analysis.publish.save import save_figure
    from analysis.sentiment.agreement import contested_words, lexicon_agreement, word_influence
    from analysis.sentiment.annotations import read_annotations, tokens_at
    from analysis.sentiment.changes import change_points
    from analysis.sentiment.context import read_domain_terms
    from analysis.sentiment.embeddings import embed_passages
    from analysis.sentiment.learned import learn_sentiment, score_learned
    from analysis.sentiment.lexicons import lexicon_names, read_lexicon
    from analysis.sentiment.persons import around_persons
    from analysis.sentiment.ranks import mean_rank
    from analysis.sentiment.reliability import krippendorff_alpha
    from analysis.sentiment.scores import score_sentiment
    from analysis.sentiment.sheets import annotation_form, annotation_sheet
    from analysis.sentiment.shift import explain_peaks, word_shift
    from analysis.sentiment.smoothing import rolling_mean, smooth_dct
    from analysis.sentiment.time import sentiment_over_time
    from analysis.sentiment.validation import validate_sentiment
    from analysis.text.concordance import kwic
    from analysis.text.counts import TermCounts, count_terms
    from analysis.text.dating import date_mentions, date_passages, narrated_times
    from analysis.text.overview import word_dispersion, words_by_voice
    from analysis.text.passages import Passages, split_passages
    from analysis.text.persons import find_mentions
    from analysis.text.persons_counts import spoken_of
    from analysis.text.persons_index import read_persons
    from analysis.text.persons_missing import missing_candidates
    from analysis.text.reading import read_passage
    from analysis.text.tokens import tokenize
    from analysis.topics.backend_comparison import compare_backends
    from analysis.topics.cards import read_topic_names, topic_cards
    from analysis.topics.contrasts import contrast_topics
    from analysis.topics.fit import fit_topics
    from analysis.topics.follow import follow_topics
    from analysis.topics.further_cautions import caution_topics
    from analysis.topics.number import number_of_topics
    from analysis.topics.over_time import topics_over_time
    from analysis.topics.preparation import join_bigrams, keep_terms, read_stopwords
    from analysis.topics.prepared import Preparation, doubtful_terms, prepare_counts, terms_of_names
    from analysis.topics.result import runs_table, shares_by_text
    from analysis.topics.stability import excess_stability
    from analysis.topics.text_test import compare_groups

_HOMES = {
    "AnalysisError": "analysis.errors",
    "Corpus": "analysis.edition.corpus",
    "Design": "analysis.authors.design",
    "Features": "analysis.authors.features",
    "GridSettings": "analysis.authors.sensitivity_settings",
    "Passages": "analysis.text.passages",
    "Preparation": "analysis.topics.prepared",
    "TermCounts": "analysis.text.counts",
    "UnevenTexts": "analysis.authors.standard",
    "aliasing": "analysis.authors.aliasing",
    "annotation_form": "analysis.sentiment.sheets",
    "annotation_sheet": "analysis.sentiment.sheets",
    "around_persons": "analysis.sentiment.persons",
    "baselines": "analysis.authors.baselines",
    "calibrate": "analysis.authors.calibration",
    "calibrate_sensitivity": "analysis.authors.sensitivity",
    "calibrate_tree": "analysis.authors.tree_calibration",
    "caution_topics": "analysis.topics.further_cautions",
    "change_points": "analysis.sentiment.changes",
    "check_edition": "analysis.edition.checks",
    "classify": "analysis.authors.classification",
    "compare": "analysis.authors.comparison",
    "compare_backends": "analysis.topics.backend_comparison",
    "compare_groups": "analysis.topics.text_test",
    "compare_slices": "analysis.authors.slice_comparison",
    "consensus_tree": "analysis.authors.trees",
    "contested_words": "analysis.sentiment.agreement",
    "contrast_topics": "analysis.topics.contrasts",
    "count_terms": "analysis.text.counts",
    "date_mentions": "analysis.text.dating",
    "date_passages": "analysis.text.dating",
    "distances": "analysis.authors.distances",
    "doubtful_terms": "analysis.topics.prepared",
    "embed_passages": "analysis.sentiment.embeddings",
    "excess_stability": "analysis.topics.stability",
    "explain_peaks": "analysis.sentiment.shift",
    "find_dates": "analysis.edition.dates",
    "find_mentions": "analysis.text.persons",
    "fit_topics": "analysis.topics.fit",
    "follow_topics": "analysis.topics.follow",
    "html_table": "analysis.authors.in_print",
    "join_bigrams": "analysis.topics.preparation",
    "keep_terms": "analysis.topics.preparation",
    "keyness": "analysis.authors.keyness",
    "keyness_by_chance": "analysis.authors.keyness_chance",
    "krippendorff_alpha": "analysis.sentiment.reliability",
    "kwic": "analysis.text.concordance",
    "latex_table": "analysis.authors.in_print",
    "learn_sentiment": "analysis.sentiment.learned",
    "lexicon_agreement": "analysis.sentiment.agreement",
    "lexicon_names": "analysis.sentiment.lexicons",
    "mean_rank": "analysis.sentiment.ranks",
    "missing_candidates": "analysis.text.persons_missing",
    "narrated_time": "analysis.edition.dates_narrated",
    "narrated_times": "analysis.text.dating",
    "noise_floor": "analysis.authors.noise_floor",
    "number_of_topics": "analysis.topics.number",
    "prepare_counts": "analysis.topics.prepared",
    "presidential_messages": "analysis.authors.reference",
    "read_annotations": "analysis.sentiment.annotations",
    "read_corpus": "analysis.edition.corpus",
    "read_domain_terms": "analysis.sentiment.context",
    "read_known_authors": "analysis.authors.reference",
    "read_lexicon": "analysis.sentiment.lexicons",
    "read_passage": "analysis.text.reading",
    "read_persons": "analysis.text.persons_index",
    "read_stopwords": "analysis.topics.preparation",
    "read_topic_names": "analysis.topics.cards",
    "rolling_mean": "analysis.sentiment.smoothing",
    "runs_table": "analysis.topics.result",
    "save_figure": "analysis.publish.save",
    "score_learned": "analysis.sentiment.learned",
    "score_sentiment": "analysis.sentiment.scores",
    "sensitivity": "analysis.authors.sensitivity",
    "sentiment_over_time": "analysis.sentiment.time",
    "shares_by_text": "analysis.topics.result",
    "slice_frequencies": "analysis.authors.slices",
    "slice_map": "analysis.authors.scaling",
    "smooth_dct": "analysis.sentiment.smoothing",
    "split_passages": "analysis.text.passages",
    "spoken_of": "analysis.text.persons_counts",
    "terms_of_names": "analysis.topics.prepared",
    "tokenize": "analysis.text.tokens",
    "tokens_at": "analysis.sentiment.annotations",
    "topic_cards": "analysis.topics.cards",
    "topics_over_time": "analysis.topics.over_time",
    "validate_sentiment": "analysis.sentiment.validation",
    "word_dispersion": "analysis.text.overview",
    "word_influence": "analysis.sentiment.agreement",
    "word_shift": "analysis.sentiment.shift",
    "words_by_voice": "analysis.text.overview",
    "zeta": "analysis.authors.zeta",
}

__all__ = [
    "AnalysisError",
    "Corpus",
    "Design",
    "Features",
    "GridSettings",
    "Passages",
    "Preparation",
    "TermCounts",
    "UnevenTexts",
    "aliasing",
    "annotation_form",
    "annotation_sheet",
    "around_persons",
    "baselines",
    "calibrate",
    "calibrate_sensitivity",
    "calibrate_tree",
    "caution_topics",
    "change_points",
    "check_edition",
    "classify",
    "compare",
    "compare_backends",
    "compare_groups",
    "compare_slices",
    "consensus_tree",
    "contested_words",
    "contrast_topics",
    "count_terms",
    "date_mentions",
    "date_passages",
    "distances",
    "doubtful_terms",
    "embed_passages",
    "excess_stability",
    "explain_peaks",
    "find_dates",
    "find_mentions",
    "fit_topics",
    "follow_topics",
    "html_table",
    "join_bigrams",
    "keep_terms",
    "keyness",
    "keyness_by_chance",
    "krippendorff_alpha",
    "kwic",
    "latex_table",
    "learn_sentiment",
    "lexicon_agreement",
    "lexicon_names",
    "mean_rank",
    "missing_candidates",
    "narrated_time",
    "narrated_times",
    "noise_floor",
    "number_of_topics",
    "prepare_counts",
    "presidential_messages",
    "read_annotations",
    "read_corpus",
    "read_domain_terms",
    "read_known_authors",
    "read_lexicon",
    "read_passage",
    "read_persons",
    "read_stopwords",
    "read_topic_names",
    "rolling_mean",
    "runs_table",
    "save_figure",
    "score_learned",
    "score_sentiment",
    "sensitivity",
    "sentiment_over_time",
    "shares_by_text",
    "slice_frequencies",
    "slice_map",
    "smooth_dct",
    "split_passages",
    "spoken_of",
    "terms_of_names",
    "tokenize",
    "tokens_at",
    "topic_cards",
    "topics_over_time",
    "validate_sentiment",
    "word_dispersion",
    "word_influence",
    "word_shift",
    "words_by_voice",
    "zeta",
]


def __getattr__(name: str) -> Any:
    """Return a public name, imported now."""
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
