import pytest

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

    assert len(sizes) == 5
    assert min(sizes) > 400_000


def test_a_page_that_names_what_is_elsewhere_is_laid_out_without_it():
    html = "<html lang=en><title>x</title><img alt='' src='http://192.0.2.1/x.png'><p>words</p>"

    assert layout.to_pdf(html, "p { background: url(file:///etc/passwd) }", identifier=b"x").startswith(b"%PDF")
