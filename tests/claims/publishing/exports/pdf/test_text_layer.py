import unicodedata
from functools import cache
from pathlib import Path

import pytest

from tests import make, published
from tests.reading_back import READERS, with_pdfium

try:
    from claims.publishing import reporting
    from claims.publishing.exports.pdf import layout, pdf
except OSError:
    pytest.skip("no pango: apt-get install libpangoft2-1.0-0", allow_module_level=True)

STYLE = (Path(__file__).parents[5] / "workbench/pages/static/workbench/report.css").read_text()
CLAIM = (Path(__file__).parent / "claim-ar.txt").read_text().strip()

# A sentence in each language, and what must be found in it.
SENTENCES = [
    (
        "ar",
        "لأنّ الآن إلى أي أصل، الأمة مسؤولة عن شيءٍ وبيئة إن أحدٌ لم يبقَ",
        "لأنّ الآن إلى أي أصل الأمة مسؤولة شيءٍ وبيئة يبقَ",
    ),
    ("ar", "وَمَا أَدْرَاكَ مَا الطَّارِقُ قُلْ هُوَ اللَّهُ", "وَمَا أَدْرَاكَ الطَّارِقُ قُلْ اللَّهُ"),
    ("fa", "او گفت: «می‌خواهم بخوانم»؛ کلمهٔ پرسش‌ها، مؤسسهٔ پژوهشی", "می‌خواهم پرسش‌ها مؤسسهٔ پژوهشی کلمهٔ"),
    ("ur", "پاکستان کے وزیرِ اعظم نے کہا ہے", "پاکستان کے وزیرِ اعظم نے کہا ہے"),
    ("he", "נאמר שלום עולם בירושלים", "נאמר שלום עולם בירושלים"),
    ("he", "שָׁלוֹם עולם בְּרֵאשִׁית בָּרָא", "שָׁלוֹם בְּרֵאשִׁית בָּרָא"),
    ("tr", "Şaşkınlık büyük, ığdır çığlığı İSTANBUL'da", "Şaşkınlık ığdır çığlığı İSTANBUL'da"),
    ("fr", "L’office a affiché l’œuvre à la fin, cœur affligé", "office affiché œuvre fin cœur affligé"),
    (
        "vi",
        "Cafe\u0301 Vie\u0323\u0302t q\u0323\u0307 x\u0323\u0301",
        "Cafe\u0301 Vie\u0323\u0302t q\u0323\u0307 x\u0323\u0301",
    ),
    ("ru", "Объём ёмкости й, Київ ґрунт їжа", "Объём ёмкости Київ ґрунт їжа"),
]


@cache
def laid_out(*sentences, side="rtl"):
    """Return a file of these sentences; the three readers read the same one."""
    body = "".join(f'<p lang="{language}" dir="{side}">{text}</p>' for language, text in sentences)
    return layout.to_pdf(f"<html lang=en><title>x</title><body>{body}</body></html>", STYLE, identifier=b"x")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_arabic_claim_is_read_as_it_is_printed_by_three_readers(language):
    decision = published.decision(published.claim(CLAIM, language="ar"))
    made = pdf.render(reporting.freeze(decision, by=make.editor(), language=language))

    for reader in READERS:
        text = reader(made)
        missing = [word for word in ("أصل", "أحد", "أي", "أُخليت", "قرية", "يبقَ", "الميناء") if word not in text]
        assert not missing, (reader.__name__, missing)
        assert "3صل" not in text
        assert "1.250" in text
        assert "2024-11-29" in text
        assert "29-11-2024" not in text


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("language", "sentence", "words"), SENTENCES)
def test_words_of_every_script_are_read_as_they_are_written(reader, language, sentence, words):
    side = "rtl" if language in {"ar", "fa", "ur", "he"} else "ltr"

    text = unicodedata.normalize("NFC", reader(laid_out((language, sentence), side=side)))

    assert [word for word in words.split() if unicodedata.normalize("NFC", word) not in text] == []


@pytest.mark.parametrize("reader", READERS)
def test_a_glyph_that_was_drawn_for_another_letter_before_means_its_own(reader):
    # The second glyph of أُ is that of أ alone; inside a word, Persian ی is drawn as Arabic ي is.
    text = reader(laid_out(("ar", "أُخليت أصل"), ("ar", "يبقى بيت"), ("fa", "یک بیت ایران")))

    assert [word for word in ("أُخليت", "أصل", "بيت", "بیت", "ایران") if word not in text] == []


@pytest.mark.parametrize("reader", READERS)
def test_each_letter_of_a_ligature_can_be_read(reader):
    words = "لا إله إلا الله لأن الآن لإن"

    made = layout.to_pdf(
        f"<html lang=ar><title>x</title><p dir=rtl>{words}", "p { font-family: DejaVu Sans }", identifier=b"x"
    )

    assert [word for word in words.split() if word not in reader(made)] == []


def test_brackets_and_quotation_marks_open_and_close_as_they_are_printed():
    made = laid_out(("ar", "قال «لم يبق» (من أصل) هنا"))

    assert "قال «لم يبق» (من أصل) هنا" in with_pdfium(made)


@pytest.mark.parametrize("reader", READERS)
def test_a_letter_that_no_font_has_does_not_take_the_others_with_it(reader):
    text = reader(laid_out(("en", "before \U0001f8ff\U00012000 after"), side="ltr"))

    assert "before" in text
    assert "after" in text
    assert "\0" not in text


@pytest.mark.parametrize("text", ["a" + "\u0301" * 300, "ب" + "\u064e" * 500, "\u200d" * 50 + "\u200cب", "\u0301"])
def test_hostile_piles_of_marks_are_laid_out(text):
    assert laid_out(("ar", text)).startswith(b"%PDF")
