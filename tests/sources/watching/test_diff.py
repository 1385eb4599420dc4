import time

import pytest

from sources.watching.diff import Version, between, edits, words

TEXT = (
    "The bridge at Arvel was closed on Monday morning. Twelve people were hurt, the ministry said.\n"
    "The army denied that it had fired. Nobody else was seen near the river that night."
)


def changed(old, new):
    return TEXT.replace(old, new)


def told(after):
    return [(edit.kind, edit.old, edit.new) for edit in edits(TEXT, after, "en")]


def test_the_same_text_has_no_edits():
    assert edits(TEXT, TEXT, "en") == []


def test_a_sentence_with_another_number_is_one_change_with_both_numbers():
    [edit] = edits(TEXT, changed("Twelve", "Twenty-one"), "en")

    assert (edit.kind, edit.numbers, edit.is_boring) == ("changed", (("Twelve", "Twenty-one"),), False)
    assert edit.flags == {"number"}
    assert TEXT[edit.before.start : edit.before.end] == edit.old


def test_sentences_that_came_and_went_are_told_with_the_weight_they_have():
    [gone] = edits(TEXT, changed("The army denied that it had fired. ", ""), "en")
    [come] = edits(TEXT, TEXT + " Later 40 lorries came.", "en")

    assert (gone.kind, gone.flags >= {"negation", "attribution"}) == ("removed", True)
    assert gone.after is None
    assert (come.kind, come.flags, come.before) == ("added", {"number"}, None)


def test_a_sentence_at_another_place_was_moved():
    first = "The bridge at Arvel was closed on Monday morning. "

    assert [kind for kind, _old, _new in told(TEXT.replace(first, "") + "\n" + first)] == ["moved"]


@pytest.mark.parametrize("after", [TEXT.replace(". ", ".  "), TEXT.replace("hurt,", "hurt –"), TEXT.replace("\n", " ")])
def test_typesetting_is_boring(after):
    found = edits(TEXT, after, "en")

    assert all(edit.is_boring and not edit.flags for edit in found)


def test_a_headline_a_byline_and_a_date_are_never_boring():
    before = Version(TEXT, "Bridge closed", "Ana Berg", "2024-12-02 09:30 UTC")
    after = Version(TEXT, "Bridge blown up", "Bo Hansen", "2024-12-03 09:30 UTC")

    found = between(before, after, "en")

    assert [(edit.place, edit.is_boring) for edit in found] == [("headline", False), ("byline", False), ("date", False)]
    assert ["headline" in found[0].flags, "attribution" in found[1].flags, "date" in found[2].flags] == [True] * 3


def test_the_typesetting_of_a_headline_is_not_boring_and_that_of_a_byline_is():
    found = between(Version(TEXT, "Trump: guilty", "Ana Berg"), Version(TEXT, "Trump guilty", "Ana Berg."), "en")

    assert [(edit.place, edit.is_boring) for edit in found] == [("headline", False), ("byline", True)]


def test_a_row_of_a_table_with_another_number_is_no_typesetting():
    [edit] = edits("Dead by day\n| 1 | 12 | 340 |", "Dead by day\n| 1 | 21 | 340 |", "en")

    assert (edit.is_boring, edit.flags, edit.numbers) == (False, {"number"}, (("12", "21"),))


def test_what_one_side_does_not_know_did_not_change():
    assert between(Version(TEXT, "Bridge closed"), Version(TEXT), "en") == []


def test_words_are_marked_that_the_other_side_has_not():
    old, new = words("12 people died.", "21 people died.")

    assert [(piece.text, piece.changed) for piece in old] == [("12", True), (" people died.", False)]
    assert [(piece.text, piece.changed) for piece in new] == [("21", True), (" people died.", False)]


def test_changed_words_in_a_row_are_marked_as_one():
    old, new = words("12 people died there.", "A child fell ill there.")

    assert [(piece.text, piece.changed) for piece in old] == [("12 people died", True), (" there.", False)]
    assert [(piece.text, piece.changed) for piece in new] == [("A child fell ill", True), (" there.", False)]


def test_a_word_with_vowel_signs_is_marked_whole():
    old, new = words("قُتل 12 شخصاً.", "قَتل 12 شخصاً.")

    assert [(piece.text, piece.changed) for piece in old] == [("قُتل", True), (" 12 شخصاً.", False)]
    assert [(piece.text, piece.changed) for piece in new] == [("قَتل", True), (" 12 شخصاً.", False)]


def test_two_long_pages_without_a_common_sentence_are_compared_in_time():
    start = time.monotonic()

    found = edits(*("\n".join(f"{word} {n} {word}{n}." for n in range(3_000)) for word in ("ab", "cd")), "en")

    assert len(found) == 6_000
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("now", ["À l’instant", "Just now", "Az önce", "الآن", "Только что", "ממש עכשיו"])
def test_a_line_that_becomes_a_relative_time_is_one_itself(now):
    before, after = (f"{line}\n{TEXT}" for line in (now, "Il y a 5 minutes"))

    assert all(edit.is_boring for edit in edits(before, after, "en") + edits(after, before, "en"))


@pytest.mark.parametrize("line", ["The mayor has resigned", "12 dead", "Dead.", "Evacuate the town by tonight"])
def test_news_at_the_place_of_a_relative_time_is_seen(line):
    before, after = (f"{each}\n{TEXT}" for each in ("5 minutes ago", line))

    assert not all(edit.is_boring for edit in edits(before, after, "en"))
