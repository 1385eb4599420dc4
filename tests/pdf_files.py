"""PDFs to read: pages written by hand in Helvetica, scans, forms, and pages that a layout program set."""

from __future__ import annotations

import io
import zlib

import pypdf
import pypdfium2 as pdfium
import pytest
from pypdf.generic import RectangleObject

try:
    import weasyprint

    from claims.publishing.exports.pdf import layout
except OSError:
    weasyprint = None

needs_pango = pytest.mark.skipif(weasyprint is None, reason="no pango: apt-get install libpangoft2-1.0-0")

Line = tuple[float, float, str]  # from the left, from the bottom, words

PARAGRAPHS = {
    "en": "The ministry confirmed on Monday that 39 villages were evacuated. An efficient office is difficult to find.",
    "fr": "Le ministère a confirmé lundi l’évacuation de 39 villages. « Peut-être », a dit l’officier, « 12,4 % ».",
    "tr": "Bakanlık, Diyarbakır’ın 39 köyünün boşaltıldığını açıkladı. Şırnak’ta ışık yok; öğrenciler bekliyor.",
    "ar": "أكدت الوزارة إخلاء 39 قرية في عام 2023، وقالت المتحدثة (BBC News) إن التضخم انخفض إلى 12.4% لا الأرقام.",
}


def written(*pages: list[Line], size: float = 10, facts: str = "", extra: str = "") -> bytes:
    """Return a PDF with these lines on its pages, in WinAnsi; ``facts`` are entries of its information dictionary."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< {facts} >>")
    kids = []
    for lines in pages:
        text = "".join(f"1 0 0 1 {x} {y} Tm ({words}) Tj\n" for x, y, words in lines)
        content = f"BT /F1 {size} Tf {extra}\n{text}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _file(objects)


def ruled(across: list[float], down: list[float]) -> str:
    """Return what draws the rules of a table from these places to the left and from the bottom, for ``extra``."""
    lying = [f"{across[0]} {at} m {across[-1]} {at} l S" for at in down]
    upright = [f"{at} {down[0]} m {at} {down[-1]} l S" for at in across]
    return " ".join(["ET", *lying, *upright, "BT"])


def squares(places: list[tuple[float, float]], size: float = 9) -> str:
    """Return what draws boxes to tick at these places, for ``extra``."""
    return " ".join(["ET", *(f"{x} {y} {size} {size} re S" for x, y in places), "BT"])


def laid_out(language: str, *, columns: int = 1, times: int = 12, head: str = "", style: str = "") -> bytes:
    """Return a PDF with a paragraph of a language again and again, as WeasyPrint lays it out with cut words."""
    direction = "rtl" if language == "ar" else "ltr"
    sheet = (
        f"{_faces()} @page {{ size: A5; margin: 15mm; @top-center {{ content: '{head}' }}"
        f"@bottom-center {{ content: {_number(head)} }} }} main {{ columns: {columns} }}"
        "html { font: 9pt/1.4 serif0, serif3, serif; hyphens: auto; text-align: justify }"
    )
    body = "".join(f"<p>{PARAGRAPHS[language]}</p>" for _time in range(times))
    html = f"<html lang={language} dir={direction}><style>{sheet}{style}</style><main>{body}</main>"
    made: bytes = weasyprint.HTML(string=html).write_pdf()
    return made


def scanned(pages: int = 1) -> bytes:
    """Return a PDF whose pages are pictures."""
    document = pdfium.PdfDocument.new()
    for _page in range(pages):
        page = document.new_page(200, 300)
        bitmap = pdfium.PdfBitmap.new_native(20, 30, 4)
        bitmap.fill_rect((200, 200, 200, 255), 0, 0, 20, 30)
        picture = pdfium.PdfImage.new(document)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pdfium.PdfMatrix().scale(180, 280))
        page.insert_obj(picture)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def turned(body: bytes, turn: int) -> bytes:
    """Return a PDF whose pages are drawn on their side, and turned upright for the reader."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(body))
    for page in writer.pages:
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        moves = {90: (high, 0), 180: (wide, high), 270: (0, wide)}
        page.add_transformation(pypdf.Transformation().rotate(turn).translate(*moves[turn]))
        sides = (0, 0, wide, high) if turn == 180 else (0, 0, high, wide)
        page.mediabox = page.cropbox = RectangleObject(sides)
        page.rotate(turn)
    return _saved(writer)


def locked(body: bytes, password: str) -> bytes:
    """Return a PDF that opens with a password, or without one where only changes are locked."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(body))
    writer.encrypt(password, "owner")
    return _saved(writer)


def labelled(body: bytes, first: str) -> bytes:
    """Return a PDF whose pages are numbered in small Roman numbers, or from another number on."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(body))
    writer.set_page_label(0, len(writer.pages) - 1, style=first)
    return _saved(writer)


def with_field(name: str, value: str) -> bytes:
    """Return a PDF with a form: a field of this name that somebody has filled in."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DA (/F1 10 Tf) >> >>",
        "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    fonts = "/Resources << /Font << /F1 3 0 R >> >>"
    objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {fonts} /Contents 5 0 R /Annots [6 0 R] >>")
    content = f"BT /F1 10 Tf 1 0 0 1 60 700 Tm ({name}:) Tj ET"
    objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    where = "/Rect [115 695 300 712] /F 4 /DA (/F1 10 Tf)"
    objects.append(f"<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /V ({value}) {where} >>")
    return _file(objects)


def bomb(megabytes: int) -> bytes:
    """Return a PDF of a page whose content is small when packed and very large when unpacked."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"q Q " * 250_000) for _each in range(megabytes)) + packer.flush()
    head = b"%PDF-1.4\n"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, each) for at, each in enumerate(objects, start=1))
    return head + body + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def _faces() -> str:
    """Return the fonts of our reports as styles: serif0 has Latin letters, serif3 Arabic ones."""
    fonts = enumerate(layout.font_files())
    return " ".join(f"@font-face {{ font-family: serif{at}; src: url('{address}') }}" for at, address in fonts)


def _number(head: str) -> str:
    return "counter(page)" if head else "''"


def _file(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    info = "/Info 4 0 R" if len(objects) > 3 and not objects[3].startswith("<< /Type") else ""
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R {info} >>\n"
    return out + f"{tail}startxref\n{len(out)}\n%%EOF\n".encode()


def _saved(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
