# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Does the mood of these books rise and fall, and would we see it if it did?
#
# A line that climbs and falls through a book is the most loved figure of the field. It can be drawn through
# noise as well. So this chapter first asks whether word lists read these texts as readers do, then what the
# line would have to do to be more than chance, and only then draws it.

# %%
from dataclasses import replace

import pandas as pd

import analysis as an
from analysis.plots.sentiment import ARC_KEY, DATES_KEY, draw_arc
from analysis.plots.sentiment_checks import (
    draw_agreement,
    draw_tone_of_persons,
    draw_validation,
    draw_word_shift,
)
from analysis.plots.style import HUES, figure, headline, hues
from analysis.sentiment.annotations import tokens_at
from analysis.sentiment.context import read_domain_terms
from analysis.text.dating import date_passages

corpus = an.read_corpus()
passages = date_passages(corpus, an.split_passages(corpus))
tokens = an.tokenize(passages)
documents = corpus.documents.set_index("doc_id")
authors = documents["author"].to_dict()
hue = hues(list(authors.values()))
labels = {
    doc_id: f"{documents.author[doc_id].split()[-1]}, {documents.title[doc_id].split(':')[0]}"
    for doc_id in documents.index
}
scores = an.score_sentiment(tokens)
scores.head(6)

# %% [markdown]
# ## The control first: do the word lists agree?
#
# Each was made for other texts than these: posts, reviews, songs.

# %%
lexicons = [an.read_lexicon(name) for name in an.lexicon_names(carried=True)]
for lexicon in lexicons:
    print(
        f"{lexicon.name}: {len(lexicon.valences):,} words, {lexicon.unit}; {lexicon.licence}; "
        f"made for {lexicon.made_for}"
    )

# %%
agreement = an.lexicon_agreement(scores)
fig = figure("single", height_mm=62)
ax = draw_agreement(fig.subplots(), agreement.plot_table())
same = round(100 * agreement.share_same_sign)
headline(ax, f"All five agree on the sign of {same} % of passages")
an.save_figure(
    fig,
    "sentiment-agreement",
    table=agreement.plot_table(),
    caption=(
        f"Spearman’s rank correlation between lexicons over the author’s own words of {agreement.n_passages} "
        "passages that all of them score. A description: no interval, no null. Agreement is not truth: "
        "lexicons were made in knowledge of each other."
    ),
    alt="A table of rank correlations: "
    + "; ".join(
        f"{row.lexicon_a} and {row.lexicon_b} {row.rho:.2f}" for row in agreement.pairs.itertuples()
    )
    + ".",
)

# %% [markdown]
# The words that weigh most, and those about which the lists quarrel:

# %%
influence = an.word_influence(tokens)
influence.groupby("lexicon", sort=False).head(4).round(3)

# %%
an.contested_words(tokens).head(10)

# %% [markdown]
# The party, the opposition and the Red Army are names here. A list made by hand masks such names; every
# result below can be had either way.

# %%
domain = read_domain_terms(corpus.folder / "lexicons" / "domain-terms.csv")
masked_scores = an.score_sentiment(tokens, mask=domain)
print(f"{len(domain)} masked names: {', '.join(domain[:8])} ...")

# %% [markdown]
# ## Do they read as readers do?
#
# Half of the blocks of the three texts have been read for their tone, twice, by machine and in context
# (`corpus/annotations/CODEBOOK.md`). That is no human reading; correct it where you read better.

# %%
readings = an.read_annotations(corpus.folder / "annotations" / "blocks.jsonl")
placed = tokens_at(tokens, readings)
validation = an.validate_sentiment(an.score_sentiment(placed), readings)
masked_validation = an.validate_sentiment(an.score_sentiment(placed, mask=domain), readings)
best = validation.plot_table().set_index("lexicon").loc["mean_rank"]
fig = figure("single", height_mm=66)
ax = draw_validation(fig.subplots(), validation.plot_table())
headline(ax, f"Word lists follow the readers at {best.rho:.2f}, far below their ceiling")
an.save_figure(
    fig,
    "sentiment-validation",
    table=validation.plot_table(),
    caption=(
        f"Spearman’s rank correlation of scores (the author’s words) with the mean of two machine readings, "
        f"over {int(best.n_places)} annotated blocks of body text with more than 30 words, with 95 % "
        "delete-a-block jackknife intervals (runs of five blocks, Fisher’s scale). Null: 0. Dashed: what a "
        f"perfect score would reach, from the readings’ agreement (alpha {validation.alpha:.2f}); two "
        "readings by machine may agree more than two people would, so it may be too high. For more text of the "
        "same kind. It cannot show that the readings are right."
    ),
    alt="Correlations with intervals: "
    + "; ".join(
        f"{row.lexicon} {row.rho:.2f} ({row.low:.2f} to {row.high:.2f})"
        for row in validation.plot_table().itertuples()
    )
    + ".",
)

# %% [markdown]
# By text, and what the mask changes:

# %%
by_text = validation.table.query("lexicon == 'mean_rank' and by in ('all', 'doc_id', 'quoted')")
by_text.assign(
    masked=masked_validation.table.query(
        "lexicon == 'mean_rank' and by in ('all', 'doc_id', 'quoted')"
    )["rho"].to_numpy()
)[["by", "part", "n_places", "rho", "low", "high", "masked", "reason"]].round(2)

# %% [markdown]
# The mean rank less each list by itself, on the same places:

# %%
validation.differences.query("by in ('all', 'doc_id', 'quoted')").round(2)

# %% [markdown]
# The words of others (quotations in the author’s paragraphs, and long ones set apart) against the same
# readings, which are of the whole passage: lists follow them far less, with intervals that hold nearly
# everything. An author’s mood is not to be had from them.

# %%
quoted_validation = an.validate_sentiment(
    an.score_sentiment(placed), readings, voice="other", layers=("body", "blockquote")
)
quoted_validation.table.query("lexicon == 'mean_rank' and by in ('all', 'doc_id', 'layer')")[
    ["by", "part", "n_places", "rho", "low", "high", "reason"]
].round(2)

# %% [markdown]
# ## The arcs, in the order of telling
#
# The mean rank of the five lists, smoothed by a centred mean over 1,500 running words. Two lines of chance
# stand beside each: what the same passages do in any order, and what a series with the same carry-over from
# passage to passage does without any trend. Only beyond the second is a peak called.

# %%
arcs = an.sentiment_over_time(scores, passages)
table = arcs.plot_table()
tests = arcs.tests.set_index("group")
tests[
    ["n_passages", "null_phi", "p_permutation", "p_ar1", "smallest_peak", "verdict", "reason"]
].round(2)

# %%
n_called = int(arcs.tests["n_called"].sum())
fig = figure("double", height_mm=150)
axes = fig.subplots(len(tests), 1)
for number, (ax, doc_id) in enumerate(zip(axes, tests.index, strict=True)):
    told = tests.loc[doc_id]
    found = (
        "no peak could have been told"
        if told.smallest_peak != told.smallest_peak
        else f"a peak of {told.smallest_peak:.2f} would be found"
    )
    last = number == len(tests) - 1
    draw_arc(
        ax,
        table,
        group=doc_id,
        hue=hue[authors[doc_id]],
        title=f"{labels[doc_id]}: {told.verdict}; {found}",
        label_x=last,
        note=ARC_KEY if last else "",
    )
fig.suptitle(
    f"{n_called or 'No'} peak or trough stands out from carry-over in any text", x=0.01, ha="left"
)
an.save_figure(
    fig,
    "sentiment-arcs",
    table=table,
    caption=(
        "Mean rank of five lexicons (-0.5 to 0.5 among all passages) of the author’s own words; points are "
        "passages, n = "
        + ", ".join(f"{labels[doc_id]} {int(tests.n_passages[doc_id])}" for doc_id in tests.index)
        + ". Curve: centred mean over 1,500 running words, where the window is full. Tint, thin lines: 95 % pointwise band "
        "for the smoothed curve (residual AR bootstrap, 999 draws), for more text of the same kind. Grey: "
        "limits of an AR(1) series with this carry-over and no trend (maximum over places, alpha .05); "
        "dotted: of passages in any order. "
        + (f"{arcs.reason}. " if arcs.reason else "")
        + "Peaks narrower than the window are flattened: the figure cannot show them."
    ),
    alt="Three curves of sentiment over the text. "
    + "; ".join(f"{labels[doc_id]}: {tests.verdict[doc_id]}" for doc_id in tests.index)
    + ".",
    parameters=arcs.settings,
    seed=arcs.settings.simulation.seed,
)

# %% [markdown]
# Would another window, another smoother or the mask have shown more? Each row is one more test of the same
# passages, so that one p below .05 in twenty would be no surprise.

# %%
looks = {
    (f"{smoother}, {window:,} words", "names masked" if masked else "all words"): (
        an.sentiment_over_time(
            masked_scores if masked else scores, passages, smoother=smoother, window=window
        ).tests
    )
    for smoother, window, masked in [
        ("mean", 750, False),
        ("mean", 1500, False),
        ("mean", 1500, True),
        ("mean", 3000, False),
        ("loess", 1500, False),
        ("loess", 3000, False),
    ]
}
pd.concat(looks, names=["curve", "words"]).reset_index(level=[0, 1])[
    ["group", "curve", "words", "p_permutation", "p_ar1", "smallest_peak", "verdict"]
].sort_values("group", kind="stable").round(2)

# %% [markdown]
# ## One list at a time
#
# The longest text by each lexicon, so that what they disagree on is seen.

# %%
longest = tests["n_passages"].idxmax()
single = {
    lexicon.name: an.sentiment_over_time(scores, passages, lexicon=lexicon.name)
    for lexicon in lexicons
}
units = {lexicon.name: lexicon.unit.split(" of ")[0].split(",")[0] for lexicon in lexicons}
parts = [
    result.plot_table().query("group == @longest").assign(lexicon=name)
    for name, result in {**single, "mean_rank": arcs}.items()
]
each = pd.concat(parts, ignore_index=True)
verdicts = {name: result.tests.set_index("group").loc[longest] for name, result in single.items()}


def found_in(told):
    """Return which peak would have been found, or that none could have been."""
    if told.smallest_peak != told.smallest_peak:
        return "no peak could have been told"
    return f"a peak of {told.smallest_peak:.2f} would be found"


fig = figure("double", height_mm=126)
axes = fig.subplots(3, 2).ravel()
for number, (ax, name) in enumerate(zip(axes, [*single, "mean_rank"], strict=True)):
    told = verdicts[name] if name in verdicts else tests.loc[longest]
    draw_arc(
        ax,
        each[each["lexicon"] == name],
        group=longest,
        hue=hue[authors[longest]],
        unit=units.get(name, "mean rank"),
        title=f"{name.replace('_', ' ')}: p {told.p_ar1:.2f}; {found_in(told)}",
        label_x=number >= 4,
    )
fig.supxlabel(f"p: of a series with this carry-over and no trend. {ARC_KEY}", fontsize=7)
n_beyond = sum(told.n_called > 0 for told in verdicts.values())
fig.suptitle(
    f"{n_beyond or 'None'} of {len(lexicons)} lexicons sees more than carry-over in {labels[longest]}",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "sentiment-lexicons",
    table=each,
    caption=(
        f"{labels[longest]} by each lexicon in its own unit, and by their mean rank (n = {int(tests.n_passages[longest])} passages, "
        "the author’s own words; VADER is the mean over sentences of its compound). Curve, tint, grey and "
        "dots as in the figure of the arcs; p is that of the AR(1) null. Five tests of one text: one p below "
        ".05 among them is what chance gives in about one case of five. Units differ, so heights cannot be "
        "compared between panels."
    ),
    alt="Six curves of one text. "
    + "; ".join(f"{name}: {told.verdict}" for name, told in verdicts.items())
    + ".",
    parameters=arcs.settings,
    seed=arcs.settings.simulation.seed,
)

# %% [markdown]
# ## What the highest stretch is made of
#
# Called or not, a stretch can be looked into: which words raise it above the rest of its text.

# %%
curve = arcs.trend[arcs.trend["group"] == longest].reset_index(drop=True)
top = curve["position"][curve["mean"].idxmax()]
points = arcs.points[arcs.points["group"] == longest]
half = arcs.settings.window / 2
under = points[(points["position"] - top).abs() <= half]
shift = an.word_shift(tokens, list(under["passage_id"]), lexicon="labmt")
fig = figure("single", height_mm=96)
ax = draw_word_shift(fig.subplots(), shift.plot_table(), n_words=14, unit="labMT’s happiness")
headline(ax, f"The highest stretch of {labels[longest]}: not called, but made of these words")
an.save_figure(
    fig,
    "sentiment-word-shift",
    table=shift.plot_table(),
    caption=(
        f"What each word adds to the difference of {shift.difference:+.2f} in labMT’s mean happiness (1 to 9) "
        f"between the {len(under)} passages around word {top:,.0f} ({shift.n_target} scored words) and the "
        f"rest of the text ({shift.n_reference}); the parts add up to it. A description of a stretch that "
        "was picked for being highest: no interval, no null. Words are counted wherever they stand, whoever "
        "is meant."
    ),
    alt="Bars of words; largest: " + ", ".join(shift.table["term"].head(8)) + ".",
    parameters={"lexicon": "labmt", "window": arcs.settings.window},
)

# %% [markdown]
# ## The dates told of
#
# The same passages along the months that they tell of, so that both authors can be read on one axis. Most
# dates are spans of months or years. A peak as wide as the window keeps only a part of its height under
# that uncertainty; the table says which.

# %%
history = an.sentiment_over_time(scores, passages, axis="historical", groups=authors)
history.tests[
    [
        "group",
        "n_passages",
        "share_undated",
        "share_carried",
        "height_kept",
        "p_ar1",
        "smallest_peak",
    ]
    + ["verdict"]
].round(2)

# %%
dated = history.plot_table()
fig = figure("double", height_mm=118)
axes = fig.subplots(2, 1, sharex=True)
kept = history.tests.set_index("group")
FEW = 50
for number, (ax, author) in enumerate(zip(axes, kept.index, strict=True)):
    last = number == len(kept) - 1
    least = kept.smallest_peak[author]
    # Ranks span 1: a peak above that cannot be.
    found = f"a peak of {least:.2f} would be found" if least < 1 else "no peak could have been told"
    if kept.n_passages[author] < FEW:
        found = f"little is testable with {kept.n_passages[author]} passages: {found}"
    draw_arc(
        ax,
        dated,
        group=author,
        hue=hue[author],
        title=f"{author}: {kept.verdict[author]}; {100 * kept.share_undated[author]:.0f} % undated, "
        f"{100 * kept.share_carried[author]:.0f} % dated by carrying forward\n"
        f"{found}; dates keep {100 * kept.height_kept[author]:.0f} % of a peak’s height",
        label_x=last,
        note=f"{ARC_KEY}\n{DATES_KEY}" if last else "",
        years=(1917, 1937),
    )
beyond = [author for author in kept.index if kept.n_called[author]]
fig.suptitle(
    f"Along the dates told of, {' and '.join(beyond) or 'neither author'} leaves carry-over behind",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "sentiment-history",
    table=dated,
    caption=(
        "Mean rank of five lexicons of the author’s own words over the dates told of; points are passages, "
        "lines their possible dates (n = "
        + ", ".join(f"{author} {int(kept.n_passages[author])}" for author in kept.index)
        + "; undated "
        + ", ".join(f"{100 * kept.share_undated[author]:.0f} %" for author in kept.index)
        + "). Curve: mean over 365 days, each passage weighing by its chance to fall into them, where three "
        "are expected; dashed: without dates carried forward. Tint, thin lines: 95 % pointwise band, noise and dates drawn together. Grey and dotted: limits of "
        "an AR(1) series without a trend, and of any order. Found: the lowest peak that would be called in "
        "80 % of trials. Most dates are given by the editor and are years; "
        "the figure cannot show a mood of months."
    ),
    alt="Two curves over 1917 to 1937. "
    + "; ".join(f"{author}: {kept.verdict[author]}" for author in kept.index)
    + ".",
    parameters=history.settings,
    seed=history.settings.simulation.seed,
)

# %% [markdown]
# ## The author’s voice and the quoted ones
#
# Quoted enemies speak in these books. Their words are a series of their own, never the author’s mood.

# %%
voices = ("author", "other")
spoken = {
    voice: an.sentiment_over_time(
        scores, passages, voices=[voice], lexicon="vader", smoother="loess", window=3000
    )
    for voice in voices
}
both = pd.concat(
    [
        result.plot_table().query("group == @longest").assign(voice=voice)
        for voice, result in spoken.items()
    ],
    ignore_index=True,
)
fig = figure("double", height_mm=96)
shades = {"author": hue[authors[longest]], "other": HUES[2]}
names = {"author": "The author’s words", "other": "Words that he quotes"}
for ax, voice in zip(fig.subplots(2, 1, sharex=True), voices, strict=True):
    told = spoken[voice].tests.set_index("group").loc[longest]
    draw_arc(
        ax,
        both[both["voice"] == voice],
        group=longest,
        hue=shades[voice],
        unit="VADER’s compound\n(-1 to 1)",
        title=f"{names[voice]}: mean {told.valence_mean:.2f}, {int(told.n_passages)} passages; "
        f"{told.verdict.split(':')[0]}" + ("" if told.n_called else f"; {found_in(told)}"),
        label_x=voice == voices[-1],
        note=ARC_KEY if voice == voices[-1] else "",
    )
fig.suptitle("Quotations are a second series, not the author’s mood", x=0.01, ha="left")
an.save_figure(
    fig,
    "sentiment-voices",
    table=both,
    caption=(
        f"{labels[longest]}, VADER’s compound by sentence and passage, for the author’s own words and for those "
        "in quotations. Curve: LOESS over 3,000 running words. Tint, thin lines: 95 % pointwise band (residual AR "
        "bootstrap); grey: AR(1) null; dotted: any order. Passages where a voice has less than a quarter of "
        "its usual words are left out. One list, one window and two tests, not corrected for their "
        "number; quotations come from many mouths. The figure cannot show irony, nor what a speaker was made to say."
    ),
    alt="Two curves, one for the author’s words and one for quoted words.",
    parameters=spoken["author"].settings,
    seed=1,
)

# %% [markdown]
# What is called in such a figure is explained by its words and can be read whole:

# %%
for voice, series in spoken.items():
    peaks = series.peaks[series.peaks["group"] == longest].reset_index(drop=True)
    shifts = an.explain_peaks(replace(series, peaks=peaks), tokens, lexicon="afinn")
    for (_, peak), shift in zip(peaks.iterrows(), shifts, strict=True):
        print(
            f"{names[voice]}, around word {peak.position:,.0f}: {shift.difference:+.2f} by AFINN’s words"
        )
        print("  made of: " + ", ".join(shift.table["term"].head(8)))
        print("  read it: " + peak.passage_ids)

# %% [markdown]
# ## Around persons

# %%
mentions = an.find_mentions(corpus)
named = ["lenin", "trotsky", "zinoviev", "stalin", "radek", "bukharin", "kamenev"]
around = an.around_persons(
    tokens, mentions[mentions["person_id"].isin(named)], groups=authors, mask=domain
)
afinn = around.plot_table().query("lexicon == 'afinn'")
firm = afinn[(afinn["low"] > 0) | (afinn["high"] < 0)]
fig = figure("single", height_mm=86)
ax = draw_tone_of_persons(
    fig.subplots(),
    afinn,
    hue_of=hue,
    labels={person: person.capitalize() for person in named},
    order=named,
    unit="AFINN’s points",
)
n_intervals = len(afinn.dropna(subset=["low"]))
headline(
    ax,
    f"Near {len(firm)} of {n_intervals} names the tone is another"
    if len(firm)
    else f"Near no name is the tone surely another: all {n_intervals} intervals hold 0",
)
an.save_figure(
    fig,
    "sentiment-persons",
    table=around.plot_table(),
    caption=(
        f"Mean valence (AFINN) of the author’s own words within {around.reach} words of a mention, less that of "
        "his other words; mentions in brackets. 95 % delete-a-block jackknife intervals (blocks of five "
        "passages), for more text of the same kind; hollow: named in fewer than four blocks, no interval. "
        f"Null: 0. {len(afinn)} comparisons, not corrected for their number. Words near a name are about many "
        "things: the figure cannot show what an author thinks of a person."
    ),
    alt="Differences by person: "
    + "; ".join(
        f"{row.person} ({row.group}) {row.difference:+.2f}"
        for row in afinn.dropna(subset=["difference"]).itertuples()
    )
    + ".",
    parameters={"reach": around.reach, "lexicon": "afinn", "masked": len(domain)},
)

# %% [markdown]
# The lines behind a number:

# %%
around.lines.query("person == 'trotsky'")[["group", "passage_id", "afinn", "line"]].head(5)

# %% [markdown]
# ## Steps instead of curves?

# %%
changes = an.change_points(arcs)
changes.table if len(changes.table) else changes.segments.round(2)

# %% [markdown]
# **You may write:**

# %%
print(
    f"Five lexicons, ranked together, follow two machine readings of {int(best.n_places)} blocks at a rank "
    f"correlation of {best.rho:.2f} (95 % interval {best.low:.2f} to {best.high:.2f}); "
    f"the two readings’ own agreement would allow {validation.ceiling:.2f}."
)
for doc_id in tests.index:
    told = tests.loc[doc_id]
    found = (
        told.reason
        if told.smallest_peak != told.smallest_peak
        else f"a stretch {told.smallest_peak:.2f} above the rest would have been found in 80 % of trials"
    )
    print(f"{labels[doc_id]}: {told.verdict} (p {told.p_ar1:.2f}); {found}.")

# %% [markdown]
# **You may not write** that a book’s mood falls here and rises there because a curve does; that no change was
# found because there is none, where only a very high peak could have been found; or that the words near a
# name are what the author thinks of the person.
