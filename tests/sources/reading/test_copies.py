import pytest

from sources.reading import copies


@pytest.mark.parametrize(
    ("texts", "most", "taken"),
    [
        ("", 3, ""),
        ("aaab", 2, "ab"),
        ("aaabc", 4, "aabc"),
        ("aaaaabbb", 4, "aabb"),
        ("abc", 2, "ab"),
        ("aaa", 5, "aaa"),
        ("-a-ab", 2, "ab"),
    ],
)
def test_each_text_is_taken_once_before_any_twice(texts, most, taken):
    found = [(key, -float(key)) for key, _text in enumerate(texts)]
    named = {key: text for key, text in enumerate(texts) if text != "-"}

    chosen = copies.in_turn(found, named, most)

    assert "".join(texts[key] for key, _score in chosen) == taken
    assert chosen == sorted(chosen, key=lambda row: -row[1])


@pytest.mark.parametrize(
    ("scores", "is_crowd"),
    [([1, 1, 1, 1], True), ([1, 1, 2, 2], False), ([1, 1, 1], False), ([1, 2, 3, 4], False), ([], False)],
)
def test_copies_are_a_crowd_where_they_took_most_places(scores, is_crowd):
    assert copies.are_a_crowd(scores, 4) is is_crowd
