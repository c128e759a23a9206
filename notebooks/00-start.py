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
# # Start here: from a word to its passages and back
#
# How much do two witnesses of the Russian Revolution speak of terror, and are the words their own?
# Victor Serge remembers the summer of 1921, in Petrograd:

# %%
import analysis as an
from analysis.plots.corpus import draw_dispersion
from analysis.plots.style import figure, headline

corpus = an.read_corpus()
an.read_passage(corpus, "serge-memoirs:0034")

# %% [markdown]
# What is in colour above is not the author’s: the words of others are kept apart everywhere in this
# project, since a count of an author’s words that includes his enemies’ counts the wrong thing.
#
# A corpus is cut into passages of about 150 running words, and these into tokens. Each token knows its
# place in the source, its layer (body, long quotation, list) and its voice.

# %%
passages = an.split_passages(corpus, n_tokens=150)
tokens = an.tokenize(passages)
tokens.head(8)

# %% [markdown]
# ## Count a word

# %%
word = "terror"
found = an.word_dispersion(tokens, word)
found.rates

# %% [markdown]
# Here is every place of it, with the words around:

# %%
an.kwic(tokens, word, window=7, corpus=corpus)

# %% [markdown]
# ## Draw it

# %%
titles = corpus.documents.set_index("doc_id")
labels = {
    doc_id: f"{titles.author[doc_id].split()[-1]},\n{titles.title[doc_id].split(':')[0]}"
    for doc_id in titles.index
}
own = found.rates[found.rates["voice"] == "author"].set_index("doc_id")
n_hits, n_own = int(found.rates["n_hits"].sum()), int(own["n_hits"].sum())

fig = figure("double", height_mm=56)
ax = draw_dispersion(fig.subplots(), found.plot_table(), labels=labels)
headline(ax, f"“{word}”: {n_own} of its {n_hits} places are in the authors’ own words")
an.save_figure(
    fig,
    "start-word",
    table=found.plot_table(),
    caption=(
        f"Every place of “{word}” in the running text of {len(titles)} texts "
        f"({len(tokens):,} running words; n = {n_hits} places). Blue: the author’s own words; red: "
        "quotations, his own older texts among them. A description: no interval, no null; the texts "
        "differ in genre, translator and period, so the counts do not compare the authors."
    ),
    alt=(
        f"Three horizontal lines, one a text, with a tick for each of {n_hits} places of {word}: "
        + "; ".join(f"{doc_id} {int(n)}" for doc_id, n in own["n_hits"].items())
        + " in the author’s own words."
    ),
    parameters={"term": word, "n_tokens": 150},
)

# %% [markdown]
# ## From a point back to its passage
#
# In the SVG each tick is a link to its place in the reading room. Here the same by hand: the first
# place of the table, and the passage that holds it.

# %%
first = found.table["passage_id"].head(1)
an.read_passage(corpus, first.item()) if len(first) else f"“{word}” stands in no text."

# %% [markdown]
# On the command line: `witness show` with that place, or `witness kwic terror`.
#
# ## Your turn
#
# Change `word` above to `"masses"`, `"party"` or `"hunger*"`, or `n_tokens` to 300, and run all cells
# again. Nothing else has to change.
#
# **You may write:**

# %%
for doc_id, row in own.iterrows():
    print(
        f"In {titles.title[doc_id]}, {titles.author[doc_id]} himself uses “{word}” "
        f"{int(row['n_hits'])} times in {int(row['n_words']):,} running words "
        f"({row['per_thousand']:.2f} per thousand)."
    )

# %% [markdown]
# **You may not write** that one of the two authors avoided the word, or was less shaken than the other:
# there is one short text by Rosmer, about other months, in another genre and another translation.
