"""Lay out a page as a PDF with WeasyPrint and the fonts we ship; nothing else is loaded."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path

import weasyprint
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# (family, package, file, what it is used for). A file of Noto holds every weight of Latin, Greek and Cyrillic. Arabic
# is in Amiri, whose words can be copied out: Noto Sans Arabic makes its letters of parts, and a copy had only those.
FONTS = [
    ("Report Serif", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", "font-style: normal"),
    ("Report Serif", "fontpkg_noto_serif", "NotoSerif-Italic[wdth,wght].ttf", "font-style: italic"),
    ("Report Sans", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "font-style: normal"),
    ("Report Arabic", "fontpkg_amiri", "Amiri-Regular.ttf", "font-weight: normal"),
    ("Report Arabic", "fontpkg_amiri", "Amiri-Bold.ttf", "font-weight: bold"),
]

VERSION: str = weasyprint.__version__  # another version may lay the same page out differently

# fontTools writes the time of day into every font it cuts down, unless we give it a time
# (https://reproducible-builds.org/specs/source-date-epoch/).
os.environ.setdefault("SOURCE_DATE_EPOCH", "1735689600")


class OnlyOurFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Opens the font files and nothing else: neither the network nor any other file."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a font. Raises ``PermissionError`` for anything else; the page is laid out without it."""
        path = font_files().get(url)
        if path is None:
            raise PermissionError(f"A report opens nothing from elsewhere: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})


def to_pdf(html: str, style: str, *, identifier: bytes) -> bytes:
    """Return a tagged PDF (PDF/UA-1, ISO 14289-1) with its fonts inside; the same input gives the same bytes."""
    fetcher, fonts = OnlyOurFonts(), FontConfiguration()
    sheet = CSS(string=f"{_font_faces()}\n{style}", font_config=fonts, url_fetcher=fetcher)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_identifier=identifier
    )
    return made


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
