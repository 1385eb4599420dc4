"""Read pictures: what they say of themselves (EXIF, XMP), who signed them (C2PA), and make small copies to show."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw, ImageOps

from sources.formats.file_text import DAMAGED, Fact, FileText
from sources.formats.files import credentials, exif, xmp
from sources.formats.unreadable import Unreadable

MOST_PIXELS = 60_000_000  # that are unpacked: four bytes each; a JPEG is unpacked smaller, so it may have more
MOST_PIXELS_SAID = 400_000_000  # of a JPEG
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "HEIF": "image/heic"}
FORMATS = (*TYPES, "AVIF", "BMP", "TIFF")
COPY, COPY_QUALITY = "JPEG", 82
WHITE, MARK, EDGE = (255, 255, 255), (214, 40, 40), (255, 255, 255)
LONGEST_MARK = 1000  # places in a picture are thousandths of its width and height

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_SAID
warnings.filterwarnings("ignore", module="PIL")  # of pictures whose metadata are odd; the reader says so itself


def read(body: bytes, _name: str = "") -> FileText:
    """Return what a picture says of itself. It has no text. Raises ``Unreadable`` for what is no whole picture."""
    image = opened(body)
    width, height = upright_size(image)
    facts = [
        Fact("file", "Format", image.format or ""),
        Fact("file", "Size", f"{width} × {height}"),
        *(Fact("file", "Frames", str(frames)) for frames in [getattr(image, "n_frames", 1)] if frames > 1),
        *_said("exif", lambda: exif.facts(image)),
        *_said("xmp", lambda: xmp.facts(_packet(image))),
        *_said("c2pa", lambda: credentials.facts(body, TYPES.get(image.format or "", ""))),
    ]
    return FileText(facts=tuple(facts), note="A picture has no text.")


def opened(body: bytes) -> Image.Image:
    """Return a picture before its points are unpacked. Raises ``Unreadable``, also for one with too many points."""
    try:
        image = Image.open(BytesIO(body), formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise Unreadable("too_large", "The picture has more points than we unpack.") from bomb
    except Exception as problem:
        raise Unreadable("unparsable", "The picture is damaged, or it is no picture.") from problem
    most = MOST_PIXELS_SAID if image.format in ("JPEG", "MPO") else MOST_PIXELS
    if image.width * image.height > most:
        raise Unreadable("too_large", f"The picture says that it has {image.width} × {image.height} points.")
    return image


def small(body: bytes, side: int) -> Image.Image:
    """Return a picture the right way up, on white, with at most so many points a side. Raises ``Unreadable``."""
    image = opened(body)
    try:
        image.draft("RGB", (side, side))
        if image.width * image.height > MOST_PIXELS:
            raise Unreadable("too_large", "The picture has more points than we unpack.")
        image.thumbnail((side, side), reducing_gap=2.0)
        image = ImageOps.exif_transpose(image)
        return _on_white(image)
    except MemoryError as problem:
        raise Unreadable("too_large", "The picture needs more memory than we give it.") from problem
    except (OSError, ValueError, SyntaxError, TypeError, ArithmeticError, LookupError, EOFError) as problem:
        raise Unreadable("unparsable", "The picture is damaged: it cannot be unpacked.") from problem


def copy(body: bytes, side: int, mark: Iterable[int] = ()) -> bytes:
    """Return a small JPEG of a picture without its metadata, with a marked place (x, y, width, height in ‰)."""
    image = small(body, side)
    if box := tuple(mark):
        _draw(image, box)
    out = BytesIO()
    image.save(out, COPY, quality=COPY_QUALITY, optimize=True)
    return out.getvalue()


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height of a picture as it is shown: its EXIF may say that it lies on its side."""
    try:
        lies = image.getexif().get(exif.ORIENTATION) in exif.ON_ITS_SIDE
    except Exception:  # noqa: BLE001 -- EXIF that is damaged; the reader says so
        lies = False
    return (image.height, image.width) if lies else image.size


def _said(standard: str, asked: Callable[[], Iterable[Fact]]) -> list[Fact]:
    """Return the metadata of one standard, or that they are damaged: the rest of the picture is shown all the same."""
    try:
        return list(asked())
    except Exception:  # noqa: BLE001 -- parsers of metadata raise anything
        return [Fact(standard, DAMAGED, "")]


def _packet(image: Image.Image) -> bytes:
    found: Any = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return found.encode() if isinstance(found, str) else bytes(found)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        flat = Image.new("RGB", layered.size, WHITE)
        flat.paste(layered, mask=layered)
        return flat
    return image.convert("RGB")


def _draw(image: Image.Image, box: tuple[int, ...]) -> None:
    left, top, width, height = box
    across, down = (image.width - 1) / LONGEST_MARK, (image.height - 1) / LONGEST_MARK
    corners = [left * across, top * down, (left + width) * across, (top + height) * down]
    line = max(2, min(image.size) // 120)
    draw = ImageDraw.Draw(image)
    draw.rectangle(corners, outline=EDGE, width=line * 2)
    draw.rectangle(corners, outline=MARK, width=line)
