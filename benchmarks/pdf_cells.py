"""Tables whose cells have several lines, in four languages: ruled, ruled between rows only, spaced, and tight."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

Rows = tuple[tuple[str, ...], ...]

# Of each language: the head and the rows of a table; the second column has the numbers.
CELLS: dict[str, Rows] = {
    "en": (
        ("District and its villages", "People killed", "Where the number is from"),
        ("Halem with the villages on the northern bank of the river", "42", "Civil registry of the district"),
        ("Ostra", "17", "Two hospitals, which count only those who died there until 3 May"),
        ("Lower Vell, without the port", "8", "A list that the mayor read on local radio"),
        ("All districts of the province together", "67", "Added by the ministry"),
    ),
    "fr": (
        ("District et ses villages", "Personnes tuées", "D’où vient le nombre"),
        ("Halem avec les villages de la rive nord du fleuve", "42", "État civil du district"),
        ("Ostra", "17", "Deux hôpitaux, qui ne comptent que les morts survenues chez eux avant le 3 mai"),
        ("Vell-le-Bas, sans le port", "8", "Une liste que le maire a lue à la radio locale"),
        ("Tous les districts de la province ensemble", "67", "Somme établie par le ministère"),
    ),
    "tr": (
        ("İlçe ve köyleri", "Ölen kişiler", "Sayının geldiği yer"),
        ("Halem ile nehrin kuzey kıyısındaki köyler", "42", "İlçe nüfus müdürlüğü"),
        ("Ostra", "17", "3 Mayıs’a kadar yalnızca kendilerinde ölenleri sayan iki hastane"),
        ("Aşağı Vell, liman dışında", "8", "Belediye başkanının yerel radyoda okuduğu liste"),
        ("İlin bütün ilçeleri birlikte", "67", "Bakanlığın topladığı sayı"),
    ),
    "ar": (
        ("المنطقة وقراها", "عدد القتلى", "مصدر الرقم"),
        ("حلم مع القرى الواقعة على الضفة الشمالية للنهر", "42", "السجل المدني في المنطقة"),
        ("أسترا", "17", "مستشفيان لا يحصيان إلا من مات فيهما حتى الثالث من مايو"),
        ("فيل السفلى من دون الميناء", "8", "قائمة قرأها رئيس البلدية في الإذاعة المحلية"),
        ("جميع مناطق المحافظة معا", "67", "جمعته الوزارة"),
    ),
}
# How tables are drawn: all rules; rules between the rows alone; only space between rows; the same leading everywhere.
WAYS = {
    "ruled": "td { border: .6pt solid black; padding: .3em }",
    "lines": "td { border-block: .5pt solid gray; padding: .3em; vertical-align: middle }",
    "shaded": "td { padding: .35em } tr:nth-child(odd) { background: #e4e4ec }",
    "spaced": "td { padding: .4em .6em }",
    "tight": "td { padding: 0 .6em }",
}
STYLE = """
@page { @top-center { content: none } @bottom-center { content: none } }
table { border-collapse: collapse; margin-block: 1em; hyphens: manual; width: 72% }
td { text-align: start; vertical-align: top } td:nth-child(1) { width: 26% } td:nth-child(2) { width: 18% }
"""


def tables(paragraphs: list[str], language: str) -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield how a table is drawn, a page with text around it, what the page says, and the rows of the table."""
    rows = CELLS[language]
    markup = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    before, after = paragraphs[:2]
    told = [" ".join(row) for row in rows]
    for way, style in WAYS.items():
        body = f"<style>{STYLE}{style}</style><p>{escape(before)}</p><table>{markup}</table><p>{escape(after)}</p>"
        yield way, body, "\n".join([before, *told, after]), told
