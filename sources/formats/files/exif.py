"""Tell what the EXIF data of a picture say: camera, times, place; places and what names one device are private."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image

from sources.formats.charset import clean
from sources.formats.file_text import Fact

ORIENTATION = ExifTags.Base.Orientation
ON_ITS_SIDE = {5, 6, 7, 8}
LONGEST = 500  # characters of a value
MOST = 150  # values
# What programs need to unpack the picture, and what holds other formats.
LEFT_OUT = {
    *("ExifOffset", "GPSInfo", "MakerNote", "PrintImageMatching", "InterColorProfile", "XMLPacket", "IPTCNAA"),
    *("BitsPerSample", "PhotometricInterpretation", "ResolutionUnit", "SamplesPerPixel", "XResolution", "YResolution"),
    *("ExifVersion", "ColorSpace", "YCbCrPositioning", "ComponentsConfiguration", "FlashPixVersion", "StripOffsets"),
    *("StripByteCounts", "RowsPerStrip", "Compression", "PlanarConfiguration", "ExifInteroperabilityOffset"),
}
# Who or what made the picture, so that it could be found: kept out of what is published unless a person chooses it.
PRIVATE = (*("Serial", "Owner", "UniqueID", "HostComputer", "GPS", "Artist", "XPAuthor", "DeviceSetting"),)
ENCODED = {"UserComment": 8}  # bytes that name a character set before the text
SEXAGESIMAL = (1, 60, 3600)


def facts(image: Image.Image) -> Iterator[Fact]:
    """Yield what the EXIF data say, place last. Raises anything where they are damaged."""
    found = image.getexif()
    rows = {**_named(found), **_named(found.get_ifd(ExifTags.IFD.Exif))}
    for name, value in list(rows.items())[:MOST]:
        if name not in LEFT_OUT and (text := _written(name, value)):
            yield Fact("exif", name, text, is_private=any(part in name for part in PRIVATE))
    yield from _place(_named(found.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPSTAGS))


def _named(values: Mapping[int, Any], names: Mapping[int, str] = ExifTags.TAGS) -> dict[str, Any]:
    return {names.get(tag, f"0x{tag:04x}"): value for tag, value in values.items()}


def _written(name: str, value: Any) -> str:
    """Return a value as text; empty for what is no text or number."""
    if isinstance(value, bytes):
        value = _decoded(name, value[ENCODED.get(name, 0) :])
    elif isinstance(value, tuple):
        value = ", ".join(_written(name, each) for each in value[:8])
    elif not isinstance(value, (str, int)):
        value = f"{float(value):.6g}"
    return clean(str(value)).strip()[:LONGEST]


def _decoded(name: str, value: bytes) -> str:
    text = value.decode("utf-16-le" if name.startswith("XP") else "utf-8", "replace").strip("\0 ")
    return text if text.isprintable() and "\ufffd" not in text else ""


def _place(rows: dict[str, Any]) -> Iterator[Fact]:
    """Yield where the picture says it was made: in degrees north and east, and its other values on the place."""
    latitude = _degrees(rows, "GPSLatitude", "S")
    longitude = _degrees(rows, "GPSLongitude", "W")
    if latitude is not None and longitude is not None:
        yield Fact("exif", "GPSPosition", f"{latitude:.6f}, {longitude:.6f}", is_private=True)
    told = ("GPSLatitude", "GPSLongitude", "GPSLatitudeRef", "GPSLongitudeRef", "GPSVersionID")
    for name, value in rows.items():
        if name not in told and (text := _written(name, value)):
            yield Fact("exif", name, text, is_private=True)


def _degrees(rows: dict[str, Any], name: str, negative: str) -> float | None:
    parts = rows.get(name)
    if not isinstance(parts, tuple) or len(parts) != len(SEXAGESIMAL):
        return None
    try:
        degrees = sum(float(part) / share for part, share in zip(parts, SEXAGESIMAL, strict=True))
    except (ZeroDivisionError, ValueError):
        return None
    return -degrees if str(rows.get(f"{name}Ref", "")).upper().startswith(negative) else degrees
