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
# # When does a passage play, and of whom does it speak?
#
# “All this happened nineteen years ago. Muralov and Smirnov are living, and as I write these lines, I
# think of them with great emotion.” A passage of *From Lenin to Stalin* can tell of 1917, of 1927 and of
# the day of writing in three sentences. There are two clocks in a book: the order of telling, and the
# times told of.

# %%
import analysis as an
from analysis.plots.dates import draw_narrated_times
from analysis.plots.persons import draw_spoken_of
from analysis.plots.style import figure, headline, hues

corpus = an.read_corpus()
passages = an.split_passages(corpus)
titles = corpus.documents.set_index("doc_id")
labels = {
    doc_id: f"{titles.author[doc_id].split()[-1]},\n{titles.title[doc_id].split(':')[0]}"
    for doc_id in titles.index
}

# %% [markdown]
# ## The control first: what do the dates rest on?
#
# Few passages name a date. The others have theirs from a date before them, carried no further than three
# paragraphs, or from a reading by hand (`corpus/dates.csv`, each row with its reason from the text).

# %%
times = an.narrated_times(passages)
times.bases

# %%
dated = passages[passages["date_earliest"].notna()]
explicit = float((passages["date_basis"] == "explicit").mean())
by_hand = float((passages["date_basis"] == "editorial").mean())
print(
    f"{len(dated)} of {len(passages)} passages tell of a time; {100 * explicit:.0f} % name it "
    f"themselves, {100 * by_hand:.0f} % are dated by hand."
)

# %% [markdown]
# ## When the passages play

# %%
fig = figure("double", height_mm=110)
table = times.plot_table()
ax = draw_narrated_times(fig.subplots(), table, labels=labels, years=(1916, 1938))
fig.suptitle(
    f"Only {100 * explicit:.0f} % of the passages name their time; {100 * by_hand:.0f} % were dated by hand",
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "times-narrated",
    table=table,
    caption=(
        f"The time that each passage may tell of (n = {len(passages)} passages of about 150 words, "
        f"{len(passages) - len(dated)} of them of no time), from top to bottom in the order of telling; "
        "a line is the interval, its hue what it rests on. No resampling and no null: dates are readings, "
        "and the width of a line is what the reading leaves open. A passage that tells of two times has "
        "one line over both. Arrows: beyond the years shown."
    ),
    alt=(
        "Three panels, one a text: lines from left to right are intervals of time between 1916 and 1938, "
        "one a passage, from top to bottom as told. Rosmer’s and the Memoirs’ passages keep to 1920 to "
        "1922; those of From Lenin to Stalin run from 1917 to the 1930s, with looks ahead and back."
    ),
    parameters={"n_tokens": 150, "years": [1916, 1938]},
)

# %% [markdown]
# ## Of whom they speak
#
# Persons are found by an index that people keep (`corpus/persons.toml`): entity recognition takes Kamenev
# for a place. What the index misses is listed for a reader:

# %%
mentions = an.find_mentions(corpus)
len(mentions), len(an.missing_candidates(corpus))

# %%
mentions.groupby(["doc_id", "voice"], sort=False).size().rename("mentions").to_frame()

# %%
spoken = an.spoken_of(mentions, corpus, n_persons=14)
table = spoken.plot_table()
authors = list(dict.fromkeys(table["group"]))
colours = hues(authors, order=authors)
fig = figure("double", height_mm=92)
for ax, author in zip(fig.subplots(1, len(authors), sharey=True), authors, strict=True):
    draw_spoken_of(ax, table, group=author, hue=colours[author], limit=None)
    headline(ax, author)
most = (
    table.groupby(["group", "name"], sort=False)["per_1000_words"].sum().groupby("group").idxmax()
)
fig.suptitle(
    "Most often named: " + "; ".join(f"by {group}, {name}" for group, name in most.to_list()),
    x=0.01,
    ha="left",
)
an.save_figure(
    fig,
    "persons-spoken-of",
    table=table,
    caption=(
        f"Mentions by name of the {spoken.n_persons} persons most spoken of (of {spoken.n_named} named; "
        f"n = {len(mentions)} mentions in all layers), in 1,000 running words of an author’s texts; full: "
        "the author’s own words, open: the words of others that he quotes. Complete counts: no interval, "
        "no null. Pronouns are not counted, and the texts tell of other years, so a rate is no measure of "
        "an author’s interest."
    ),
    alt="Horizontal bars, one a person, for each author: "
    + "; ".join(f"{group} names {name} most often" for group, name in most.to_list())
    + ".",
    parameters={"n_persons": 14},
)

# %% [markdown]
# **You may write:**

# %%
for group, name in most.to_list():
    rows = table[(table["group"] == group) & (table["name"] == name)]
    print(
        f"In these texts {group} names nobody more often than {name}: "
        f"{int(rows['n_mentions'].sum())} mentions, {rows['per_1000_words'].sum():.1f} in 1,000 words."
    )

# %% [markdown]
# **You may not write** that Serge cared more for one leader than Rosmer did: one of his two texts is about
# the fight between two of them, and it is longer than both other texts together.
