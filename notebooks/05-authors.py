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
# # Do Rosmer and Serge write apart, and can these three texts show it?
#
# “The trip was full of interest and without any danger”: Rosmer tells of the journey to Baku in the words
# of James Fenwick. Serge speaks in those of Peter Sedgwick and of Ralph Manheim. Stylometry counts small
# words, and here every small word was chosen twice, by an author and by his translator.

# %%
import analysis as an
from analysis.plots import authors as draw
from analysis.plots import authors_inference as draw_worth
from analysis.plots.style import figure, headline

fits = "notebooks/fits"
corpus = an.read_corpus()
passages = an.split_passages(corpus)
tokens = an.tokenize(passages)
titles = corpus.documents.set_index("doc_id")
labels = {
    doc_id: f"{titles.author[doc_id].split()[-1]}, {titles.genre[doc_id]}"
    for doc_id in titles.index
}
known = an.presidential_messages()
result = an.compare("author", tokens=tokens, documents=corpus.documents, reference=known)

# %% [markdown]
# ## The control first: how far apart are pieces of one text?
#
# Slices of a thousand of the author’s own words, compared by Burrows’s Delta over the hundred most
# frequent words. A distance between texts says something only above the distances within a text.

# %%
floor = result.baselines
floor.summary.round(3)

# %%
fig = figure("double", height_mm=88)
ax = draw.draw_baselines(fig.subplots(), floor.plot_table(), labels=labels)
middle = floor.pairs.groupby("kind")["distance"].median().round(2)
headline(
    ax,
    f"Median Delta: {middle['same text']:.2f} within a text, {middle['same author']:.2f} within an "
    f"author, {middle['different authors']:.2f} between authors",
)
n_slices = len(result.frequencies.table)
an.save_figure(
    fig,
    "authors-baselines",
    table=floor.plot_table(),
    caption=(
        f"Burrows’s Delta (100 most frequent words, plain z-scores) between any two of {n_slices} slices "
        f"of 1,000 of the author’s own words (n = {len(floor.pairs)} pairs); each tick is a pair, black "
        "the median. Pairs share slices and are not independent, so no interval and no null is drawn "
        "here. The three texts differ in translator, genre and edition as well as author: no distance "
        "here is an effect of the author. " + floor.warning
    ),
    alt="Strips of distances, one a pair of texts. Medians: "
    + "; ".join(
        f"{row.text_a} and {row.text_b} ({row.kind}) {row['median']:.2f}"
        for _, row in floor.summary.iterrows()
    )
    + ".",
    parameters={"measure": "burrows", "n_terms": 100, "n_tokens": 1000, "standardize": "plain"},
)

# %% [markdown]
# Plain Delta of the whole texts, as every package gives it, beside what two samples of one text give at
# these lengths. A distance is above its floor only where it exceeds 95 % of those of either text.
# (Of three texts a z-score rests on three numbers; slices, which are more, say more.)

# %%
n_above = int(result.floor.table["above_floor"].sum())
print(f"{n_above} of {len(result.floor.table)} published distances lie above their floor.")
result.floor.table[
    ["text_a", "text_b", "distance", "floor_a", "floor_high_a", "above_floor"]
].round(2)

# %% [markdown]
# ## The texts are not of one kind
#
# The energy distance takes the distances within either text off those between them. It is 0 on average
# for two texts of one kind, whatever their lengths. The intervals leave out one slice at a time; they
# speak for more text of the same kind, not for the author. The control: are the halves of one long text
# told apart as well?

# %%
result.halves.round(4)

# %%
fig = figure("double", height_mm=52)
table = result.slices.plot_table()
ax = draw_worth.draw_energy(fig.subplots(), table, labels=labels)
energy = result.slices.table[result.slices.table["estimand"] == "energy"]
told = int(energy["told_apart"].sum())
cut = int(result.halves["told_apart"].sum())
headline(
    ax,
    f"{told} of {len(energy)} pairs of texts are told apart, and the halves of "
    f"{cut} of {len(result.halves)} long texts",
)
an.save_figure(
    fig,
    "authors-energy",
    table=table,
    caption=(
        "Energy distance (Burrows, 100 words, texts weighing the same) between texts over slices of "
        "1,000 words, with 95 % delete-a-slice jackknife intervals (t; pairs of slices counted once; n = "
        + ", ".join(
            f"{labels[doc]} {n}"
            for doc, n in result.frequencies.table["doc_id"].value_counts(sort=False).items()
        )
        + " slices). Null: 0, slices exchanged between the texts; p = "
        + ", ".join(f"{p:.4f}" for p in energy["p_one_kind"])
        + " in the order drawn (the test assumes slices that can change places; it says whether "
        "texts are of one kind, the interval how far apart they are)"
        + f". Control: the halves of {cut} of {len(result.halves)} texts of 8 or more slices are told apart "
        "too. For more text of the same kind, not for the author: the figure cannot show whether author, "
        "translator or genre makes the difference."
    ),
    alt="Three distances with intervals: "
    + "; ".join(
        f"{row.text_a} and {row.text_b} {row.distance:.2f} ({row.low:.2f} to {row.high:.2f})"
        for row in energy.itertuples()
    )
    + ".",
    parameters={
        "measure": "burrows",
        "n_terms": 100,
        "slice_length": 1000,
        "standardize": "balanced",
    },
    seed=1,
)

# %%
picture = an.slice_map(result.frequencies, authors=titles["author"].to_dict())
fig = figure("double", height_mm=92)
ax = draw.draw_map(fig.subplots(), picture.plot_table(), labels=labels, shares=picture.shares)
seen = round(100 * sum(picture.shares))
headline(ax, f"A map shows {seen} % of the variation between slices, and three texts")
an.save_figure(
    fig,
    "authors-map",
    table=picture.plot_table(),
    caption=(
        f"{n_slices} slices of 1,000 of the author’s own words, laid out so that their distances (Burrows, "
        f"100 words) are kept as well as a plane can ({seen} % of the variation). A description: no "
        "interval, no null. Points of one text are neighbours in the text too. Each point is a link to "
        "its place. It cannot show what parts the texts: each has its own translator."
    ),
    alt=f"A scatter of {n_slices} slices; those of each text lie mostly together.",
    parameters={"measure": "burrows", "n_terms": 100, "n_tokens": 1000, "standardize": "balanced"},
)

# %% [markdown]
# ## A tree, and what its support is worth
#
# Branches that more than half of the resampled trees have, beside how often texts by all different
# authors reach as much.

# %%
tree = an.calibrate_tree(
    an.consensus_tree(tokens, half_words=2200, seed=1), known, seed=1, n_draws=60, keep=fits
)
fig = figure("double", height_mm=70)
halves = {
    leaf: f"{labels[leaf.rsplit(' ', 1)[0]]} ({'first' if leaf.endswith('a') else 'second'} half)"
    for leaf in tree.leaves
}
ax = draw_worth.draw_tree(fig.subplots(), tree.plot_table(), labels=halves)
kept = tree.clades[tree.clades["kept"]]
across = kept[
    kept["clade"].map(lambda c: len({leaf.rsplit(" ", 1)[0] for leaf in c.split(" + ")}) > 1)
]
headline(ax, f"{len(kept)} branches are stable; {len(across)} of them join different texts")
an.save_figure(
    fig,
    "authors-tree",
    table=tree.plot_table(),
    caption=(
        f"Majority-rule consensus of {tree.n_trees} trees (Burrows’s Delta, average linkage, "
        f"{', '.join(map(str, tree.bands))} most frequent words) over resampled passages of 150 words, as "
        "many from each half of a text; branches up to one half collapsed. Numbers: share of trees, the "
        f"{tree.support_is}; in brackets the null: the share of 60 draws of {tree.reference} by all "
        "different authors in which some branch joining two texts reaches it. The figure cannot show who "
        "or what makes a branch."
    ),
    alt="A tree of halves of three texts. "
    + "; ".join(f"{row.clade}: {row.support:.2f}" for row in kept.itertuples())
    + ".",
    parameters={"n_terms": list(tree.bands), "half_words": 2200, "n_resamples": 200},
    seed=1,
)

# %% [markdown]
# ## How often is such a comparison right?
#
# Comparisons of the same shape, drawn from texts whose authors are known: one text is by another author,
# and the method must say which. First how the published distance fares, by which text is the odd one;
# then the energy distance.

# %%
calibration = result.calibration
published = {
    standard: an.calibrate(
        an.Design(
            lengths=calibration.design.lengths,
            names=calibration.design.names,
            measure="cosine_delta",
            statistic="slice distance",
            standardize=standard,
        ),
        known,
        seed=1,
        n_draws=100,
    ).accuracy.set_index("text")["right"]
    for standard in ("plain", "balanced")
}
calibration.accuracy.set_index("text")[["length", "right", "low", "high", "auc"]].assign(
    **{f"cosine_delta_{name}": share for name, share in published.items()}
).round(2)

# %%
evidence = calibration.evidence
odd_text = calibration.design.names[evidence.position]
fig = figure("double", height_mm=104)
top, bottom = fig.subplots(2, 1)
draw_worth.draw_accuracy(top, calibration.plot_table(), labels=labels)
draw_worth.draw_evidence(bottom, calibration.plot_table(), position=evidence.position)
headline(
    top,
    f"Known authors: the odd text is found in {100 * calibration.accuracy['right'].min():.0f} to "
    f"{100 * calibration.accuracy['right'].max():.0f} % of draws",
)
headline(bottom, f"To be so far apart weighs {evidence.likelihood_ratio:.1f} to 1 among them")
an.save_figure(
    fig,
    "authors-calibration",
    table=calibration.plot_table(),
    caption=(
        f"Top: share of {int(calibration.accuracy['n_draws'].iloc[0])} comparisons of this shape (texts of "
        + ", ".join(f"{length:,}" for length in calibration.design.lengths)
        + f" words) from {calibration.reference} in which the odd text is found, by which it is; 95 % "
        f"intervals resample authors ({calibration.n_authors} have text enough). Bottom: how much the text "
        "stands apart where the truth is known (null: all authors different), and the observed value. "
        f"Likelihood ratio {evidence.likelihood_ratio:.1f} (95 % {evidence.low:.1f} to {evidence.high:.1f}; "
        f"none above {evidence.cap:.0f} is stated). {calibration.population} It cannot show that the "
        "author makes the difference here: his translator is his alone."
    ),
    alt="Accuracy by position: "
    + "; ".join(f"{row.text} {row.right:.2f}" for row in calibration.accuracy.itertuples())
    + ". Below, strips of scores of draws, and the observed score as a line.",
    parameters={"measure": "burrows", "n_terms": 100, "n_draws": 200, "statistic": "energy"},
    seed=1,
)

# %% [markdown]
# ## Does it hang on a setting?

# %%
as_scanned = an.tokenize(an.split_passages(an.read_corpus(corrections=False)))
grid = an.sensitivity(
    {"corrected": tokens, "as scanned": as_scanned}, groups=titles["author"].to_dict(), seed=1
)
lengths = [
    len(part) for _, part in tokens[tokens["voice"] == "author"].groupby("doc_id", sort=False)
]
grid = an.calibrate_sensitivity(
    grid, known, lengths=lengths, groups=list(titles["author"]), seed=1, n_draws=200, keep=fits
)
grid.percentiles.round(2)

# %%
drawn = grid.percentiles.set_index("kind")
fig = figure("double", height_mm=150)
ax, below = fig.subplots(2, 1, height_ratios=[7, 1])
draw_worth.draw_sensitivity(ax, grid.plot_table())
draw_worth.draw_shares(below, grid.percentiles, observed=grid.share_compared)
n_alike = round(drawn.as_high["all same"] * drawn.n_draws["all same"])
headline(
    ax,
    f"{round(grid.share_positive * grid.n_cells)} of {grid.n_cells} settings set Rosmer’s text apart, "
    f"as {n_alike} of {drawn.n_draws['all same']} one-author draws do",
)
an.save_figure(
    fig,
    "authors-sensitivity",
    table=grid.plot_table(),
    caption=(
        "Energy distance between the authors less that between the two texts of one author, under "
        f"n = {grid.n_cells} combinations of settings; each tick is a cell, once in each factor’s row, black "
        f"the median, right the share above 0; below, right, how many draws have as high a share. The {grid.label}. No interval. Null: the same grid on "
        f"{known.name}, voices and cleaning apart, which they do not have: the share of the other cells "
        f"lies at percentile {100 * drawn.percentile['all different']:.0f} of "
        f"{drawn.n_draws['all different']} draws by all different authors and "
        f"{100 * drawn.percentile['all same']:.0f} of {drawn.n_draws['all same']} by one author. "
        "Agreement of settings cannot show that the author is the cause."
    ),
    alt=f"Strips of contrasts by setting; {100 * grid.share_positive:.0f} % lie above 0.",
    parameters={"noise_share": 0.03, "n_draws": 200},
    seed=1,
)

# %% [markdown]
# ## By which words?
#
# Ranked by the end of the interval nearer to zero, so that a word of one passage does not lead. Intervals
# leave out blocks of five passages.

# %%
words = result.keyness
sides = [
    an.count_terms(tokens[tokens["doc_id"].map(result.groups) == name]) for name in result.names
]
chance = an.keyness_by_chance(*sides, seed=1)
by_chance = chance["n_more"] + chance["n_fewer"]
table = words.plot_table(12)
table["place"] = table["passage_id"].map(passages.set_index("passage_id")["place"])
sure = words.table[(words.table["low"] > 0) | (words.table["high"] < 0)]
n_more, n_fewer = int((sure["low"] > 0).sum()), int((sure["high"] < 0).sum())
fig = figure("double", height_mm=112)
ax = draw.draw_keyness(fig.subplots(), table, names=result.names)
headline(
    ax,
    f"{n_more + n_fewer} of {len(words.table):,} intervals miss 0; by chance {by_chance.median():.0f} do, "
    f"or up to {by_chance.quantile(0.95):.0f}",
)
an.save_figure(
    fig,
    "authors-keyness",
    table=table,
    caption=(
        f"The 12 surest words of either side by log ratio (base 2), of {len(words.table):,}, with 95 % "
        f"delete-a-block jackknife intervals over {words.n_blocks[0]} and {words.n_blocks[1]} {words.interval}; "
        "grey: the interval reaches 0; hollow: half of the occurrences are in one passage. Null: 0, equal frequency; the intervals are not "
        f"corrected for their number. Off 0: {n_more} words more frequent in Rosmer’s text and {n_fewer} in "
        f"Serge’s two; with the blocks dealt out at random {by_chance.median():.0f} words (median of "
        f"{len(chance)} dealings; 95 % have at most {by_chance.quantile(0.95):.0f}), so most single words "
        "here may be chance. For more text of the same kind. It cannot show whose words they are: subject "
        "and translator choose them too: Rosmer’s text begins with a journey to Baku, Serge’s two do not."
    ),
    alt="Log ratios of words with intervals; most for "
    + f"{result.names[0]}: {', '.join(table.loc[table['side'] == 'target', 'term'].head(5))}; for "
    + f"{result.names[1]}: {', '.join(table.loc[table['side'] == 'reference', 'term'].head(5))}.",
    parameters={"block_length": 5, "level": 0.95},
)

# %% [markdown]
# ## Whose doing is it?

# %%
result.aliasing.table

# %% [markdown]
# Classification makes the same point. With slices held out, the other slices of the same text are there
# to learn from; with whole texts held out, they are not.

# %%
result.classification.summary

# %% [markdown]
# The same table for a paper, in LaTeX (`an.html_table` takes the same and writes HTML):

# %%
print(
    an.latex_table(
        energy,
        caption=f"Energy distance of texts over equal slices, {result.slices.scope}.",
        label="tab:energy",
        columns={
            "text_a": "Text",
            "text_b": "Text",
            "distance": "Energy",
            "low": "from",
            "high": "to",
            "p_one_kind": "p",
        },
        digits=4,
    )
)

# %% [markdown]
# **You may write:**

# %%
print(result.verdict)
print(
    f"Where the authors are known, a comparison of this shape finds the odd text in "
    f"{100 * calibration.accuracy['right'].min():.0f} to {100 * calibration.accuracy['right'].max():.0f} % "
    f"of draws (chance {100 * calibration.chance:.0f} %)."
)
print("What would settle it, for example: " + "; ".join(result.further_texts) + ".")

# %% [markdown]
# **You may not write** that Rosmer’s style differs from Serge’s, that a tree or a map shows two authors,
# that so many settings agreeing makes it true, or that a single word of the last figure is his: every
# text has its own translator, one of the authors has one text, texts by all different authors agree as
# often, and chance finds words too.
