"""How answers are held against the gold."""

import pytest

from benchmarks.metadata import Answer, is_right


@pytest.mark.parametrize(
    ("field", "gold", "answer", "right"),
    [
        ("title", Answer("Le pont – fermé"), Answer("Le pont - fermé"), True),
        ("title", Answer("Le pont d’Arvel fermé"), Answer("Arvel : le pont est fermé"), True),
        ("title", Answer("Le pont d’Arvel fermé"), Answer("Le préfet quitte ses fonctions"), False),
        ("title_exact", Answer("Le pont"), Answer("Le pont fermé"), False),
        ("author", Answer(author=("Ana Roy", "Bo Lund")), Answer(author=("BO LUND", "Ana Roy")), True),
        ("author", Answer(author=("Ana Roy",)), Answer(author=("Ana Roy", "Bo Lund")), False),
        ("date_day", Answer(date_day="2026-11-25"), Answer(date_day="2026-11-25"), True),
    ],
)
def test_an_answer_is_right_where_its_words_are_those_of_the_gold(field, gold, answer, right):
    assert is_right(field, gold, answer) is right
