from sources.language.overlap import is_same, overlap

LONG = " ".join(f"mot{number}" for number in range(100))
OTHER = " ".join(f"autre{number}" for number in range(100))


def test_a_shorter_version_is_in_the_longer_one():
    assert overlap(" ".join(LONG.split()[:40]), LONG) == 1.0


def test_texts_that_share_nothing_do_not_overlap():
    assert overlap(LONG, OTHER) == 0.0


def test_typesetting_and_accents_change_nothing():
    assert overlap("«Évacuation» " + LONG, "evacuation, " + LONG) == 1.0


def test_short_texts_are_the_same_as_a_whole_or_not_at_all():
    assert overlap("Une secousse à Bréval.", "Une secousse à Bréval") == 1.0
    assert overlap("Une secousse à Bréval.", "Une secousse à Arvel.") == 0.0
    assert overlap("", "") == 0.0


def test_a_title_helps_a_text_that_was_edited_and_never_another_text():
    edited = " ".join([*LONG.split()[:60], *OTHER.split()[:40]])

    assert is_same(("Crue", LONG), ("Crue", edited))
    assert not is_same(("Crue", LONG), ("Grève", edited))
    assert not is_same(("Crue", LONG), ("Crue", OTHER))
    assert not is_same(("", ""), ("", ""))
