"""Glyphs of our own in the fonts of a PDF: the same drawing again under another number, to mean other letters.

In a PDF a number of a glyph means one text, for the whole file (the ToUnicode map, ISO 32000-1, 9.10.3).
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from weasyprint.pdf.fonts import Font

ARGS_ARE_XY_VALUES = 0x0002  # flag of a component (OpenType, glyf); fontTools adds the rest as it writes
LAST_ID = 0xFFFF

# A glyph with the place where it is drawn, to the right and up, in units of the font.
Part = tuple[int, int, int]


@dataclass(frozen=True)
class Drawing:
    """What one number of a glyph draws, how far it moves the pen in units of the font, and what it means."""

    parts: tuple[Part, ...]
    advance: int
    text: str


@dataclass
class DrawnGlyphs:
    """The glyphs added to one font file, numbered from ``first_id`` on."""

    first_id: int
    ids: dict[Drawing, int] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)  # characters that no font had; the box of this one is drawn

    def id_of(self, drawing: Drawing) -> int:
        """Return the number of a glyph; a font that is full gives its last one, and that text cannot be copied."""
        return self.ids.setdefault(drawing, min(self.first_id + len(self.ids), LAST_ID))


class ReadableFont(Font):  # type: ignore[misc]  # WeasyPrint is untyped
    """A font of a PDF with glyphs of our own behind those of its file."""

    def __init__(self, *described: Any) -> None:
        super().__init__(*described)
        self.missing: dict[Any, int]
        self.file_content: bytes
        self.drawn = DrawnGlyphs(self.glyph_count)

    def subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Keep the glyphs that are used, also as a part of one of ours, and the box if it is drawn."""
        used = {number: text for number, text in to_unicode.items() if number < self.glyph_count}
        parts = {part[0]: "" for drawing in self.drawn.ids for part in drawing.parts}
        known = self.missing
        self.missing = {**known, **dict.fromkeys(self.drawn.missing, 0)}
        super().subset({0: "", **parts, **used}, hinting)  # for no glyph at all, the whole font would be kept
        self.missing = known  # for those in it, WeasyPrint writes an encoding that many readers do not understand

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Cut the font down to what is used, then add our own glyphs."""
        super().clean(to_unicode, hinting)
        if self.drawn.ids:
            drawings = {number: drawing for drawing, number in self.drawn.ids.items()}
            self.file_content = with_drawings(self.file_content, drawings)


def with_drawings(content: bytes, drawings: dict[int, Drawing]) -> bytes:
    """Return a TrueType font with composite glyphs at their numbers; numbers between are empty glyphs."""
    font = TTFont(io.BytesIO(content))
    glyphs, widths, names = font["glyf"], font["hmtx"], list(font.getGlyphOrder())
    for number in range(len(names), max(drawings) + 1):
        names.append(f"drawn{number}")
        glyphs.glyphs[names[number]], widths.metrics[names[number]] = Glyph(), (0, 0)
    font.setGlyphOrder(names)
    glyphs.glyphOrder = names
    for number, drawing in drawings.items():
        if drawing.parts:
            glyphs.glyphs[names[number]] = composite = _composite(drawing.parts, names)
            composite.recalcBounds(glyphs)
        widths.metrics[names[number]] = (drawing.advance, getattr(glyphs.glyphs[names[number]], "xMin", 0))
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _composite(parts: tuple[Part, ...], names: list[str]) -> Any:
    composite = Glyph()
    composite.numberOfContours, composite.components = -1, []
    for number, x, y in parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = names[number], x, y, ARGS_ARE_XY_VALUES
        composite.components.append(component)
    return composite
