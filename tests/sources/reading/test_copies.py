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
    ],
)
def test_each_text_is_taken_once_before_any_twice(texts, most, taken):
    found = [(key, -float(key)) for key, _text in enumerate(texts)]

    chosen = copies.in_turn(found, texts, most)

    assert "".join(texts[key] for key, _score in chosen) == taken
    assert chosen == sorted(chosen, key=lambda row: -row[1])


@pytest.mark.parametrize(("texts", "is_crowd"), [("aaaa", True), ("aabb", False), ("aaa", False), ("abcd", False)])
def test_copies_are_a_crowd_where_they_took_most_places(texts, is_crowd):
    assert copies.crowd(texts, 4) is is_crowd
