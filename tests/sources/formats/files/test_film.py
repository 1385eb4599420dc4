import struct
import wave
from io import BytesIO

import pytest

from sources.formats.file_text import DAMAGED
from sources.formats.files import film


def sound(seconds=3):
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(8000 * seconds))
    return out.getvalue()


def box(kind, content):
    return struct.pack(">I", 8 + len(content)) + kind + content


def clip(*more):
    """Return an MP4 without pictures whose head says: made on 2 December 2024, 62.5 seconds, 640 × 360, in Aleppo."""
    head = struct.pack(">IIIII", 0, 3_815_976_600, 0, 1000, 62_500) + bytes(80)
    track = bytes(76) + struct.pack(">II", 640 << 16, 360 << 16)
    place = box(b"\xa9xyz", b"\0\x12\x15\xc7+36.2005+037.1343/")
    movie = box(b"mvhd", head) + box(b"trak", box(b"tkhd", track)) + box(b"udta", place)
    return box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", bytes(100)) + box(b"moov", movie) + b"".join(more)


def facts(body, name=""):
    return {fact.name: fact for fact in film.read(body, name).facts}


def test_a_sound_tells_how_long_it_is():
    told = film.read(sound())

    assert film.seconds(told.facts) == 3.0
    assert told.text == ""


def test_a_film_tells_when_and_where_it_was_made_and_the_place_is_private():
    told = facts(clip())

    assert told["Length"].value == "0:01:02.5"
    assert told["CreationTime"].value == "2024-12-02T09:30:00Z"
    assert told["Size"].value == "640 × 360"
    assert (told["Place"].value, told["Place"].is_private) == ("36.200500, 37.134300", True)


def test_a_title_in_the_tags_is_told():
    frame = b"\0The bridge"
    tag = b"TIT2" + struct.pack(">I", len(frame)) + b"\0\0" + frame
    body = b"ID3\x03\0\0\0\0\0" + bytes([len(tag)]) + tag + b"\xff\xfb\x90\x00" + bytes(4000)

    assert facts(body, "a.mp3")["Title"].value == "The bridge"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"ID3\x04\0\0\x7f\x7f\x7f\x7f", b"OggS" + bytes(40), b"fLaC\xff\xff\xff\xff"),
        *(sound()[:30], clip()[:180], box(b"ftyp", b"isom") + struct.pack(">I", 3) + b"moov"),
    ],
)
def test_damaged_heads_and_tags_raise_nothing(body):
    assert film.read(body).text == ""


def test_a_damaged_box_is_told():
    body = clip()
    told = film.read(body.replace(b"mvhd", b"mvhd", 1)[: body.index(b"mvhd") + 20]).facts

    assert ("mp4", DAMAGED) in {(fact.standard, fact.name) for fact in told}
