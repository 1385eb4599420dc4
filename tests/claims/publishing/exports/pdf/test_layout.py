import pytest

from tests.reading_back import with_pdfium

try:
    from claims.publishing.exports.pdf import layout
except OSError:
    pytest.skip("no pango: apt-get install libpangoft2-1.0-0", allow_module_level=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/track.png",
        "https://example.org/style.css",
        "file:///etc/passwd",
        "data:text/css,body{}",
        "ftp://example.org/",
    ],
)
def test_nothing_but_our_fonts_is_opened(url):
    with pytest.raises(PermissionError):
        layout.OnlyOurFonts().fetch(url)


def test_every_font_is_there():
    fetcher = layout.OnlyOurFonts()

    sizes = [len(fetcher.fetch(url).read()) for url in layout.font_files()]

    assert len(sizes) == 6
    assert min(sizes) > 170_000


def test_a_page_that_names_what_is_elsewhere_is_laid_out_without_it():
    html = "<html lang=en><title>x</title><img alt='' src='http://192.0.2.1/x.png'><p>words</p>"

    assert layout.to_pdf(html, "p { background: url(file:///etc/passwd) }", identifier=b"x").startswith(b"%PDF")


@pytest.mark.parametrize(("language", "name"), [("en", "[fire]"), ("fr", "[feu]")])
def test_no_box_stands_for_an_emoji(language, name):
    html = f"<html lang={language}><title>x</title><p>Breval 🔥 5️⃣ 👨‍👩‍👧 🇫🇷 now"

    made = layout.to_pdf(html, "p { font-family: Report Serif }", identifier=b"x", language=language)

    text = with_pdfium(made)
    assert name in text
    assert not set(text) & set("🔥👨🇫\u20e3\u200d")


def test_a_sign_that_no_font_has_is_spelled_out():
    html = "<html lang=en><title>x</title><p>a \U0001fb00 b"  # a part of a picture from old computers

    text = with_pdfium(layout.to_pdf(html, "", identifier=b"x"))

    assert "[block sextant-1]" in text.replace("\r\n", " ")
