"""The text layer of a PDF: what each glyph means, so that people can copy, search and hear what is printed.

WeasyPrint lets a glyph mean the first text that it is drawn for. A letter whose mark is a glyph of its own then meant
nothing, in the whole file (https://github.com/Kozea/WeasyPrint/issues/2841). Here each glyph of a line means its own
letters: before WeasyPrint draws a line, glyphs whose number already means something else get a new number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.pdf import stream as streams
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from claims.publishing.exports.pdf.drawn_glyphs import Drawing, Part, ReadableFont

EMPTY, UNKNOWN = pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG

JOINERS = {"\u200c", "\u200d"}  # drawn as nothing, and part of the spelling
SMALLEST = 1e-6  # size of letters below which WeasyPrint draws nothing
HAIR = 0.002  # of the size: how far a mark moves the pen, as some readers lose glyphs without a width
FARTHEST = 16_000  # units of a font that a glyph is moved: its file has 16 bits for the place of each point
MOST_LETTERS = 100  # that one glyph means: a text in a map has 512 bytes at most (Adobe, CMap specification)

# In names of characters that are mirrored in text from right to left.
OPPOSITE = {"LEFT": "RIGHT", "RIGHT": "LEFT", "LESS": "GREATER", "GREATER": "LESS"}


@dataclass
class Run:
    """A piece of a line in one font and one direction, as Pango shaped it."""

    font: ReadableFont
    size: float
    item: Any
    stream: Any
    text: bytes  # of the whole line

    @property
    def rtl(self) -> bool:
        """Say whether the piece is read from right to left; glyphs are always counted from the left."""
        return bool(self.item.item.analysis.level % 2)

    def glyph(self, at: int) -> Any:
        """Return the glyph at a place."""
        return self.item.glyphs.glyphs[at]

    def units(self, length: float) -> int:
        """Return a length of Pango in units of the font, within what a font can hold: marks may be piled up high."""
        units: float = length * FROM_UNITS / self.size * self.font.upem
        return max(-FARTHEST, min(FARTHEST, round(units)))

    def width(self, number: int) -> int:
        """Return how far a glyph moves the pen by itself, in units of Pango."""
        pango.pango_font_get_glyph_extents(
            self.item.item.analysis.font, number, self.stream.ink_rect, self.stream.logical_rect
        )
        return int(self.stream.logical_rect.width)


def install() -> None:
    """Make WeasyPrint draw lines with such a text layer; it fits the version that requirements.txt names."""
    drawing.draw_first_line, streams.Font = _draw_first_line, ReadableFont


ffi.cdef("void pango_glyph_string_set_size(PangoGlyphString *string, gint new_len);")


def _draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
    if textbox.text.strip() and textbox.style["font_size"] >= SMALLEST:
        for run in _runs(stream, textbox):
            _make_room(run)
            for places, text in _clusters(run):
                _tell(run, places, text)
    return _drawn_by_weasyprint(stream, textbox, *rest)


_drawn_by_weasyprint: Callable[..., Any] = drawing.draw_first_line


def _runs(stream: Any, textbox: Any) -> Iterator[Run]:
    """Yield the pieces of a line whose glyphs are outlines: fonts of pictures stay as they are."""
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    line, _rest = textbox.pango_layout.get_first_line()
    text, run = textbox.pango_layout.text.encode(), line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = stream.add_font(item.item.analysis.font)
        # WeasyPrint may have several fonts for one file: the file holds the glyphs of them all.
        font.drawn = next(each.drawn for each in stream._fonts.values() if each.hash == font.hash)  # noqa: SLF001
        if "glyf" in font.tables and not (font.png or font.svg or font.colr):
            yield Run(font, size, item, stream, text)


def _clusters(run: Run) -> Iterator[tuple[list[int], str]]:
    """Yield the places of glyphs that stand together for some letters, and these letters, as they are read."""
    item, glyphs = run.item.item, run.item.glyphs
    places: dict[int, list[int]] = {}
    for at in range(glyphs.num_glyphs):
        places.setdefault(glyphs.log_clusters[at], []).append(at)
    starts = sorted(places)
    for start, end in zip(starts, [*starts[1:], item.length], strict=True):
        text = run.text[item.offset + start : item.offset + end].decode()
        yield (places[start][::-1] if run.rtl else places[start]), text


def _make_room(run: Run) -> None:
    """Put empty glyphs to the left of a ligature, so that each of its letters has one, in text from right to left.

    Readers turn such text round glyph by glyph; those that turn round the letters of a glyph, too, differ in the order.
    """
    wanted: list[tuple[Any, int]] = []
    for places, text in _clusters(run) if run.rtl else ():
        glyphs, cluster = run.item.glyphs, run.item.glyphs.log_clusters[places[0]]
        wanted += [(ffi.new("PangoGlyphInfo *", glyphs.glyphs[at]), cluster) for at in places]
        wanted += [(_empty(), cluster)] * (len(text) - len(places))
    if len(wanted) > run.item.glyphs.num_glyphs:
        pango.pango_glyph_string_set_size(run.item.glyphs, len(wanted))
        for at, (glyph, cluster) in enumerate(reversed(wanted)):
            run.item.glyphs.glyphs[at], run.item.glyphs.log_clusters[at] = glyph[0], cluster


def _empty() -> Any:
    glyph = ffi.new("PangoGlyphInfo *")
    glyph.glyph = EMPTY
    return glyph


def _tell(run: Run, places: list[int], text: str) -> None:
    """Let each glyph mean its letter; glyphs that only together mean something become one."""
    shown = [at for at in places if run.glyph(at).glyph != EMPTY]
    if not shown:
        if text in JOINERS:
            _renumber(run, places[:1], Drawing((), 0, text))
    elif len(shown) == len(text) or (run.rtl and len(shown) < len(text)):
        blank = [at for at in places if at not in shown]
        for at, letter in zip(shown, text, strict=False):
            _tell_together(run, [at], letter)
        for at, letter in zip(blank, text[len(shown) :], strict=False):
            _renumber(run, [at], Drawing((), 0, letter))
    else:
        _tell_together(run, sorted(shown), text)


def _tell_together(run: Run, places: list[int], text: str) -> None:
    """Let the glyphs at some places, counted from the left, mean a text together.

    A glyph where it would stand by itself keeps its number, if that means nothing else. In text from right to left
    all others get one: moves of the pen between glyphs look like spaces to some readers.
    """
    text = text[:MOST_LETTERS]
    first, letters = run.glyph(places[0]), _mirrored(text) if run.rtl else text
    if any(run.glyph(at).glyph & UNKNOWN for at in places):
        _box(run, places, text)
    elif len(places) > 1 or _is_moved(run, first):
        _renumber(run, places, Drawing(_parts(run, places), 0, letters))
    elif run.font.to_unicode.setdefault(first.glyph, letters) != letters:
        first.glyph = _number(run, Drawing(((first.glyph, 0, 0),), run.units(run.width(first.glyph)), letters))


def _is_moved(run: Run, glyph: Any) -> bool:
    """Say whether a glyph stands elsewhere than by itself, or has no width, which some readers take for no letter."""
    if glyph.geometry.y_offset or not glyph.geometry.width:
        return True
    return run.rtl and bool(glyph.geometry.x_offset or glyph.geometry.width != run.width(glyph.glyph))


def _box(run: Run, places: list[int], text: str) -> None:
    """Draw the box of the font in the place of a letter that no font has; the letter can still be copied."""
    run.font.drawn.missing.update(text)
    _renumber(run, places, Drawing(((0, 0, 0),), 0, text))


def _parts(run: Run, places: list[int]) -> tuple[Part, ...]:
    parts, pen = [], 0
    for at in places:
        glyph = run.glyph(at)
        x, y = pen + glyph.geometry.x_offset, -glyph.geometry.y_offset
        parts.append((glyph.glyph, run.units(x), run.units(y)))
        pen += glyph.geometry.width
    return tuple(parts)


def _renumber(run: Run, places: list[int], drawn: Drawing) -> None:
    """Put one glyph in the place of several; it moves the pen as far as they did."""
    width = max(sum(run.glyph(at).geometry.width for at in places), round(HAIR * run.size / FROM_UNITS))
    for at in places:
        glyph = run.glyph(at)
        glyph.glyph, glyph.geometry.width = EMPTY, 0
        glyph.geometry.x_offset = glyph.geometry.y_offset = 0
    first = run.glyph(places[0])
    first.glyph, first.geometry.width = _number(run, replace(drawn, advance=run.units(width))), width


def _number(run: Run, drawn: Drawing) -> int:
    number = run.font.drawn.id_of(drawn)
    run.font.to_unicode[number] = drawn.text
    run.font.widths[number] = round(drawn.advance * 1000 / run.font.upem)
    return number


@cache
def _mirrored(text: str) -> str:
    """Return the character that a mirrored one looks like: readers that turn text from right to left mirror it back."""
    if len(text) != 1 or not unicodedata.mirrored(text):
        return text
    words = unicodedata.name(text).replace("-", " - ").split()
    name = " ".join(OPPOSITE.get(word, word) for word in words).replace(" - ", "-")
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return text
