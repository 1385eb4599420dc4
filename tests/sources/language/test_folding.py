import pytest

from sources.language.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ŞIRNAK", "sirnak"),
        ("Şırnak", "sirnak"),
        ("İSTANBUL", "istanbul"),
        ("Écoles — œuvre", "ecoles - oeuvre"),
        ("Straße", "strasse"),
        ("𝗕𝗥𝗘𝗔𝗞𝗜𝗡𝗚 Ｎews", "breaking news"),
        ("l’attaque « ici »", 'l\'attaque " ici "'),
        ("إِسْرَائِيـــل", "اسراييل"),
        ("مدرسة على آخر", "مدرسه علي اخر"),
        ("١٢٣٬٤٥٦", "123,456"),
        ("ﻻ", "لا"),
        ("a\u202eb\u200fc", "abc"),
        ("  two \n words ", "two words"),
        ("", ""),
    ],
)
def test_variants_of_a_spelling_become_one(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "language", "folded"),
    [
        ("L’attaque qu’il a menée", "fr", "attaque il a menee"),
        ("Halep’te İsrail'in", "tr", "halep israil"),
        ("Israel’s army", "en", "israel's army"),
    ],
)
def test_what_an_apostrophe_cuts_off_hangs_on_the_language(written, language, folded):
    assert fold(written, language) == folded


def test_folding_twice_changes_nothing():
    text = "Ğ İ ı ﷺ ½ Ǆ ﬁ ß ΐ ٱ ك ؤ"

    assert fold(fold(text)) == fold(text)
