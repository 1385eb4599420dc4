"""No sentence of a report contradicts its counts, or another sentence, in any combination of small counts."""

from itertools import combinations_with_replacement, product

import pytest

from claims.publishing.exports.page import sentences, tally
from sources.models.vocabulary import Engine

ENDS = {
    "open": {"answered_at": None, "found": None, "found_own": None},
    "found": {"answered_at": "at", "found": 1, "found_own": 0},
    "found_and_own": {"answered_at": "at", "found": 1, "found_own": 1},
    "own": {"answered_at": "at", "found": 0, "found_own": 1},
    "empty": {"answered_at": "at", "found": 0, "found_own": 0},
}
SEARCHES = [kinds for number in range(4) for kinds in combinations_with_replacement(ENDS, number)]
PLACES = [(Engine.GATHERED,) * 3, (Engine.GDELT,) * 3, (Engine.GATHERED, Engine.GDELT, Engine.SEARXNG)]
EVIDENCE = list(product(range(3), repeat=4))  # cited, others, rejected, not weighed

# When each sentence is true, of the passages (cited, others, rejected, unweighed) and how the searches ended.
ANSWERED = {"found", "found_and_own", "own", "empty"}
TRUE_WHEN = {
    "": lambda p, _s: p[0] > 0,
    "but the verdict cites none of them": lambda p, _s: p[0] == 0 and p[1] > 0,
    "did not weigh every suggested": lambda p, _s: p[:2] == (0, 0) and p[3] > 0,
    "none of the suggested passages bears": lambda p, _s: p[:2] == (0, 0) and p[2] > 0 and p[3] == 0,
    "from the documents that the searches found": lambda p, s: not any(p) and {"found", "found_and_own"} & set(s),
    "we found nothing that bears": lambda p, s: not any(p) and set(s) & ANSWERED and not {k for k in s if "found" in k},
    "no passage, and no search was completed": lambda p, s: not any(p) and not ANSWERED & set(s),
    "No search was run": lambda _p, s: not s,
    "No search was completed": lambda _p, s: s and not ANSWERED & set(s),
    "completed search found something": lambda _p, s: ANSWERED & set(s) and not {"own", "empty"} & set(s),
    "completed and found nothing.": lambda _p, s: "empty" in s and "own" not in s,
    "found nothing besides the claim’s own": lambda _p, s: "own" in s,
}


def counted(passages, ends, places=PLACES[0]):
    """What a report with these passages and searches holds."""
    cited, others, rejected, unweighed = passages
    return tally.of(
        {
            "evidence": [{"cited": True}] * cited + [{"cited": False}] * others,
            "evidence_not_told": {"rejected": rejected, "unsettled": unweighed},
            "searches": [{"engine": place, **ENDS[end]} for end, place in zip(ends, places, strict=False)],
        }
    )


def told(passages, ends):
    """The two sentences of a report with these passages and searches."""
    counts = counted(passages, ends)
    return sentences.nothing_cited(counts), sentences.sought(counts)


def test_every_sentence_is_true_of_its_counts():
    for passages, ends in product(EVIDENCE, SEARCHES):
        for sentence in told(passages, ends):
            meant = [part for part in TRUE_WHEN if (part in sentence if part else not sentence)]
            assert len(meant) == 1, sentence
            assert TRUE_WHEN[meant[0]](passages, ends), (sentence, passages, ends)


def test_nothing_found_never_stands_beside_something_found():
    for passages, ends in product(EVIDENCE, SEARCHES):
        cited, sought = told(passages, ends)

        assert not ("we found nothing" in cited and "found something" in sought), (passages, ends)


def test_every_sentence_is_said_of_some_report():
    said = {sentence for passages, ends in product(EVIDENCE, SEARCHES) for sentence in told(passages, ends)}

    assert all(any(part in sentence for sentence in said) for part in TRUE_WHEN)


def test_the_results_of_each_search_agree_with_how_it_is_counted():
    words = {end: sentences.search({**facts, "searched": None})[0] for end, facts in ENDS.items()}

    assert words == {
        "open": "no answer",
        "found": "1 found",
        "found_and_own": "1 found besides the claim’s own appearances",
        "own": "nothing found besides the claim’s own appearances",
        "empty": "nothing found",
    }
    assert {end: tally.kind_of(facts) for end, facts in ENDS.items()} == {
        "open": "open", "found": "found", "found_and_own": "found", "own": "own_only", "empty": "empty",
    }  # fmt: skip


def test_an_older_report_that_does_not_know_its_own_appearances_is_counted_too():
    facts = {"answered_at": "at", "found": 1}

    assert (tally.kind_of(facts), tally.kind_of({**facts, "found": 0})) == ("found", "empty")


# When each sentence in the box of the verdict is true, of the searches in the desk's own collection and outside it.
BOX_TRUE_WHEN = {
    "": lambda _own, outside: ANSWERED & outside,
    "no source outside it answered": lambda _own, outside: outside == {"open"},
    "no source outside it was asked about the claim": lambda own, outside: not outside and ANSWERED & own,
    "No search was completed": lambda own, outside: not outside and not ANSWERED & own,
}


def test_the_box_of_the_verdict_says_whether_anything_outside_answered():
    said = set()
    for ends, places in product(SEARCHES, PLACES):
        own = {end for end, place in zip(ends, places, strict=False) if place == Engine.GATHERED}
        outside = {end for end, place in zip(ends, places, strict=False) if place != Engine.GATHERED}
        sentence = sentences.own_holdings(counted((0, 0, 0, 0), ends, places))
        meant = [part for part in BOX_TRUE_WHEN if (part in sentence if part else not sentence)]

        assert len(meant) == 1, sentence
        assert BOX_TRUE_WHEN[meant[0]](own, outside), (sentence, ends, places)
        said.add(meant[0])

    assert said == set(BOX_TRUE_WHEN)


def test_the_box_never_says_that_nothing_was_searched_where_another_sentence_says_what_was_found():
    for ends, places in product(SEARCHES, PLACES):
        counts = counted((0, 0, 0, 0), ends, places)

        assert not ("No search" in sentences.own_holdings(counts) and counts.answered), (ends, places)


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([(Engine.SEARXNG, True)], ""),
        ([(Engine.SEARXNG, None), (Engine.GDELT, True)], ""),
        ([(Engine.SEARXNG, None)], "no source outside it was asked about the claim"),
        ([(Engine.SITES, None)], "no source outside it was asked about the claim"),
        ([(Engine.GAL, False)], "no source outside it answered"),
        ([(Engine.SEARXNG, None), (Engine.GAL, False)], "no source outside it answered"),
    ],
)
def test_the_box_counts_only_answers_about_the_claim(kinds, sentence):
    rows = [{"engine": engine, "outside": outside, **ENDS["found"]} for engine, outside in kinds]
    content = {"evidence": [], "evidence_not_told": {"rejected": 0, "unsettled": 0}, "searches": rows}

    said = sentences.own_holdings(tally.of(content))

    assert sentence in said
    assert bool(said) == bool(sentence)


def test_a_report_from_before_keeps_the_sentence_that_it_was_made_with():
    counts = counted((0, 0, 0, 0), ("empty",), (Engine.SITES,))

    assert (counts.outside, sentences.own_holdings(counts)) == (1, "")


def test_fact_checks_whose_ratings_differ_are_said_to_differ():
    checks = [{"rating": {"text": text}} for text in ("False", " false ", "", "Faux")]

    assert sentences.differing_checks(checks[:3]) == ""
    assert sentences.differing_checks(checks) == "These fact-checks give their ratings in different words."
