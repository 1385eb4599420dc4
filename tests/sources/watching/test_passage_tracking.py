import pytest

from sources.watching.diff import edits
from sources.watching.passage_tracking import Edited, find

TEXT = (
    "The bridge at Arvel was closed on Monday morning. Twelve people were hurt, the ministry said.\n"
    "The army denied that it had fired. Nobody else was seen near the river that night."
)
PASSAGE = "Twelve people were hurt, the ministry said."
BOTH = "The army denied that it had fired. Nobody else was seen near the river that night."


def changed(old, new):
    return TEXT.replace(old, new)


def fate(words, before, after, near=0, language="en"):
    return Edited(edits(before, after, language), before, after, language).fate(words, near)


def became(words, after):
    found = fate(words, TEXT, after)
    return found.what, found.reads


@pytest.mark.parametrize(
    ("after", "what"),
    [
        (TEXT, "kept"),
        (changed("Twelve", "Twenty-one"), "altered"),
        (changed(PASSAGE, ""), "gone"),
        (changed(f" {PASSAGE}", "") + f"\n{PASSAGE}", "moved"),
        (changed("denied", "confirmed"), "kept"),
        (changed("hurt,", "hurt –"), "kept"),
        (changed("Twelve", "It is false that Twelve"), "altered"),
        (changed("said.", "said, but the army denies it."), "altered"),
    ],
)
def test_a_passage_is_kept_moved_altered_or_gone(after, what):
    assert became(PASSAGE, after)[0] == what


def test_a_passage_reads_from_its_first_sentence_to_its_last_whichever_of_them_changed():
    after = changed("Nobody else", "A man")

    assert became(BOTH, after) == (
        "altered",
        "The army denied that it had fired. A man was seen near the river that night.",
    )


def test_a_sentence_put_between_two_of_a_passage_alters_it():
    after = changed("fired. Nobody", "fired. It has said so before. Nobody")

    assert became(BOTH, after) == ("altered", after.splitlines()[1])


def test_a_passage_that_lost_a_sentence_is_altered():
    assert became(BOTH, changed(" Nobody else was seen near the river that night.", "")) == (
        "altered",
        "The army denied that it had fired.",
    )


def test_a_passage_torn_apart_is_followed_in_both_its_places():
    denied, seen = "The army denied that it had fired.", "Nobody else was seen near the river that night."
    torn = f"{seen}\n{TEXT.replace(seen, '').strip()}"
    what, reads = became(BOTH, torn)

    assert (what, reads.splitlines()) == ("moved", [seen, denied])
    assert fate(reads, torn, torn.replace("denied", "confirmed")).what == "altered"
    assert fate(reads, torn, torn.replace("Nobody else", "A man")).what == "altered"


def test_a_passage_is_found_again_after_its_typesetting_changed():
    before = changed("hurt,", "hurt –")

    assert fate(PASSAGE, before, before.replace("Twelve", "Twenty")).what == "altered"
    assert fate("PARIS (AFP) – Le pont est tombé.", "Le pont est tombé.", "Le pont a tenu.").what != "kept"


def test_part_of_a_sentence_is_judged_by_the_whole():
    assert fate("Twelve people were hurt", TEXT, changed("said", "denied")).what == "altered"


def test_of_two_places_with_the_same_words_the_one_that_is_cited_counts():
    before = f"{PASSAGE}\nNothing else was heard of it that night.\n{PASSAGE}"
    second = before.rindex(PASSAGE)
    after = before[:second] + PASSAGE.replace("Twelve", "Forty")

    assert fate(PASSAGE, before, after, near=0).what == "kept"
    assert fate(PASSAGE, before, after, near=second).what == "altered"


@pytest.mark.parametrize(
    ("after", "what"),
    [
        (TEXT, "back"),
        (changed("hurt,", "hurt –"), "back"),
        (changed("Twelve", "Twenty"), "altered"),
        (changed("Twelve", "It is false that twelve"), "altered"),
        (changed(PASSAGE, "Trains run again."), "kept"),
    ],
)
def test_a_passage_that_was_gone_is_back_or_altered_or_stays_away(after, what):
    assert fate(PASSAGE, changed(PASSAGE, ""), after).what == what


def test_words_are_found_whole_and_nearest_to_a_place():
    assert find("it fell", "it fellow, it – fell", 0) == (11, 20)
    assert find("ab", "ab c ab", 4) == (5, 7)
    assert find("—", "ab — c", 0) is None
