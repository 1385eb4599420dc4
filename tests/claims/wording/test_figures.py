import time

import pytest

from claims.wording import figures


def found(text, language):
    return [
        (text[figure.start : figure.end], figure.low, figure.high, figure.qualifier, figure.unit_words)
        for figure in figures.find(text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "12 civils ont été tués", ("12", 12, 12, "exact", "civils")),
        ("fr", "au moins 30 civils", ("30", 30, None, "at_least", "civils")),
        ("fr", "environ 10 000 civils", ("10 000", 10000, 10000, "about", "civils")),
        ("fr", "Plus de 100 personnes", ("100", 100, None, "more_than", "personnes")),
        ("fr", "jusqu’à 3,5 millions d’euros", ("3,5 millions", None, 3500000, "up_to", "euros")),
        ("fr", "des dizaines de soldats", ("dizaines", 20, 99, "dozens", "soldats")),
        ("fr", "une vingtaine de blessés", ("vingtaine", 20, 20, "about", "blessés")),
        ("fr", "entre 12 et 15 morts", ("12 et 15", 12, 15, "exact", "morts")),
        ("fr", "25 % des voix", ("25", 25, 25, "exact", "%")),
        ("en", "at least twelve people", ("twelve", 12, None, "at_least", "people")),
        ("en", "no more than 10 people", ("10", None, 10, "up_to", "people")),
        ("en", "about 8,000 residents", ("8,000", 8000, 8000, "about", "residents")),
        ("en", "hundreds of thousands of people", ("hundreds of thousands", 200000, 999999, "dozens", "people")),
        ("en", "it cost $2000 that day", ("2000", 2000, 2000, "exact", "")),
        ("tr", "En az 12 sivil", ("12", 12, None, "at_least", "sivil")),
        ("tr", "100’den fazla yaralı", ("100", 100, None, "more_than", "yaralı")),
        ("tr", "yaklaşık 8 bin kişi", ("8 bin", 8000, 8000, "about", "kişi")),
        ("tr", "onlarca köy", ("onlarca", 20, 99, "dozens", "köy")),
        ("tr", "en fazla 10.000 asker", ("10.000", None, 10000, "up_to", "asker")),
        ("ar", "ما لا يقل عن ١٢ شخصا", ("١٢", 12, None, "at_least", "شخصا")),
        ("ar", "أكثر من 100 جريح", ("100", 100, None, "more_than", "جريح")),
        ("ar", "نحو ثمانية آلاف شخص", ("ثمانية آلاف", 8000, 8000, "about", "شخص")),
        ("ar", "عشرات الجنود", ("عشرات", 20, 99, "dozens", "الجنود")),
        ("ar", "قُتل 21 و47", ("21", 21, 21, "exact", "")),
        ("ar", "زهاء 100 جريح", ("100", 100, 100, "about", "جريح")),
    ],
)
def test_a_figure_has_a_range_a_qualifier_and_a_unit(language, text, expected):
    assert found(text, language)[0] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "depuis mars 2020, en 2011, le 29 novembre 2024 à 14h30"),
        ("en", "In 2016, on November 29, F-16 jets in the 19th century met one another"),
        ("tr", "2. Dünya Savaşı, 29 Kasım 2024’te, 2016 yılında bir gün"),
        ("ar", "في عام 2016 وفي 29 نوفمبر"),
        ("", "nothing to count"),
        ("fa", "عشر"),
    ],
)
def test_dates_years_and_ordinals_are_no_figures(language, text):
    assert found(text, language) == []


def test_a_qualifier_belongs_to_its_own_clause():
    text = "12 civils ont été tués et au moins 30 blessés, 39 villages pris. Environ 10 000 ont fui."

    assert [figure[3] for figure in found(text, "fr")] == ["exact", "at_least", "exact", "about"]


@pytest.mark.parametrize("text", ["1", "1.", "1 000 ", "١", "1-2-", "1/1/1 ", "vingt ", "a", "plus de ", "1,"])
def test_a_hostile_text_takes_no_longer_than_any_other(text):
    started = time.process_time()
    figures.find(text * (100_000 // len(text)), "fr")

    assert time.process_time() - started < 10  # of CPU; backtracking would take minutes
