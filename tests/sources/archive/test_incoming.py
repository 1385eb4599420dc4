import base64
import hashlib
import io

import pytest

from sources.archive import incoming, storage
from sources.archive.incoming import Incoming, TooLarge

FILM = b"\x00\x00\x00\x18ftypisom" + bytes(1_500_000)


@pytest.fixture(autouse=True)
def _limits(settings, tmp_path):
    settings.UPLOAD_FOLDER, settings.UPLOAD_MEGABYTES, settings.UPLOAD_VIDEO_MEGABYTES = tmp_path / "up", 1, 2


def test_a_file_is_hashed_and_sniffed_as_it_comes(settings):
    found = incoming.received(io.BytesIO(FILM), "film.txt")

    assert (found.size, found.sha256) == (len(FILM), hashlib.sha256(FILM).hexdigest())
    assert found.sha1 == base64.b32encode(hashlib.sha1(FILM, usedforsecurity=False).digest()).decode()
    assert (found.kind.name, found.file.read()) == ("mp4", FILM)
    assert list(settings.UPLOAD_FOLDER.iterdir()) == []  # it has no name: nothing can be left of it


@pytest.mark.parametrize(("body", "most"), [(b"x" * 1_000_001, 1), (FILM + bytes(600_000), 2)])
def test_a_file_is_held_to_the_limit_of_its_kind(body, most):
    with pytest.raises(TooLarge) as caught:
        incoming.received(io.BytesIO(body))

    assert caught.value.megabytes == most


def test_a_disk_without_room_takes_no_file(settings):
    settings.DISK_RESERVE = 10**9

    with pytest.raises(storage.Full):
        Incoming().write(b"x")
