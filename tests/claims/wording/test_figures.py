from decimal import Decimal

import pytest

from claims.wording import figures
from tests.effort import at_most


def found(text, language):
    return [
        (text[figure.start : figure.end], figure.low, figure.high, figure.qualifier, figure.unit_words)
        for figure in figures.find(text, language)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a 3m wave hits the coast",
        "A 2.5m drop behind the house",
        "a 2.5m wall was built",
        "2.5m walls were built",
        "1.5m of snow fell overnight",
        "he won the 100m final",
        "She won the 400m hurdles",
        "a 5k race through the town",
        "4k video of the bridge",
        "the water rose by 3m.",
        "a 10k for charity",
    ],
)
def test_a_letter_that_may_be_meters_gives_no_figure(text):
    assert figures.find(text, "en") == []


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
    ("language", "text", "low", "high", "qualifier"),
    [
        ("tr", "30 bine yakın kişi öldü", 30_000, 30_000, "about"),
        ("tr", "nüfus 10 milyonu aştı", 10_000_000, None, "more_than"),
        ("tr", "100 binden fazla kişi", 100_000, None, "more_than"),
        ("tr", "üç buçuk milyon kişi", 3_500_000, 3_500_000, "exact"),
        ("tr", "10 ila 15 bin kişi", 10_000, 15_000, "exact"),
        ("fr", "2 à 3 millions de personnes", 2_000_000, 3_000_000, "exact"),
        ("fr", "un million et demi d’habitants", 1_500_000, 1_500_000, "exact"),
        ("fr", "2,5 M€", 2_500_000, 2_500_000, "exact"),
        ("fr", "un mur de 2,5 m", 2.5, 2.5, "exact"),
        ("fr", "des centaines de millions d’euros", 200_000_000, 999_999_999, "dozens"),
        ("ar", "مائة و ستة عشر شخصا", 116, 116, "exact"),
        ("ar", "مليون ونصف مليون شخص", 1_500_000, 1_500_000, "exact"),
        ("ar", "بين مليونين وثلاثة ملايين شخص", 2_000_000, 3_000_000, "exact"),
        ("ar", "ثلاثمئة شخص", 300, 300, "exact"),
        ("en", "it cost $3bn", 3_000_000_000, 3_000_000_000, "exact"),
        ("en", "2.5m people fled", 2_500_000, 2_500_000, "exact"),
        ("en", "a wall 2.5m high", 2.5, 2.5, "exact"),
        ("en", "1.2m Syrian refugees", 1_200_000, 1_200_000, "exact"),
        ("en", "a 3m euro loan", 3_000_000, 3_000_000, "exact"),
        ("en", "a loan of €3m", 3_000_000, 3_000_000, "exact"),
        ("en", "between 2m and 3m people", 2_000_000, 3_000_000, "exact"),
        ("en", "a $500K house", 500_000, 500_000, "exact"),
        ("en", "a debt of $5b", 5_000_000_000, 5_000_000_000, "exact"),
        ("en", "a £20k donation", 20_000, 20_000, "exact"),
        ("en", "about 25k people", 25_000, 25_000, "about"),
        ("fr", "5 k€", 5_000, 5_000, "exact"),
        ("fr", "2,5 m€", 2_500_000, 2_500_000, "exact"),
        ("en", "two and a half million people", 2_500_000, 2_500_000, "exact"),
        ("en", "half a million people", 500_000, 500_000, "exact"),
        ("en", "two dozen people", 24, 24, "exact"),
        ("en", "between 500 and 2 million", 500, 2_000_000, "exact"),
    ],
)
def test_the_scale_of_a_figure_is_read(language, text, low, high, qualifier):
    assert [figure[1:4] for figure in found(text, language)] == [(low, high, qualifier)]


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [
        ("en", "one in three people", "0.333333"),
        ("en", "two thirds of voters", "0.666667"),
        ("en", "9 out of 10 voters", "0.9"),
        ("fr", "une personne sur trois", "0.333333"),
        ("fr", "deux tiers des habitants", "0.666667"),
        ("tr", "halkın üçte biri", "0.333333"),
        ("tr", "her üç kişiden biri", "0.333333"),
        ("ar", "ثلثي السكان", "0.666667"),
        ("ar", "واحد من كل ثلاثة", "0.333333"),
    ],
)
def test_a_part_of_a_whole_is_a_proportion(language, text, share):
    assert [figure[1:3] for figure in found(text, language)] == [(Decimal(share), Decimal(share))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "un quart d’heure"),
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
    with at_most(20):  # backtracking would take minutes
        figures.find(text * (100_000 // len(text)), "fr")
