"""Reading topics: cards, names, cautions, time, and conclusions followed elsewhere."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import CorpusError, InputError
from analysis.tables import check_table
from analysis.topics.cards import (
    TopicName,
    name_topics,
    read_topic_names,
    topic_cards,
)
from analysis.topics.duplicates import shared_runs
from analysis.topics.fit import fit_topics
from analysis.topics.follow import follow_topics
from analysis.topics.further_cautions import caution_topics
from analysis.topics.lda import Run
from analysis.topics.over_time import topics_over_time
from analysis.topics.result import shares_by_text
from analysis.topics.stability import excess_stability

QUICK = {"alpha": 0.1, "eta_total": 6.0, "burn_in": 60, "n_samples": 5}
SIDES = np.kron(np.eye(3, dtype=int), np.ones(8, dtype=int))
TERMS = [f"{side}{number}" for side in ("war", "grain", "party") for number in range(8)]
KINDS = [0] * 12 + [1] * 12 + [2] * 12 + [0, 1, 2] * 4


@pytest.fixture(scope="module")
def counts(counts_of):
    rng = np.random.default_rng(6)
    rows = [rng.poisson(2.0 * SIDES[kind] + 0.05) for kind in KINDS]
    return counts_of(rows, terms=TERMS, doc_ids=["a"] * 20 + ["b"] * 28)


@pytest.fixture(scope="module")
def topics(counts):
    return fit_topics(counts, n_topics=3, seed=1, n_seeds=4, **QUICK)


@pytest.fixture(scope="module")
def passages(topics):
    ids = topics.passages["passage_id"]
    return pd.DataFrame({"passage_id": ids, "place": [f"a@{row}-{row + 9}" for row in range(48)]})


def topic_of(topics, word):
    """Return the number of the topic that has most of the terms that begin with the word."""
    columns = [column for column, term in enumerate(topics.terms) if term.startswith(word)]
    return int(topics.beta[:, columns].sum(axis=1).argmax()) + 1


def test_cards_show_what_a_reader_needs(counts, topics, passages):
    worth = excess_stability(counts, topics, seed=1, n_shuffles=8, n_resamples=0)
    cards = topic_cards(topics, passages, stability=worth, n_terms=4)
    check_table(cards, "topic_cards")
    assert cards["topic"].tolist() == [1, 2, 3]
    war = cards.set_index("topic").loc[topic_of(topics, "war")]
    assert all(term.startswith("war") for term in war["frex_terms"].split(", "))
    assert len(war["terms"].split(", ")) == 4
    # The three passages with the largest gamma are of that kind, the largest first.
    places = [war[f"place_{number}"] for number in (1, 2, 3)]
    rows = [int(place.split("@")[1].split("-")[0]) for place in places]
    assert [KINDS[row] for row in rows] == [0, 0, 0]
    gamma = topics.gamma[rows, topic_of(topics, "war") - 1]
    assert (np.diff(gamma) <= 0).all()
    assert gamma[0] == topics.gamma[:, topic_of(topics, "war") - 1].max()
    assert cards["stable"].all()
    share = shares_by_text(topics).query("doc_id == 'a'").set_index("topic")["share"]
    assert f"a {share[1]:.0%}" in cards["shares_by_text"].iloc[0]


def test_a_card_says_that_its_topic_is_not_stable(counts, topics, passages):
    worth = excess_stability(counts, topics, seed=1, n_shuffles=8, n_resamples=0)
    doubtful = replace(worth, topics=worth.topics.assign(stable=[True, False, True]))
    cards = topic_cards(topics, passages, stability=doubtful)
    assert cards["cautions"].iloc[1].startswith("No more stable than topics of a shuffled corpus.")
    assert "shuffled" not in cards["cautions"].iloc[0]
    assert topic_cards(topics, passages)["stable"].isna().all()


def test_a_short_passage_is_no_example(counts_of, passages):
    rows = [[1, 0, 0, 0], [8, 7, 0, 0], [7, 8, 0, 0], [0, 0, 8, 7], [0, 0, 7, 8], [0, 0, 0, 1]]
    topics = fit_topics(counts_of(rows), n_topics=2, seed=1, n_seeds=2, **QUICK)
    cards = topic_cards(topics, passages)
    for number in (1, 2):
        shown = cards[f"place_{number}"].tolist()
        assert set(shown) <= {"a@1-10", "a@2-11", "a@3-12", "a@4-13"}
    assert not cards.isin(["a@0-9", "a@5-14"]).any(axis=None)


def test_where_there_are_too_few_passages_places_are_null(counts_of, passages):
    topics = fit_topics(counts_of([[8, 7, 0], [0, 7, 8]]), n_topics=2, seed=1, n_seeds=2, **QUICK)
    cards = topic_cards(topics, passages)
    check_table(cards, "topic_cards")
    assert cards["place_2"].notna().all()
    assert cards["place_3"].isna().all()


def test_cards_of_other_passages_are_refused(topics, passages):
    with pytest.raises(InputError, match="The passage 'p3' of the topics is not among"):
        topic_cards(topics, passages.drop(index=3))


def test_a_name_stays_with_its_terms_when_the_number_of_topics_changes(counts, topics):
    names = [
        TopicName(name="The famine", terms=("grain0", "grain1", "grain5", "grain7")),
        TopicName(name="Electricity", terms=("soviet", "power", "plan")),
    ]
    for n_topics in (2, 3, 4, 5):
        other = fit_topics(counts, n_topics=n_topics, seed=9, n_seeds=4, **QUICK)
        named = name_topics(other, names)
        assert len(named) == n_topics
        bearing = named.dropna(subset=["name"])
        assert bearing["name"].tolist() in (["The famine"], [])
        if len(bearing):
            assert bearing["topic"].tolist() == [topic_of(other, "grain")]
            assert bearing["likeness"].iloc[0] >= 0.5
    named = name_topics(topics, names).set_index("topic")
    assert named.loc[topic_of(topics, "grain"), "name"] == "The famine"


def test_of_two_names_the_likelier_is_borne(topics):
    names = [
        TopicName(name="Half", terms=("war0", "war1", "none0", "none1")),
        TopicName(name="Whole", terms=("war0", "war1", "war2")),
    ]
    for order in (names, names[::-1]):
        named = name_topics(topics, order).set_index("topic")
        assert named.loc[topic_of(topics, "war"), "name"] == "Whole"


def test_names_are_read_from_a_small_file(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text('name,terms\nThe famine,"grain, bread , famine"\n', encoding="utf-8")
    assert read_topic_names(path) == [
        TopicName(name="The famine", terms=("grain", "bread", "famine"))
    ]
    path.write_text('name,terms\nThe famine,""\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="line 2 lacks a name or its terms"):
        read_topic_names(path)
    path.write_text("topic,terms\n1,a\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="lacks the column 'name'"):
        read_topic_names(path)
    with pytest.raises(CorpusError, match="is not there"):
        read_topic_names(tmp_path / "none.csv")


def test_topics_of_a_translator_of_names_and_of_errors_are_named(topics):
    documents = pd.DataFrame({"doc_id": ["a", "b"], "translator": ["Fenwick", "Sedgwick"]})
    warned = caution_topics(
        topics,
        documents=documents,
        names=[term for term in TERMS if term.startswith("war")],
        doubtful_terms=[term for term in TERMS if term.startswith("party")],
    )
    by_caution = warned.cautions.groupby("caution")["topic"].apply(list)
    assert by_caution["names"] == [topic_of(topics, "war")]
    assert by_caution["doubtful words"] == [topic_of(topics, "party")]
    # Text a has all of war and most of grain; one of them is hardly in b.
    shares = shares_by_text(topics).pivot(index="topic", columns="doc_id", values="share")
    one_sided = shares.div(shares.sum(axis=1), axis=0).max(axis=1) >= 0.85
    assert by_caution.get("one translator", []) == one_sided[one_sided].index.tolist()
    assert by_caution.get("one text", []) == one_sided[one_sided].index.tolist()
    assert caution_topics(topics).cautions.equals(topics.cautions)


def test_one_translator_is_no_caution_and_a_missing_text_is_an_error(topics):
    same = pd.DataFrame({"doc_id": ["a", "b"], "translator": ["Fenwick", "Fenwick"]})
    assert "one translator" not in set(caution_topics(topics, documents=same).cautions["caution"])
    with pytest.raises(InputError, match="The text 'b' is not among the documents"):
        caution_topics(topics, documents=same.iloc[:1])
    with pytest.raises(InputError, match="lack the column 'translator'"):
        caution_topics(topics, documents=same[["doc_id"]])


def test_texts_that_stand_in_another_are_named(topics):
    words = [f"w{number}" for number in range(300)]
    tokens = pd.DataFrame(
        {
            "doc_id": ["a"] * 200 + ["b"] * 130 + ["elsewhere"] * 200,
            "term": words[:200] + words[190:300] + words[:20] + words[:200],
        }
    )
    warned = caution_topics(topics, tokens=tokens)
    told = warned.cautions.query("caution == 'duplicated texts'")
    assert told["topic"].isna().all()
    # Of b the first ten words are a's last, its last twenty a's first. The third is no text here.
    assert told["detail"].tolist() == [
        "15% of the words of a stand in b word for word, in runs of 8 or more: what both have "
        "counts twice.",
        "23% of the words of b stand in a word for word, in runs of 8 or more: what both have "
        "counts twice.",
    ]


def test_shared_runs_by_hand():
    text = "the sun rose over the town and all were asleep".split()
    tokens = pd.DataFrame(
        {
            "doc_id": ["a"] * 10 + ["b"] * 6 + ["c"] * 2,
            "term": [*text, "then", *text[2:6], "fell", "the", "sun"],
        }
    )
    found = shared_runs(tokens, n_words=3)
    assert found.to_dict("records") == [
        {"doc_id": "a", "other": "b", "share": 0.4, "n_words": 4},
        {"doc_id": "b", "other": "a", "share": 4 / 6, "n_words": 4},
    ]
    assert shared_runs(tokens, n_words=5).empty
    assert shared_runs(tokens.iloc[:0]).empty
    with pytest.raises(InputError, match="n_words is 1"):
        shared_runs(tokens, n_words=1)


def test_two_halves_of_one_topic_and_rare_words_are_named(counts_of):
    rng = np.random.default_rng(3)
    rows = [rng.poisson(2.0 * SIDES[kind % 2] + 0.02) for kind in range(40)]
    topics = fit_topics(counts_of(rows), n_topics=6, seed=1, n_seeds=1, **QUICK)
    duplicates = topics.cautions.query("caution == 'near-duplicate topics'")
    assert len(duplicates) >= 1
    rare = counts_of(
        np.vstack(
            [np.kron([5, 5, 0], np.ones(10, dtype=int)).reshape(1, -1)] * 20
            + [np.kron([0, 0, 5], np.ones(10, dtype=int)).reshape(1, -1)] * 2
        )
    )
    topics = fit_topics(rare, n_topics=2, seed=1, n_seeds=4, **QUICK)
    caution = topics.cautions.query("caution == 'rare words'")
    assert len(caution) == 1
    assert "10 of its 10 top terms occur in at most 2 passages." in caution["detail"].iloc[0]


def test_topics_over_time_by_hand(topics):
    times = pd.DataFrame(
        {
            "passage_id": topics.passages["passage_id"],
            "first_year": [1919.0] * 12 + [1920.0] * 12 + [1921.0] * 12 + [np.nan] * 12,
            "after_year": [1920.0] * 12 + [1921.0] * 12 + [1922.0] * 12 + [np.nan] * 12,
            "basis": ["explicit"] * 30 + ["carried"] * 6 + ["none"] * 12,
        }
    )
    found = topics_over_time(topics, times, seed=1, n_draws=100)
    wide = found.table.query("group == 'all' and dates == 'all'").pivot(
        index="year", columns="topic", values="share"
    )
    assert wide.index.tolist() == [1919.0, 1920.0, 1921.0]
    for year, word in ((1919.0, "war"), (1920.0, "grain"), (1921.0, "party")):
        assert wide.loc[year].idxmax() == topic_of(topics, word)
        assert wide.loc[year].max() > 0.85
    np.testing.assert_allclose(wide.sum(axis=1), 1.0, atol=1e-9)
    counted = found.table.query("group == 'all'").groupby(["dates", "year"])["n_passages"].first()
    assert counted["all"].tolist() == pytest.approx([12.0] * 3, abs=2.5)
    assert counted["not carried"][1921.0] == pytest.approx(6.0, abs=2.0)
    # Text a has 20 passages: none of 1921, so that nothing is said of it then.
    none = found.table.query("group == 'a' and year == 1921")
    assert none["share"].isna().all()
    assert set(none["reason"]) == {"fewer than 3 passages narrate this time"}


def test_doubtful_dates_make_an_interval_where_nothing_else_does(topics):
    # Every block of two passages has one of each topic: with sure dates all draws are the same.
    gamma = np.tile([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], (24, 1))
    passages = topics.passages.assign(doc_id="a", n_words=10)
    run = replace(topics.runs[0], gamma=gamma, draw=gamma)
    turned = replace(topics, passages=passages, runs=(run,))
    sure = pd.DataFrame(
        {
            "passage_id": passages["passage_id"],
            "first_year": [1919.0] * 24 + [1920.0] * 24,
            "after_year": [1920.0] * 24 + [1921.0] * 24,
            "basis": "explicit",
        }
    )
    doubtful = sure.assign(first_year=1919.0, after_year=1921.0)
    tables = [
        topics_over_time(turned, dates, seed=1, block=2).table.query("group == 'all' and topic < 3")
        for dates in (sure, doubtful)
    ]
    np.testing.assert_allclose(tables[0][["share", "low", "high"]], 0.5)
    np.testing.assert_allclose(tables[1]["share"], 0.5, atol=0.03)
    # 24 of 48 passages fall in a year: the standard error of a share is about .07 to .1.
    assert ((tables[1]["high"] - tables[1]["low"]) > 0.2).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda times: times.drop(columns="basis"), "lack the column 'basis'"),
        (lambda times: times.iloc[1:], "The passage 'p0' has no row"),
        (lambda times: times.assign(first_year=np.nan, after_year=np.nan), "No passage is dated"),
    ],
)
def test_times_that_do_not_fit(topics, change, message):
    times = pd.DataFrame(
        {
            "passage_id": topics.passages["passage_id"],
            "first_year": 1919.0,
            "after_year": 1920.0,
            "basis": "explicit",
        }
    )
    with pytest.raises(InputError, match=message):
        topics_over_time(topics, change(times), seed=1)
    with pytest.raises(InputError, match="step is 0"):
        topics_over_time(topics, times, seed=1, step=0)
    with pytest.raises(InputError, match=r"times is a list; give a table, narrated_times"):
        topics_over_time(topics, [1920], seed=1)


def test_a_conclusion_is_followed_through_other_fits(counts, topics):
    from analysis.topics.preparation import keep_terms

    variants = {
        "4 topics": fit_topics(counts, n_topics=4, seed=2, n_seeds=4, **QUICK),
        "fewer terms": fit_topics(
            keep_terms(counts, names=["war0", "grain0", "party0"]),
            n_topics=3,
            seed=2,
            n_seeds=4,
            **QUICK,
        ),
    }
    followed = follow_topics(
        topics, variants=variants, conclusion=lambda shares: shares["a"] > shares["b"]
    )
    summary = followed.summary.set_index("topic")
    war, party = topic_of(topics, "war"), topic_of(topics, "party")
    assert summary.loc[war, ["holds", "n_found", "n_holds"]].tolist() == [True, 2, 2]
    assert summary.loc[war, "share_holds"] == 1.0
    assert summary.loc[party, ["holds", "n_found", "n_holds"]].tolist() == [False, 2, 0]
    followed_to = followed.table.query("topic == @war and variant == 'fewer terms'")
    assert followed_to["other_topic"].tolist() == [topic_of(variants["fewer terms"], "war")]
    assert followed.table["agreement"].between(-1, 1).all()


def test_a_topic_that_is_not_found_bears_no_conclusion(topics):
    backwards = tuple(
        Run(seed=run.seed, beta=run.beta[:, ::-1], gamma=run.gamma, draw=run.draw, log_likelihood=0)
        for run in topics.runs[:1]
    )
    # The terms turned about: war's terms are party's, and grain's stay.
    shifted = replace(topics, runs=backwards, terms=tuple(np.roll(TERMS, 4)))
    followed = follow_topics(topics, variants={"other": shifted}, conclusion=lambda _: True)
    lost = followed.table[~followed.table["found"]]
    assert lost["holds"].isna().all()
    assert followed.summary["share_holds"].isna().sum() == len(lost)
    assert len(lost) > 0


def test_texts_without_common_terms_are_refused(topics):
    strange = replace(topics, terms=tuple(f"x{number}" for number in range(24)))
    with pytest.raises(InputError, match="'strange' has 0 terms in common"):
        follow_topics(topics, variants={"strange": strange}, conclusion=lambda _: True)
    with pytest.raises(InputError, match="There is no variant"):
        follow_topics(topics, variants={}, conclusion=lambda _: True)
