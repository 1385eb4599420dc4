import pytest

from sources.language.counters import is_counter


@pytest.mark.parametrize(
    "line",
    [
        *["1 234 vues", "Vues : 1234", "Partagé 250 fois", "12 commentaires", "J’aime (12)"],
        *["1.2K views", "👁 1,234", "Comments (12)", "Shared 250 times", "3 people like this"],
        *["3,4 bin görüntülenme", "250 kez paylaşıldı", "12 kişi beğendi", "Okunma: 1.234"],
        *["١٢٣ مشاهدة", "٣ تعليقات", "1,2 тыс. просмотров", "1234 перегляди", "1234 צפיות", "۱۲ نظر"],
        *["Compartido 250 veces", "250 Mal geteilt", "1.234 Aufrufe", "5 mi piace", "1234 visualizzazioni"],
    ],
)
def test_a_number_with_the_label_of_a_counter_is_one(line):
    assert is_counter(line)


@pytest.mark.parametrize(
    "line",
    [
        *["12 morts", "Bilan : 12 morts", "12 lecteurs tués", "Lundi 12", "12", "Vues", "12 vues, 3 morts"],
        *["12 viewers injured", "12 shareholders", "12 قتيلا", "12 человек погибли", "12 yaralı"],
        *["La vidéo compte 12 000 vues.", "12 000 vues en une heure pour la vidéo de l’attaque"],
    ],
)
def test_a_number_that_news_states_is_no_counter(line):
    assert not is_counter(line)
