"""PDFs in four languages, of one and two columns, with tables, running heads and cut words, and the text of each."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import weasyprint

from benchmarks import pdf_cells
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
table { width: 100%%; border-collapse: collapse; margin-block-end: 1em; hyphens: manual }
td { text-align: start; padding: .2em 0; width: 33%% }
.new { break-before: page }
.beside { width: 47%%; float: inline-start } .beside + p { margin-inline-start: 53%% }
"""
# Of each language: the heads of a table of losses, its caption, and places; the numbers are the same in all.
TABLES = {
    "en": (("District", "Killed", "Wounded"), "Losses by district", ("Halem", "Ostra", "Lower Vell", "Total")),
    "fr": (("District", "Tués", "Blessés"), "Pertes par district", ("Halem", "Ostra", "Vell-le-Bas", "Total")),
    "tr": (("İlçe", "Ölü", "Yaralı"), "İlçelere göre kayıplar", ("Halem", "Ostra", "Aşağı Vell", "Toplam")),
    "ar": (("المنطقة", "القتلى", "الجرحى"), "الخسائر حسب المنطقة", ("حلم", "أسترا", "فيل السفلى", "المجموع")),
}
LOSSES = ((42, 118), (17, 63), (8, 29), (67, 210))


class Made(NamedTuple):
    """A PDF and what stands in it, paragraph by paragraph."""

    name: str
    language: str
    columns: int
    pdf: bytes
    gold: str
    rows: tuple[str, ...] = ()  # of its tables with cells of several lines: the words of each row


def made() -> Iterator[Made]:
    """Yield a PDF for each language, in one column and in two, with all articles of the invented press."""
    for language in LANGUAGES:
        articles = list(_articles(language))
        for columns in (1, 2):
            yield Made(f"{language}{columns}", language, columns, _pdf(articles, language, columns), _gold(articles))
        yield Made(f"{language}-table", language, 2, *_with_table(articles[:3], language))
        for way, body, gold, rows in pdf_cells.tables(articles[0][1], language):
            yield Made(f"{language}-{way}", language, 1, _printed(body, language, 1), gold, tuple(rows))


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
    return _printed(f"<main>{_markup(articles)}</main>", language, columns)


def _with_table(articles: list[tuple[str, list[str]]], language: str) -> tuple[bytes, str]:
    """Return a PDF with a table over two columns of text, and one beside text; and what it says."""
    heads, caption, places = TABLES[language]
    rows = [heads, *((place, *map(str, numbers)) for place, numbers in zip(places, LOSSES, strict=True))]
    table = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    table = f"<table>{table}</table>"
    beside = articles[-1][1][0]
    body = f"<h2>{escape(caption)}</h2>{table}<main>{_markup(articles)}</main>"
    body += f'<h2 class="new">{escape(heads[0])}</h2><div class="beside">{table}</div><p>{escape(beside)}</p>'
    told = "\n".join(" ".join(row) for row in rows)
    return _printed(body, language, 2), "\n".join([caption, told, _gold(articles), heads[0], told, beside])


def _markup(articles: list[tuple[str, list[str]]]) -> str:
    return "".join(
        f"<h2>{escape(title)}</h2>" + "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
        for title, paragraphs in articles
    )


def _printed(body: str, language: str, columns: int) -> bytes:
    faces = [f"@font-face {{ font-family: face{at}; src: url('{url}') }}" for at, url in enumerate(font_files())]
    style = " ".join(faces) + STYLE % {"head": HEADS[language], "columns": columns}
    direction = "rtl" if language == "ar" else "ltr"
    html = f'<html lang="{language}" dir="{direction}"><style>{style}</style>{body}</html>'
    content: bytes = weasyprint.HTML(string=html).write_pdf()
    return content


def _gold(articles: list[tuple[str, list[str]]]) -> str:
    return "\n".join(text for title, paragraphs in articles for text in (title, *paragraphs))
