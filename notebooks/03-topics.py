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
# # What do these texts speak of, and would a model say so twice?
#
# “From one week to the next, the famine and the speculation were diminishing perceptibly. Restaurants were
# opening again and, wonder of wonders, pastries which were actually edible were on sale at a rouble apiece.”
# Serge tells of famine and pastries in one breath. A topic model sorts such words into heaps. In a corpus as
# small as this one the heaps depend on the number that the computer begins with, so before any of them is
# read, the same model is given a text in which there is nothing to find.

# %%
from dataclasses import replace

import pandas as pd

import analysis as an
from analysis.plots import topics as draw
from analysis.plots import topics_choices as draw_choices
from analysis.plots import topics_worth as draw_worth
from analysis.plots.style import figure, headline
from analysis.plots.topics_cards import CARD_MM, draw_cards

kept = "notebooks/fits"
corpus = an.read_corpus()
passages = an.date_passages(corpus, an.split_passages(corpus))
tokens = an.tokenize(passages, corpus=corpus)
titles = corpus.documents.set_index("doc_id")
authors = titles["author"].to_dict()
labels = {
    doc_id: f"{titles.author[doc_id].split()[-1]}, {titles.genre[doc_id]}"
    for doc_id in titles.index
}

# %% [markdown]
# Counted are the authors’ own words. Left out are function words, by a list in the corpus folder, words of
# one letter, and words that fewer than three passages have.

# %%
preparation = an.Preparation(voices=("author",), stopwords="english", min_passages=3, min_letters=2)
counts = an.prepare_counts(corpus, preparation=preparation)
counts

# %% [markdown]
# ## The control first: the same words, dealt out by chance
#
# Six topics, each the consensus of twenty runs from different seeds. How much a passage mixes topics and how
# far a topic may stray from the corpus (the priors) is not set by hand but by what best foretells blocks of
# passages that the model has not seen. Ten shuffled corpora, in which every passage keeps its length and
# every word its frequency, are fitted in the same way.

# %%
topics = an.fit_topics(counts, n_topics=6, seed=1, keep=kept, workers=2)
worth = an.excess_stability(counts, topics, seed=1, keep=kept, workers=2)
worth.overall.round(3)

# %%
n_stable = int(worth.topics["stable"].sum())
seeds = worth.overall.set_index("measure").loc["seeds"]
blocks = worth.overall.set_index("measure").loc["blocks"]
fig = figure("double", height_mm=100)
ax = draw_worth.draw_stability(fig.subplots(), worth.plot_table())
headline(
    ax, f"{n_stable} of {len(worth.topics)} topics come back beyond what shuffled text reaches"
)
an.save_figure(
    fig,
    "topics-stability",
    table=worth.plot_table(),
    caption=(
        f"Agreement of {len(worth.topics)} topics (n = {len(counts.passage_ids)} passages, {len(counts.terms)} "
        f"terms, {int(counts.matrix.sum()):,} words): the cosine of two topics’ departures from the corpus. "
        f"Circles: mean over pairs of {worth.n_seeds} runs, 95 % jackknife over seeds. Squares: agreement with "
        f"the topics of {worth.n_resamples} corpora whose blocks of five passages were drawn anew within each "
        "text, and the range of their middle 95 %. Grey: below the upper prediction bound (99 %) of the most "
        f"stable topic of {worth.n_shuffles} shuffled corpora, same priors and seeds. Stability is no proof of a "
        "theme: a text’s manner is stable too."
    ),
    alt="; ".join(
        f"topic {row.topic} over seeds {row.stability:.2f}, over blocks {row.block_agreement:.2f}"
        for row in worth.topics.itertuples()
    )
    + f"; shuffled text reaches {worth.bound:.2f}.",
    parameters={"n_topics": 6, "n_seeds": 20, "min_passages": 3},
    seed=1,
)

# %% [markdown]
# And without one of the texts? A topic that goes with a text was that text’s.

# %%
worth.by_texts().round(2)

# %% [markdown]
# Every topic in every run: a dark row is a topic that each run finds, a mottled one is a heap of leftovers.

# %%
runs = an.runs_table(topics)
fig = figure("double", height_mm=80)
ax = draw_worth.draw_runs(fig.subplots(), runs)
missed = runs.groupby("topic")["agreement"].agg(lambda values: int((values < 0.5).sum()))
headline(
    ax,
    f"A single run can miss a topic: topic {missed.idxmax()} is missing from {missed.max()} of {worth.n_seeds}"
    if missed.max()
    else "Every run finds every topic",
)
an.save_figure(
    fig,
    "topics-runs",
    table=runs,
    caption=(
        f"Agreement of each topic of {worth.n_seeds} single runs with the consensus of all (1 = same, 0 = "
        "unrelated), topics matched one to one. The runs are part of the consensus, so the figure shows how "
        "they differ and cannot show that the topics are real; the shuffled corpora do that. n = "
        f"{len(runs)} matches; no interval."
    ),
    alt="A grid of topics by runs. Runs with agreement below .5: "
    + "; ".join(f"topic {topic} {number}" for topic, number in missed.items())
    + ".",
    seed=1,
)

# %% [markdown]
# ## The topics

# %%
names_of_persons = an.terms_of_names(an.find_mentions(corpus), terms=counts.terms)
topics = an.caution_topics(
    topics,
    documents=corpus.documents,
    tokens=tokens,
    names=names_of_persons,
    doubtful_terms=an.doubtful_terms(tokens, language="en", names=names_of_persons),
)
topics.cautions

# %%
fig = figure("double", height_mm=105)
axes = draw.draw_topics(
    fig.subplots(1, 2, sharey=True, width_ratios=[1.5, 1]),
    topics.plot_table(),
    labels=labels,
    authors=authors,
    unrelated=worth.shuffled["stability"].mean(),
)
order = (
    topics.plot_table().groupby("topic")["share"].agg(lambda shares: shares.max() - shares.min())
)
fig.suptitle(
    f"The texts differ most in topic {order.idxmax()}, by {order.max() * 100:.0f} points of their words",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "topics-shares",
    table=topics.plot_table(),
    caption=(
        "Six topics by their ten most probable terms. Left: each topic’s share of each text’s counted words "
        "(the authors’ own, without function words); no interval, as one text is one draw. Right: agreement of "
        f"two of {worth.n_seeds} runs, 95 % jackknife over seeds; dashed: mean of shuffled corpora, the null. The "
        "texts differ in translator, genre, date and length as well as author: the figure cannot show what an "
        "author preferred to speak of."
    ),
    alt="Shares by text: "
    + "; ".join(
        f"topic {topic} " + ", ".join(f"{row.doc_id} {row.share:.0%}" for row in rows.itertuples())
        for topic, rows in topics.plot_table().groupby("topic")
    )
    + ".",
    parameters={"n_topics": 6, "n_seeds": 20, "min_passages": 3},
    seed=1,
)

# %% [markdown]
# A card for each topic, with the passages to read before it is believed. Names are given by hand, in
# `corpus/topics/names.csv`, beside the words that the topic had: a name goes with its words, not with a number.

# %%
names_by_hand = an.read_topic_names(corpus.folder / "topics" / "names.csv")
cards = an.topic_cards(topics, passages, stability=worth, names=names_by_hand)
fig = figure("double", height_mm=CARD_MM * len(cards) + 14)
draw_cards(fig.subplots(len(cards), 2, width_ratios=[2, 1]), cards, labels=labels, authors=authors)
fig.suptitle(
    f"{int(cards['stable'].sum())} of {len(cards)} topics are worth a name: they come back beyond shuffled text",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "topics-cards",
    table=cards,
    caption=(
        f"Cards of {len(cards)} topics, the consensus of {worth.n_seeds} seeds (n = {len(counts.passage_ids)} "
        "passages). Probable: the ten most probable words; own: the ten that are both probable and the topic’s "
        "own (FREX). Agreement of two runs with a 95 % jackknife interval over seeds; the null is the upper "
        f"prediction bound (99 %) of the most stable topic of {worth.n_shuffles} shuffled corpora. Passages are "
        "those with the largest share of the topic, and links in the SVG. Bars: share of each text’s counted "
        "words, without interval, as one text is one draw. A name is a reader’s, and no result."
    ),
    alt="; ".join(
        f"topic {row.topic}: {row.terms}; {row.shares_by_text}" for row in cards.itertuples()
    ),
    parameters=preparation,
    seed=1,
)

# %% [markdown]
# The passage that has most of the most stable topic:

# %%
best = cards.sort_values("stability", ascending=False, kind="stable").iloc[0]
an.read_passage(corpus, best["place_1"])

# %% [markdown]
# ## How many topics?
#
# Six measures over a range, and no best number: held-out words ask for more topics, coherence and
# exclusivity for fewer.

# %%
number = an.number_of_topics(
    counts, n_topics=range(4, 10), seed=1, n_shuffles=10, n_resamples=10, keep=kept, workers=2
)
number.stable.T

# %%
fig = figure("double", height_mm=95)
draw_choices.draw_number(fig.subplots(2, 3).ravel(), number.plot_table())
above = {
    measure: ", ".join(map(str, rows.loc[rows["low"] > 0, "n_topics"])) or "no number"
    for measure, rows in number.table.groupby("measure")
}
fig.suptitle(
    f"Above shuffled text over seeds at {above['excess stability']} topics, "
    f"over blocks at {above['excess over blocks']}",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "topics-number",
    table=number.plot_table(),
    caption=(
        "Measures over the number of topics. Excess stability: mean agreement of two runs less that of "
        f"{number.n_shuffles} shuffled corpora ({number.n_seeds} seeds; 95 %, over seeds and shuffled corpora). "
        f"Excess over blocks: the same for {number.n_resamples} corpora of blocks drawn anew. "
        "Held-out gain: log probability of a held-out word less that of one topic; held-out coherence: "
        "document-level NPMI of ten top terms in held-out passages; both by four folds of blocks of five "
        "passages, lines the range over folds. Diversity and exclusivity of the consensus, without interval. "
        "Null: 0 (dashed). The figure cannot show which number is right."
    ),
    alt="; ".join(
        f"{measure}: "
        + ", ".join(f"{row.n_topics} topics {row.value:.2f}" for row in rows.itertuples())
        for measure, rows in number.table.groupby("measure", sort=False)
    ),
    seed=1,
)

# %% [markdown]
# ## Would another program say the same?

# %%
backends = an.compare_backends(
    counts,
    n_topics=6,
    seed=1,
    alpha=topics.settings.alpha,
    eta_total=topics.settings.eta_total,
    keep=kept,
    workers=2,
)
fig = figure("double", height_mm=60)
draw_choices.draw_backends(fig.subplots(1, 2, sharey=True), backends.plot_table())
means = backends.table.assign(real=backends.table["corpus"] == "real")
means = (
    means[means["measure"] == "agreement"].groupby(["backend", "real"])["value"].mean().unstack()
)
# Adding 0 makes -0.00 a plain 0.00.
gain = (means[True] - means[False]).round(2).add(0.0).sort_values(kind="stable")
fig.suptitle(
    f"{gain.index[-1]}’s runs rise most above shuffled text ({gain.iloc[-1]:+.2f}), "
    f"{gain.index[0]}’s least ({gain.iloc[0]:+.2f})",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "topics-backends",
    table=backends.plot_table(),
    caption=(
        f"Mean agreement of two of {backends.n_seeds} single runs of {backends.n_topics} topics, by program. Blue: "
        f"this corpus; grey ticks: {backends.n_shuffles} shuffled corpora, the null. Left: the cosine of departures "
        "from the corpus; right: Jaccard overlap of the ten most probable terms. Same priors for all that have "
        "any (scikit-learn’s over terms is even). n = "
        f"{len(counts.passage_ids)} passages; no interval. The figure cannot show which program’s topics are better "
        "to read."
    ),
    alt="; ".join(
        f"{backend}: {row[True]:.2f} here, {row[False]:.2f} shuffled"
        for backend, row in means.iterrows()
    ),
    seed=1,
)

# %% [markdown]
# ## Rosmer and Serge
#
# Three texts are one draw against two. What can be shown is how far the two authors’ texts lie apart in
# their topics beside how far parts of one text do, and Serge’s two books, all in stretches of fifteen passages.

# %%
contrast = an.contrast_topics(topics, groups=authors, seed=1)
contrast.effects.round(3)

# %%
whole = contrast.effects.set_index("measure").loc["all topics"]
fig = figure("double", height_mm=88)
draw_worth.draw_contrast(fig.subplots(), contrast.plot_table(), labels=labels, groups="authors")
fig.suptitle(
    f"The median distance of Rosmer’s and Serge’s stretches exceeds {whole['rank']:.0%} of those of one author’s;\n"
    "one text against two is no finding about the authors",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "topics-contrast",
    table=contrast.plot_table(),
    caption=(
        f"Energy distance of topic shares (six topics) between any two stretches of {contrast.n_passages} × "
        f"{contrast.n_pieces} contiguous passages (n = {len(contrast.pairs)} pairs); thick: median. Red: different "
        "authors; blue: Serge’s two texts; black: parts of one text; grey: a text’s passages divided at random, a "
        f"floor and no control. {contrast.reason} Pairs share stretches, so no interval is given. Author, "
        "translator, genre and subject change together here."
    ),
    alt="; ".join(
        f"{kind}: median {value:.2f}"
        for kind, value in contrast.pairs.groupby("kind", sort=False)["distance"].median().items()
    ),
    parameters={"n_passages": contrast.n_passages, "n_pieces": contrast.n_pieces},
    seed=1,
)

# %% [markdown]
# The same by other groups. Where passages of one text fall into several groups (sections, the time that is
# told), the baseline is a text’s passages of one group.

# %%
times = an.narrated_times(passages)
told_in = {
    row.passage_id: "to 1920" if row.after_year <= 1921 else "from 1921"
    for row in times.table.itertuples()
    if row.after_year <= 1921 or row.first_year >= 1921
}
groupings = {
    "author": authors,
    "translator": titles["translator"].fillna("none").to_dict(),
    "source": {doc_id: doc_id for doc_id in titles.index},
    "narrated time": told_in,
    "section": dict(zip(passages["passage_id"], passages["section"], strict=True)),
}
found = {
    name: an.contrast_topics(topics, groups=groups, seed=1, n_passages=3, n_pieces=2)
    for name, groups in groupings.items()
}
pd.concat(
    {name: one.effects.query("measure == 'all topics'") for name, one in found.items()}
).droplevel(1).round(3)

# %% [markdown]
# Which topics are more Rosmer’s than of either of Serge’s texts, and does it stay so with other numbers of
# topics and other preparations: names of persons left out, fixed pairs of words joined, shorter passages?

# %%
rosmer = next(doc_id for doc_id, author in authors.items() if author.endswith("Rosmer"))
preparations = {
    "without names": replace(preparation, names=False),
    "with bigrams": replace(preparation, bigrams=True),
    "passages of 100 words": replace(preparation, n_tokens=100),
}
variants = {
    f"{n_topics} topics": an.fit_topics(counts, n_topics=n_topics, seed=1, n_seeds=10, keep=kept)
    for n_topics in (5, 7, 8)
} | {
    name: an.fit_topics(
        an.prepare_counts(corpus, preparation=chosen), n_topics=6, seed=1, n_seeds=10, keep=kept
    )
    for name, chosen in preparations.items()
}
followed = an.follow_topics(
    topics, variants=variants, conclusion=lambda shares: shares.idxmax() == rosmer
)
followed.summary

# %% [markdown]
# And how far the two authors’ texts lie apart, as a share of their own stretches that are nearer together:

# %%
ranks = pd.Series(
    {
        name: an.contrast_topics(other, groups=authors, seed=1).effects["rank"].iloc[0]
        for name, other in variants.items()
    },
    name="rank",
)
ranks.round(3)

# %% [markdown]
# ## Over the time that is told

# %%
over_time = an.topics_over_time(topics, times.table, seed=1)
told = over_time.table.query("group == 'all' and dates == 'all'").dropna(subset=["share"])
names = {
    int(row.topic): f"{row.topic}  " + ", ".join(row.terms.split(", ")[:5])
    for row in topics.topics.itertuples()
}
fig = figure("double", height_mm=95)
axes = fig.subplots(2, 3, sharex=True, sharey=True).ravel()
draw_worth.draw_over_time(axes, over_time.plot_table(), names=names)
widest = (told["high"] - told["low"]).mean()
fig.suptitle(
    f"Dates, passages and topics leave a year’s share open by {widest * 100:.0f} points on average",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "topics-over-time",
    table=over_time.plot_table(),
    caption=(
        "Share of each topic in the words that narrate a year, all texts together. Band: the middle 95 % of "
        f"{over_time.n_draws} draws of a day within each passage’s dates, of blocks of five passages within each "
        "text, and of gamma. Dashed: passages whose date is carried from an earlier one left out. Years with "
        "fewer than three passages are not drawn. No null is drawn. Which text tells of which year decides "
        "much of a curve: the figure cannot show that a time spoke more of a topic."
    ),
    alt="Six panels, one a topic, over the years "
    + f"{told['year'].min():.0f} to {told['year'].max():.0f}.",
    parameters={"step": over_time.step},
    seed=1,
)

# %% [markdown]
# **You may write:**

# %%
print(
    f"Over {worth.n_seeds} seeds, two runs of a six-topic model agree by {seeds.value:.2f}, those of shuffled corpora by "
    f"{seeds.shuffled:.2f} (excess {seeds.excess:.2f}, 95 % {seeds.low:.2f} to {seeds.high:.2f}); {n_stable} topics are "
    "more stable than any topic of a shuffled corpus is likely to be."
)
print(
    f"With blocks of passages drawn anew, the excess is {blocks.excess:.2f} (95 % {blocks.low:.2f} to {blocks.high:.2f})."
)
print(
    f"The median distance in topics of Rosmer’s and Serge’s stretches exceeds {whole['rank']:.0%} of the distances "
    f"of one author’s own ({ranks.min():.0%} to {ranks.max():.0%} in {len(ranks)} other fits, of {', '.join(ranks.index)}). "
    f"{contrast.reason}"
)
followed.summary.query("holds").to_dict("records")

# %% [markdown]
# **You may not write** that Rosmer or Serge cared more for a subject because a topic’s share is larger in a
# text: one text of Rosmer’s, about Moscow and its congresses, stands for the author. Nor that a topic was found
# because a list of words looks like one: in shuffled text such lists look no worse.
