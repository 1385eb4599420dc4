"""Lay out a page as a PDF with WeasyPrint and the fonts we ship; nothing else is loaded."""

from __future__ import annotations

import importlib.util
import os
from base64 import b64decode
from functools import cache
from pathlib import Path

import weasyprint
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from claims.publishing.exports.pdf import paper, text_layer

# (family, package, file, what it is used for). A file of Noto holds every weight of Latin, Greek and Cyrillic. Amiri
# has Arabic, also the letters of Persian and Urdu; Frank Ruhl Libre has Hebrew.
FONTS = [
    ("Report Serif", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", "font-style: normal"),
    ("Report Serif", "fontpkg_noto_serif", "NotoSerif-Italic[wdth,wght].ttf", "font-style: italic"),
    ("Report Sans", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "font-style: normal"),
    ("Report Arabic", "fontpkg_amiri", "Amiri-Regular.ttf", "font-weight: normal"),
    ("Report Arabic", "fontpkg_amiri", "Amiri-Bold.ttf", "font-weight: bold"),
    ("Report Hebrew", "fontpkg_frank_ruhl_libre", "FrankRuhlLibre[wght].ttf", "font-style: normal"),
]

# Another version may lay the same page out differently; the second number is that of our own changes.
VERSION = f"{weasyprint.__version__} 2"

VARIANT = "pdf/ua-1"
JPEG = "data:image/jpeg;base64,"  # a picture that the report itself holds
PICTURE = "data:image/png;base64,"

# fontTools writes the time of day into every font it cuts down, unless we give it a time
# (https://reproducible-builds.org/specs/source-date-epoch/).
os.environ.setdefault("SOURCE_DATE_EPOCH", "1735689600")


class OnlyOurFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Opens the font files, and pictures that the page itself holds: neither the network nor any other file."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a font. Raises ``PermissionError`` for anything else; the page is laid out without it."""
        if url.startswith(JPEG):
            return URLFetcherResponse(url, b64decode(url.removeprefix(JPEG)), {"Content-Type": "image/jpeg"})
        if url.startswith(PICTURE):
            return URLFetcherResponse(url, b64decode(url.removeprefix(PICTURE)), {"Content-Type": "image/png"})
        path = font_files().get(url)
        if path is None:
            raise PermissionError(f"A report opens nothing from elsewhere: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})


def to_pdf(html: str, style: str, *, identifier: bytes, language: str = "en") -> bytes:
    """Return a tagged PDF (PDF/UA-1, ISO 14289-1) with its fonts inside; the same input gives the same bytes.

    ``language`` is the one in which emoji are named. The page is laid out again if no font had one of its characters.
    """
    made, missing = _laid_out(paper.prepared(html, language), style, identifier)
    if missing:
        made, _still = _laid_out(paper.prepared(html, language, missing), style, identifier)
    return made


def _laid_out(html: str, style: str, identifier: bytes) -> tuple[bytes, frozenset[str]]:
    """Return the PDF of a page, and the characters that no font has."""
    fetcher, fonts = OnlyOurFonts(), FontConfiguration()
    sheet = CSS(string=f"{_font_faces()}\n{style}", font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=html, url_fetcher=fetcher)
    document = page.render(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
    made: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    return made, frozenset().union(*(font.drawn.missing for font in document.fonts.values()))


@cache
def font_files() -> dict[str, Path]:
    """Return where the font files lie, by the address under which a style sheet names them."""
    return {path.as_uri(): path for path in (_path(package, name) for _family, package, name, _use in FONTS)}


def _font_faces() -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; src: url("{_path(package, name).as_uri()}"); {use} }}'
        for family, package, name, use in FONTS
    )


def _path(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The font package {package} is not installed.")
    return Path(spec.origin).parent / "files" / name


text_layer.install()
