"""PDFs in four languages, of one and of two columns, with running heads and cut words, and the text that each holds."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import weasyprint

from claims.publishing.exports.pdf.layout import font_files

ARTICLES = Path(__file__).parents[1] / "workbench" / "sample" / "articles"
LANGUAGES = ("en", "fr", "tr", "ar")
HEADS = {"en": "Annual report", "fr": "Rapport annuel", "tr": "Yıllık rapor", "ar": "التقرير السنوي"}
STYLE = """
@page { size: A4; margin: 22mm 20mm;
  @top-center { content: "%(head)s"; font-size: 8pt } @bottom-center { content: counter(page); font-size: 8pt } }
html { font: 10pt/1.45 face0, face3; hyphens: auto; text-align: justify }
h2 { font-size: 13pt; text-align: start; hyphens: manual }
main { columns: %(columns)d; column-gap: 8mm }
p { margin: 0 0 .6em }
"""


class Made(NamedTuple):
    """A PDF and what stands in it, paragraph by paragraph."""

    name: str
    language: str
    columns: int
    pdf: bytes
    gold: str


def made() -> Iterator[Made]:
    """Yield a PDF for each language, in one column and in two, with all articles of the invented press."""
    for language in LANGUAGES:
        articles = list(_articles(language))
        for columns in (1, 2):
            yield Made(f"{language}{columns}", language, columns, _pdf(articles, language, columns), _gold(articles))


def repeated(pdf: bytes, pages: int) -> bytes:
    """Return a PDF of so many pages: those of this one, again and again."""
    source, target = pdfium.PdfDocument(pdf), pdfium.PdfDocument.new()
    while len(target) < pages:
        target.import_pages(source, list(range(min(len(source), pages - len(target)))))
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def _articles(language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the title and the paragraphs of each article in a language."""
    for path in sorted(ARTICLES.glob(f"*.{language}.txt")):
        _nothing, facts, text = path.read_text(encoding="utf-8").split("+++\n", 2)
        paragraphs = [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]
        yield tomllib.loads(facts).get("title", path.stem), paragraphs


def _pdf(articles: list[tuple[str, list[str]]], language: str, columns: int) -> bytes:
    body = "".join(
        f"<h2>{escape(title)}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
        for title, paragraphs in articles
    )
    faces = [f"@font-face {{ font-family: face{at}; src: url('{url}') }}" for at, url in enumerate(font_files())]
    style = " ".join(faces) + STYLE % {"head": HEADS[language], "columns": columns}
    direction = "rtl" if language == "ar" else "ltr"
    html = f'<html lang="{language}" dir="{direction}"><style>{style}</style><main>{body}</main></html>'
    content: bytes = weasyprint.HTML(string=html).write_pdf()
    return content


def _gold(articles: list[tuple[str, list[str]]]) -> str:
    return "\n".join(text for title, paragraphs in articles for text in (title, *paragraphs))
