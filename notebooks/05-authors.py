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
# “It was a long one, since the whole country had to be crossed”: Rosmer tells of the journey to Baku in
# the words of James Fenwick. Serge speaks in those of Peter Sedgwick and of Ralph Manheim. Stylometry
# counts small words, and here every small word was chosen twice.

# %%
import analysis as an
from analysis.authors.baselines import baselines
from analysis.authors.slices import slice_frequencies
from analysis.plots.authors import draw_baselines
from analysis.plots.style import figure, headline

corpus = an.read_corpus()
tokens = an.tokenize(an.split_passages(corpus))
titles = corpus.documents.set_index("doc_id")
authors = titles["author"].to_dict()
labels = {
    doc_id: f"{titles.author[doc_id].split()[-1]}, {titles.genre[doc_id]}"
    for doc_id in titles.index
}

# %% [markdown]
# ## The control first: how far apart are pieces of one text?
#
# Slices of a thousand of the author’s own words, compared by Burrows’s Delta over the hundred most
# frequent words. A distance between texts says something only above the distances within a text.

# %%
slices = slice_frequencies(tokens, n_tokens=1000)
floor = baselines(slices, authors=authors, measure="burrows", n_terms=100)
floor.summary

# %%
fig = figure("double", height_mm=88)
ax = draw_baselines(
    fig.subplots(),
    floor.plot_table(),
    labels=labels,
    note="Not shown yet: intervals; how far known authors lie apart",
)
medians = floor.summary.groupby("kind")["median"].apply(
    lambda m: " and ".join(f"{x:.2f}" for x in m)
)
headline(
    ax,
    f"Median distances: same author {medians['same author']}, "
    f"different authors {medians['different authors']}",
)
an.save_figure(
    fig,
    "authors-baselines",
    table=floor.plot_table(),
    caption=(
        f"Burrows’s Delta (100 most frequent words, plain z-scores) between any two of {len(slices.table)} "
        "slices of 1,000 of the author’s own words; each tick is a pair, black the median. No interval "
        "and no null yet: pairs share slices and are not independent, and the three texts differ in "
        "translator, genre and edition as well as author, so nothing here is an effect of the author. "
        + floor.warning
    ),
    alt="Strips of distances, one a pair of texts. Medians: "
    + "; ".join(
        f"{row.text_a} and {row.text_b} ({row.kind}) {row['median']:.2f}"
        for _, row in floor.summary.iterrows()
    )
    + ".",
    parameters={"measure": "burrows", "n_terms": 100, "n_tokens": 1000, "standardize": "plain"},
)
