import pytest

from sources.language.folding import fold
from sources.language.relative_times import pattern


@pytest.mark.parametrize(
    "said",
    [
        *["il y a 5 minutes", "Il y a une heure", "il y a 2h", "5 minutes ago", "an hour ago", "5 mins ago", "2h ago"],
        *["5 dakika önce", "5 dk önce", "قبل 5 دقائق", "منذ ٥ دقائق", "منذ ساعة", "hace 5 minutos", "vor 5 Min."],
        *["vor einer Stunde", "5 minuti fa", "un'ora fa", "5 минут назад", "час назад", "5 хвилин тому"],
        *["לפני 5 דקות", "לפני שעה", "۵ دقیقه پیش", "۵ دقیقه قبل"],
    ],
)
def test_a_time_counted_back_from_now_is_found(said):
    assert pattern().fullmatch(fold(said))


@pytest.mark.parametrize("said", ["5 minutes", "Durée : 5 minutes", "dans 5 minutes", "5 dakika", "за 5 минут"])
def test_a_length_of_time_is_none(said):
    assert not pattern().search(fold(said))
