import pytest

from sources.watching.significance import difference, is_stamp, is_typesetting


@pytest.mark.parametrize(
    ("language", "before", "after", "numbers"),
    [
        ("en", "Twelve people died.", "Twenty-one people died.", (("Twelve", "Twenty-one"),)),
        ("en", "At least 1,200 fled.", "At least 12,000 fled.", (("1,200", "12,000"),)),
        ("fr", "Douze civils ont été tués.", "Vingt et un civils ont été tués.", (("Douze", "Vingt et un"),)),
        ("tr", "En az on iki kişi öldü.", "En az yirmi bir kişi öldü.", (("on iki", "yirmi bir"),)),
        ("ar", "سقط ثمانية قتلى في الهجوم.", "سقط ١٢ قتيلا في الهجوم.", (("ثمانية", "١٢"),)),
        ("en", "Some 39 of 56 villages fell.", "Some 56 villages fell.", (("39", ""),)),
    ],
)
def test_a_number_that_changed_is_told_as_it_was_written(language, before, after, numbers):
    found = difference(before, after, language)

    assert "number" in found.flags
    assert found.numbers == numbers


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "The army bombed the market.", "The army never bombed the market."),
        ("en", "The army did bomb it.", "The army didn’t bomb it."),
        ("fr", "Il l’a dit.", "Il ne l’a pas dit."),
        ("fr", "Le pont est ouvert.", "Le pont n’est plus ouvert."),
        ("tr", "Bakanlık saldırıyı doğruladı.", "Bakanlık saldırıyı doğrulamadı."),
        ("tr", "Sorumlu ordudur.", "Sorumlu ordu değildir."),
        ("ar", "قصف الجيش السوق.", "لم يقصف الجيش السوق."),
    ],
)
def test_a_negation_that_came_is_seen(language, before, after):
    assert "negation" in difference(before, after, language).flags


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "It was claimed that Ostavia did it.", "It was confirmed that Ostavia did it."),
        ("en", "They are “terrorists” to him.", "They are terrorists to him."),
        ("fr", "Selon l’armée, le pont est tombé.", "Le pont est tombé."),
        ("fr", "Le général serait mort.", "Le général est mort."),
        ("tr", "Ordu köprünün yıkıldığını iddia etti.", "Ordu köprünün yıkıldığını kanıtladı."),
        ("ar", "وقال الجيش إن الجسر سقط.", "إن الجسر سقط."),
        ("en", "The bridge fell.", "The bridge fell, he warned."),
        ("fr", "Le pont est tombé.", "Le pont est tombé, explique-t-il."),
        ("ar", "سقط الجسر.", "يقول الجيش إن الجسر سقط."),
    ],
)
def test_an_attribution_that_changed_is_seen(language, before, after):
    assert "attribution" in difference(before, after, language).flags


def test_a_name_that_changed_is_seen_but_not_the_capital_of_a_sentence():
    assert "name" in difference("The dead man is Andor Velash.", "The dead man is Andor Velach.", "en").flags
    assert "name" not in difference("The bridge fell at noon.", "A bridge fell at noon.", "en").flags


def test_a_date_that_changed_is_seen():
    assert "date" in difference("It fell on Monday.", "It fell on Tuesday.", "en").flags
    assert "date" in difference("Le 12/03/2024 il est tombé.", "Le 13/03/2024 il est tombé.", "fr").flags
    assert "date" in difference("سقط الثلاثاء.", "سقط الأربعاء.", "ar").flags


FLAGGED = [
    ("en", "A thousand people marched.", "A million people marched.", {"number"}),
    ("en", "Hundreds of people fled.", "Thousands of people fled.", {"number"}),
    ("en", "Half of the voters agreed.", "A third of the voters agreed.", {"number"}),
    ("en", "Gaza (Hamas) fired first.", "Gaza (Israel) fired first.", {"name"}),
    ("en", "Smith voted against it.", "Jones voted against it.", {"name"}),
    ("fr", "Mille personnes ont fui.", "Cent personnes ont fui.", {"number"}),
    ("fr", "Des centaines de morts.", "Des milliers de morts.", {"number"}),
    ("fr", "Macron a reconnu les faits.", "Mélenchon a reconnu les faits.", {"name"}),
    ("tr", "Bin kişi öldü.", "Yüz kişi öldü.", {"number"}),
    ("tr", "Yüzlerce kişi öldü.", "Binlerce kişi öldü.", {"number"}),
    ("tr", "Erdoğan'ın partisi kazandı.", "Özel'in partisi kazandı.", {"name"}),
    ("tr", "Bakan toplantıya katılıyor.", "Bakan toplantıya katılmıyor.", {"negation"}),
    ("tr", "Bakan bunu biliyor.", "Bakan bunu bilmiyor.", {"negation"}),
    ("tr", "Asker görüyor.", "Asker görmüyor.", {"negation"}),
    ("tr", "Bunu kabul ederim.", "Bunu kabul etmem.", {"negation"}),
    ("tr", "Bunu kabul eder.", "Bunu kabul etmez.", {"negation"}),
    ("tr", "Bunu yaparım.", "Bunu yapmam.", {"negation"}),
    ("tr", "Bunu yaparlar.", "Bunu yapmazlar.", {"negation"}),
    ("tr", "Bu doğrulanan haber.", "Bu doğrulanmayan haber.", {"negation", "attribution"}),
    ("ar", "قتل مئة شخص.", "قتل ألف شخص.", {"number"}),
    ("ar", "فر مئات من المدينة.", "فر آلاف من المدينة.", {"number"}),
    ("ar", "قصف الجيش السوق.", "ما قصف الجيش السوق.", {"negation"}),
    ("ar", "أنا متهم في القضية.", "لست متهما في القضية.", {"negation"}),
    ("ar", "هو متهم في القضية.", "ليس متهما في القضية.", {"negation"}),
    ("ar", "سيشارك الجيش.", "لن يشارك الجيش.", {"negation"}),
]


@pytest.mark.parametrize(("language", "before", "after", "flags"), FLAGGED)
def test_numbers_without_digits_names_at_the_start_and_negations_are_seen(language, before, after, flags):
    assert difference(before, after, language).flags == flags


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Hundreds fled – officials said.", "Hundreds fled, officials said."),
        ("en", "The minister did it.", "A minister did it."),
        ("en", "Yesterday’s talks failed.", "Yesterday's talks failed ."),
        ("en", "However the talks failed.", "Meanwhile the talks failed."),
        ("en", "They may leave.", "They will leave."),
        ("en", "Two member states voted.", "Two member nations voted."),
        ("fr", "L’attaque a été menée hier.", "L’attaque a été lancée hier."),
        ("fr", "« Mille morts », dit-on.", "“Mille morts”, dit-on."),
        ("fr", "Il a reconnu les faits.", "Elle a reconnu les faits."),
        ("fr", "L’armée – dit-il – a fui.", "L'armée, dit-il, a fui."),
        ("tr", "Bakan namaza gitti.", "Bakan, namaza gitti."),
        ("tr", "Bakan hamama gitti.", "Bakan eve gitti."),
        ("tr", "Bakan namaz kıldı, tamam dedi.", "Bakan dua kıldı, peki dedi."),
        ("tr", "Ölüleri gömüyor.", "Ölüleri taşıyor."),
        ("ar", "قال الجيش، أمس، إنه انسحب.", "قال الجيش أمس إنه انسحب."),
        ("ar", "فر مئات من المدينة.", "فر مئات من المدينة"),
    ],
)
def test_typesetting_and_other_small_words_raise_no_flags(language, before, after):
    assert difference(before, after, language).flags == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The bridge , it fell .", "The bridge — it fell"),
        ("Paris (AFP) - Le pont est tombé.", "Le pont est tombé."),
        ("Le pont est tombé.", "PARIS, 12 mars (AFP) – Le pont est tombé."),
        ("PARIS, 12 mars (AFP) – Le pont est tombé.", "PARIS, 12 mars (AFP) - Le pont est tombé."),
        ("İSTANBUL (AA) - Köprü çöktü.", "Köprü çöktü."),
        ("القاهرة (رويترز) - سقط الجسر.", "سقط الجسر."),
        ("He said “no”.", "He said « no »."),
        ("Updated 12 May 2024, 12:30", "Last updated 13 May 2024, 09:05"),
        ("Il est tombe\u0301.", "Il est tombé."),
    ],
)
def test_typesetting_stamps_and_a_dateline_that_came_or_went_are_boring(before, after):
    assert is_typesetting(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Twelve people were hurt – the ministry said.", "Twenty people were hurt – the ministry said."),
        ("It cost 1.5 million.", "It cost 15 million."),
        ("It rose by -5 points.", "It rose by 5 points."),
        ("Did the army bomb it?", "Did the army bomb it."),
        ("قصف الجيش السوق؟", "قصف الجيش السوق."),
        ("قُتل الجندي في السوق.", "قَتل الجندي في السوق."),
        ("It cost $5.", "It cost €5."),
        ("Fewer: < 5 dead.", "More: > 5 dead."),
        ("Aid for us is late.", "Aid for US is late."),
        ("PARIS, 12 mars (AFP) – Le pont est tombé.", "PARIS, 13 mars (AFP) – Le pont est tombé."),
        ("Moscow (Reuters) - The bridge fell.", "Kyiv (Reuters) - The bridge fell."),
        ("Jean Dupont (PS) a voté contre la loi.", "Marie Martin (RN) a voté contre la loi."),
        ("Jean Dupont (PS) – A voté contre la loi.", "A voté contre la loi."),
        ("HAMAS - The strike hit the hospital.", "ISRAEL - The strike hit the hospital."),
        ("HAMAS - The strike hit the hospital.", "The strike hit the hospital."),
        ("MACRON, 12 mars – « Nous avons bombardé. »", "« Nous avons bombardé. »"),
        ("MACRON – « Nous avons bombardé. »", "LE PEN – « Nous avons bombardé. »"),
        ("Ankara (AKP) oy verdi.", "İzmir (CHP) oy verdi."),
        ("غزة (حماس) - سقط الجسر.", "غزة (إسرائيل) - سقط الجسر."),
        ("Le 12 mars 2024", "Le 21 mars 2024"),
        ("| 1 | 12 | 340 |", "| 1 | 21 | 340 |"),
        ("12 %", "21 %"),
        ("12 hours ago.", "21 hours ago."),
        ("3-1", "1-3"),
        ("Updated: 12", "Updated: 21"),
    ],
)
def test_what_means_something_else_is_not_boring(before, after):
    assert not is_typesetting(before, after)


@pytest.mark.parametrize(
    "line",
    [
        "Updated 29 Nov 2024, 12:30 GMT",
        "Mis à jour le 29 novembre 2024 à 12h30",
        "Son güncelleme: 29.11.2024 12:30",
        "آخر تحديث: 29 نوفمبر 2024",
        "29 November 2024, 12:30 GMT",
        "2024-11-29T12:30Z",
        "Updated 3 hours ago",
    ],
)
def test_a_stamp_of_an_update_is_known(line):
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line",
    [
        *["Updated toll: 21 killed", "Mis à jour : 21 morts", "No date here", "21 killed", "Updatedness 21"],
        *["12", "12 %", "$12", "| 12 | 34 |", "3-1", "١٢", "Updated: 21", "21 hours ago.", "12 heures", "12:30"],
        *["29 November 2024", "Le 12 mars 2024", "On Monday 12 May.", "12.11.2024", "١٢ مارس"],
    ],
)
def test_news_numbers_and_days_are_no_stamps(line):
    assert not is_stamp(line)


PAIRS = [
    ("Il y a 5 minutes", "Il y a 25 minutes"),
    ("il y a 59 min", "Il y a 1 heure"),
    ("Il y a 2h", "Il y a 3 jours"),
    ("Il y a 5 min.", "Il y a 25 min."),
    ("Hace 5 min.", "Il y a 2 h."),
    ("آخر تحديث: قبل 5 دقائق", "آخر تحديث: قبل 25 دقيقة"),
    ("Aujourd’hui à 08:30", "Hier à 08:30"),
    ("Today, 08:30", "Yesterday, 08:30"),
    ("Bugün 08:30", "Dün 08:30"),
    ("اليوم الساعة 08:30", "أمس الساعة 08:30"),
    ("Heute um 08:30 Uhr", "Gestern um 08:30 Uhr"),
    ("Há 5 minutos", "Há 25 minutos"),
    ("5 minutes ago", "25 minutes ago"),
    ("An hour ago", "2 hours ago"),
    ("5m ago", "2h ago"),
    ("5 dakika önce", "25 dakika önce"),
    ("5 dk önce", "1 saat önce"),
    ("منذ 5 دقائق", "منذ 25 دقيقة"),
    ("قبل ساعة", "قبل ساعتين"),
    ("قبل ٥ دقائق", "قبل ٢٥ دقيقة"),
    ("Hace 5 minutos", "Hace 25 minutos"),
    ("vor 5 Minuten", "vor 25 Min."),
    ("5 minuti fa", "un'ora fa"),
    ("5 минут назад", "25 минут назад"),
    ("5 хвилин тому", "годину тому"),
    ("לפני 5 דקות", "לפני שעה"),
    ("۵ دقیقه پیش", "۲۵ دقیقه پیش"),
    ("Publicado há 5 minutos", "Publicado há 25 minutos"),
    ("Actualizado hace 5 minutos", "Actualizado hace 25 minutos"),
    ("Aktualisiert vor 5 Minuten", "Aktualisiert vor 25 Minuten"),
    ("Обновлено 5 минут назад", "Обновлено 25 минут назад"),
    ("Par Jeanne Aubrac, à Bréval – il y a 5 minutes", "Par Jeanne Aubrac, à Bréval – il y a 25 minutes"),
    ("Lecture : 3 min · 1 234 vues", "Lecture : 3 min · 1 300 vues"),
    ("Reuters · 5 min ago · 1,234 views", "Reuters · 25 min ago · 1,300 views"),
]
COUNTERS = [
    ("1 234 vues", "1 300 vues"),
    ("Vues : 1234", "Vues : 1300"),
    ("Partagé 250 fois", "Partagé 312 fois"),
    ("1.2K views", "1.3K views"),
    ("Comments (12)", "Comments (15)"),
    ("👁 1,234", "👁 1,300"),
    ("3,4 bin görüntülenme", "3,5 bin görüntülenme"),
    ("250 kez paylaşıldı", "312 kez paylaşıldı"),
    ("١٢٣ مشاهدة", "١٣٠ مشاهدة"),
    ("Compartido 250 veces", "Compartido 312 veces"),
    ("250 Mal geteilt", "312 Mal geteilt"),
    ("1234 visualizzazioni", "1300 visualizzazioni"),
    ("1,2 тыс. просмотров", "1,3 тыс. просмотров"),
    ("1234 перегляди", "1300 переглядів"),
    ("1234 צפיות", "1300 צפיות"),
    ("بازدید: ۱۲۳۴", "بازدید: ۱۳۰۰"),
]


@pytest.mark.parametrize(("before", "after"), PAIRS + COUNTERS)
def test_what_runs_by_itself_beside_an_article_is_typesetting(before, after):
    assert is_typesetting(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12 morts", "25 morts"),
        ("Bilan : 12 morts", "Bilan : 25 morts"),
        ("12 قتيلا", "25 قتيلا"),
        ("Durée : 5 minutes", "Durée : 25 minutes"),
        ("Lundi 12", "Lundi 13"),
        ("The quake struck 5 minutes ago.", "The quake struck 25 minutes ago."),
        (
            "Le séisme s’est produit il y a 5 minutes, selon l’institut.",
            "Le séisme s’est produit il y a 25 minutes, selon l’institut.",
        ),
        ("12 blessés il y a 5 minutes", "25 blessés il y a 5 minutes"),
        ("Le séisme s’est produit il y a 5 min.", "Le séisme s’est produit il y a 25 min."),
        ("12 minutos.", "25 minutos."),
        ("Attaque aujourd’hui à 08:30", "Attaque hier à 08:30"),
        ("Tomorrow, 08:30", "Today, 08:30"),
        ("Attaque à Bréval il y a 5 minutes", "Attaque à Arvel il y a 25 minutes"),
        ("La vidéo a été vue 12 000 fois, selon la chaîne.", "La vidéo a été vue 25 000 fois, selon la chaîne."),
        ("Saldırıda 12 kişi öldü", "Saldırıda 25 kişi öldü"),
        ("12 personnes ont partagé une tente de secours", "25 personnes ont partagé une tente de secours"),
        ("Погибли 12 человек", "Погибли 25 человек"),
        ("نشر المقطع ١٢ مرة قبل ساعة من الهجوم", "نشر المقطع ٢٥ مرة قبل ساعة من الهجوم"),
    ],
)
def test_a_number_that_the_article_states_is_never_typesetting(before, after):
    assert not is_typesetting(before, after)


@pytest.mark.parametrize("line", [line for pair in PAIRS[:27] + COUNTERS for line in pair])
def test_a_line_that_runs_by_itself_may_come_and_go(line):
    assert is_stamp(line)
