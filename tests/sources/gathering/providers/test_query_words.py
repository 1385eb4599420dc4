import pytest

from sources.gathering.providers import query_words


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("bridge Arvel", [["bridge"], ["Arvel"]]),
        ('"road authority" 12', [["road authority"], ["12"]]),
        ('(Arvel OR "جسر أرفيل") closed', [["Arvel", "جسر أرفيل"], ["closed"]]),
        ("Arvel OR Arfel closed", [["Arvel", "Arfel"], ["closed"]]),
        ("(Arvel OR ", [["Arvel"]]),
        ('"half a phrase', [["half"], ["a"], ["phrase"]]),
        ("()) OR OR", []),
    ],
)
def test_words_are_read_whatever_a_person_forgets(words, groups):
    assert query_words.groups(words) == groups


def test_an_engine_without_or_gets_the_first_spelling_of_each():
    assert query_words.plain('(Arvel OR "جسر أرفيل") closed') == "Arvel closed"


def test_spellings_are_joined_so_that_they_are_read_again():
    group = ["Arvel", 'the "old" (bridge)', "Arvel"]

    assert query_words.groups(query_words.joined(group)) == [["Arvel", "the old bridge"]]
