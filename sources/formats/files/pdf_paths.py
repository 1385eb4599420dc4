"""The paths that a page of a PDF draws, as pdfium finds them: their boxes, of which ``pdf_rules`` makes lines."""

from __future__ import annotations

from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sources.formats.files.glyph import Box

MOST_PATHS = 2_000  # on a page; one with more is a drawing or a map


def boxes_of(page: pdfium.PdfPage) -> list[Box]:
    """Return the boxes of the paths that a page draws itself, in its points; none where they are a drawing."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=1)
    found = [path.get_bounds() for path in islice(paths, MOST_PATHS + 1)]
    return found if len(found) <= MOST_PATHS else []
