import shutil
import subprocess
from datetime import timedelta
from io import BytesIO

import pytest

from sources.capturing import bringing, drawn_pictures
from sources.formats import film_frames
from sources.proving import playback
from tests import make
from tests.refusing import refused
from tests.sources.formats.files.test_film import sound
from tests.sources.formats.test_film_frames import needs_ffmpeg

pytestmark = pytest.mark.django_db

APP = "http://desk.example"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path
    settings.ARCHIVE_HOST = "archive.example"


@pytest.fixture
def recording():
    return bringing.bring(BytesIO(sound()), "mayor.wav", by=make.reporter()).captures.get()


def token(capture, to=None):
    return playback.address(capture, APP, to=to or make.reporter()).removeprefix("http://archive.example/media/")


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("", 0, 24044),
        ("bytes=0-", 0, 24044),
        ("bytes=100-199", 100, 200),
        ("bytes=-44", 24000, 24044),
        ("bytes=24000-99999", 24000, 24044),
        ("bytes=0-1,5-6", 0, 24044),
        ("lines=1-2", 0, 24044),
    ],
)
def test_the_range_that_is_asked_for_is_given(recording, asked, start, stop):
    piece = playback.piece(token(recording), asked)

    assert b"".join(piece.content) == sound()[start:stop]
    assert (piece.start, piece.end, piece.size, piece.media_type) == (start, stop - 1, 24044, "audio/wav")


def test_a_range_behind_the_end_is_refused(recording):
    with refused("range"):
        playback.piece(token(recording), "bytes=24044-")


def test_only_what_we_signed_is_played_and_not_for_ever(recording, monkeypatch):
    with refused("not_found"):
        playback.piece("made-up", "")
    with refused("not_found"):
        playback.piece(token(make.capture(content_type="text/html")), "")
    monkeypatch.setattr(playback, "LASTS", timedelta(seconds=-1))
    with refused("expired"):
        playback.piece(token(recording), "")


def test_an_address_ends_with_the_account_that_it_was_given_to(recording):
    person = make.reporter()
    given = token(recording, to=person)
    assert playback.piece(given, "").size == recording.size

    person.is_active = False
    person.save()

    with refused("not_found"):
        playback.piece(given, "")


@needs_ffmpeg
def test_a_film_has_a_still_that_is_taken_once(monkeypatch, tmp_path):
    path = tmp_path / "film.mp4"
    color = ["-f", "lavfi", "-i", "color=red:s=320x180:d=0.4", "-c:v", "mpeg4"]
    subprocess.run([shutil.which("ffmpeg"), "-loglevel", "error", *color, str(path)], check=True)
    monkeypatch.setattr(drawn_pictures, "FOLDER", tmp_path / "pictures")
    film = bringing.bring(BytesIO(path.read_bytes()), "film.mp4", by=make.reporter()).captures.get()

    first = playback.poster(film)
    monkeypatch.setattr(film_frames, "still", lambda *_asked: b"")

    assert first.startswith(b"\xff\xd8")
    assert playback.poster(film) == first


def test_sound_has_no_still(recording, monkeypatch, tmp_path):
    monkeypatch.setattr(drawn_pictures, "FOLDER", tmp_path / "pictures")

    with refused("no_picture"):
        playback.poster(recording)
