import os

import pytest

from sources.capturing import drawn_pictures
from tests.refusing import refused


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(drawn_pictures, "FOLDER", tmp_path / "pictures")


def draws(times, content=b"picture"):
    def draw():
        times.append(1)
        if content is None:
            raise ValueError
        return content

    return draw


def drawn(draw, key="page 1", **how):
    return drawn_pictures.drawn(key, draw, (ValueError,), **{"waits": False, **how})


@pytest.mark.parametrize(("keeps", "often"), [(True, 1), (False, 2)])
def test_a_picture_that_many_ask_for_is_drawn_once(keeps, often):
    times = []

    assert [drawn(draws(times), keeps=keeps) for _time in range(2)] == [b"picture"] * 2
    assert len(times) == often


def test_a_picture_that_cannot_be_drawn_is_tried_again_after_a_while_only(tmp_path):
    times = []
    for _time in range(3):
        with pytest.raises(drawn_pictures.NotDrawn):
            drawn(draws(times, None))
    assert len(times) == 1

    (kept,) = (tmp_path / "pictures").iterdir()
    os.utime(kept, (1, 1))

    assert drawn(draws(times)) == b"picture"


def test_who_comes_while_one_is_drawn_is_asked_to_come_again():
    def busy():
        with refused(drawn_pictures.BUSY):
            drawn(lambda: b"", key="second")
        return b"first"

    assert drawn(busy, key="first") == b"first"
    assert drawn(lambda: b"second", key="second") == b"second"
