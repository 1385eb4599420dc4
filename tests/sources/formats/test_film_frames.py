import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image

from sources.formats import film_frames

needs_ffmpeg = pytest.mark.skipif(not film_frames.is_possible(), reason="no ffmpeg: apt-get install ffmpeg")


@pytest.fixture
def film(tmp_path):
    """A film of two seconds, red and then blue, made by ffmpeg."""
    path = tmp_path / "film.mp4"
    colors = ["-f", "lavfi", "-i", "color=red:s=320x180:d=1", "-f", "lavfi", "-i", "color=blue:s=320x180:d=1"]
    made = [shutil.which("ffmpeg"), "-loglevel", "error", *colors, "-filter_complex", "concat=n=2", "-c:v", "mpeg4"]
    subprocess.run([*made, str(path)], check=True)
    return path


@needs_ffmpeg
@pytest.mark.parametrize(("seconds", "strongest"), [(0.2, 0), (1.5, 2)])
def test_a_still_shows_the_film_at_its_time(film, seconds, strongest):
    image = Image.open(BytesIO(film_frames.still(film, seconds)))

    middle = image.convert("RGB").getpixel((160, 90))
    assert (image.size, middle.index(max(middle))) == ((320, 180), strongest)


@needs_ffmpeg
def test_a_playlist_that_names_other_files_and_what_is_no_film_give_nothing(tmp_path):
    for text in ("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "ffconcat version 1.0\nfile /etc/passwd\n", "no film"):
        (tmp_path / "list.mp4").write_text(text)

        assert film_frames.still(tmp_path / "list.mp4", 0) == b""


def test_without_ffmpeg_there_is_no_still(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert film_frames.still(tmp_path / "film.mp4", 0) == b""
