import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from sources.formats.file_text import DAMAGED
from sources.formats.files import picture
from sources.formats.unreadable import Unreadable

PICTURES = Path(__file__).parent / "pictures"
POSITION = "36.200500, 37.134300"


def written(image, kind="JPEG", **more):
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def photograph():
    """Return a JPEG as a phone makes it: lying on its side, with time, place and serial number."""
    exif = Image.Exif()
    exif.update({0x0110: "Arvel Phone 7", 0x0112: 6})
    exif.get_ifd(0x8769).update({0x9003: "2024:12:02 09:30:00", 0xA431: "SN-4711"})
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 12.0, 1.8), 3: "E", 4: (37.0, 8.0, 3.48)})
    return written(Image.new("RGB", (80, 40), (10, 120, 30)), exif=exif)


def facts(body):
    return {fact.name: fact for fact in picture.read(body).facts}


def bomb(width, height):
    """Return a PNG whose head says a size; nothing of it is there."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_exif_data_are_told_with_place_and_serial_number_private():
    told = facts(photograph())

    assert told["Model"].value == "Arvel Phone 7"
    assert not told["DateTimeOriginal"].is_private
    assert told["BodySerialNumber"].is_private
    assert (told["GPSPosition"].value, told["GPSPosition"].is_private) == (POSITION, True)
    assert told["Size"].value == "40 × 80"


def test_a_small_copy_stands_upright_has_no_metadata_and_shows_the_marked_place():
    copy = Image.open(BytesIO(picture.copy(photograph(), 60, (250, 250, 500, 500))))

    assert copy.size == (30, 60)
    assert not copy.getexif()
    red, green, _blue = copy.getpixel((7, 30))
    assert red > green + 30


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "HEIF"])
def test_other_formats_are_read_and_copied(kind):
    body = written(Image.new("RGBA" if kind != "GIF" else "P", (64, 48)), kind)

    assert facts(body)["Size"].value == "64 × 48"
    assert Image.open(BytesIO(picture.copy(body, 32))).size == (32, 24)


@pytest.mark.parametrize("size", [(50_000, 50_000), (60_000, 2_000)])
def test_a_picture_that_says_it_has_billions_of_points_is_refused_before_it_is_unpacked(size):
    with pytest.raises(Unreadable) as refused:
        picture.read(bomb(*size))

    assert refused.value.outcome == "too_large"


@pytest.mark.parametrize("body", [b"", b"GIF89a", b"\xff\xd8\xff", b"<svg onload=x>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_whole_picture_is_unparsable(body):
    with pytest.raises(Unreadable) as refused:
        picture.read(body)

    assert refused.value.outcome == "unparsable"


def test_a_picture_that_ends_early_is_unparsable_when_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)  # WeasyPrint allows it, in the process of this test
    body = written(Image.effect_noise((300, 300), 80), "PNG")

    with pytest.raises(Unreadable):
        picture.copy(body[: len(body) // 2], 100)


def test_damaged_metadata_are_told_and_do_not_hide_the_rest():
    body = photograph().replace(b"MM\0*\0\0\0\x08", b"MM\0*\x7f\xff\xff\xff")
    packet = written(Image.new("RGB", (20, 20)), xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><open")

    assert facts(body)["Format"].value == "JPEG"
    assert [fact.name for fact in picture.read(packet).facts if fact.standard == "xmp"] == [DAMAGED]


def test_an_entity_in_xmp_reads_no_file():
    packet = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x><CreatorTool>&e;</CreatorTool></x>"

    told = picture.read(written(Image.new("RGB", (20, 20)), xmp=packet)).facts

    assert all("root" not in fact.value for fact in told)


def test_content_credentials_tell_the_signer_and_what_was_done():
    told = [fact for fact in picture.read((PICTURES / "signed.jpg").read_bytes()).facts if fact.standard == "c2pa"]
    named = {fact.name: fact.value for fact in told}

    assert named["Signer"] == "C2PA Test Signing Cert – C2PA Signer"
    assert named["MadeWith"] == "Arvel camera 1.2"
    assert [fact.value for fact in told if fact.name == "Action"] == [
        "c2pa.created, digitalCapture",
        "c2pa.cropped, Arvel editor",
    ]
    assert not any("dataHash" in fact.value for fact in told)


def test_content_credentials_of_a_picture_that_was_changed_since_are_broken():
    body = bytearray((PICTURES / "signed.jpg").read_bytes())
    body[-40] ^= 1

    broken = [fact.value for fact in picture.read(bytes(body)).facts if fact.name == "Broken"]

    assert any(value.startswith("assertion.dataHash.mismatch") for value in broken)


def test_damaged_content_credentials_are_told():
    body = (PICTURES / "signed.jpg").read_bytes().replace(b"jumb", b"jxmb")

    told = {(fact.standard, fact.name) for fact in picture.read(body).facts}

    assert ("c2pa", DAMAGED) in told
