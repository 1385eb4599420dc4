from pathlib import Path

import pytest
from PIL import Image

from sources.formats.files import pdq

PICTURES = Path(__file__).parent / "pictures"
# What Meta published with the algorithm: github.com/facebook/ThreatExchange, pdq/python/pdqhashing/tests/pdq_test.py.
PUBLISHED = {
    "small": "0007001f003f003f007f00ff00ff00ff01ff01ff01ff03ff03ff03ff03ff03ff",
    "wee": "6227401f601ff4ccafcc9fad4b0d95d371a2eb7265a3285234d228ca94deeb2d",
    "q0291": "a0fe94f1e5cc1cc8dd855948498dc9243f7ca27336f036d7f212b74bc103c9a7",
    "q1050": "489db672e9190276d452aeab41eba20f02375fe4092d88defdf491a5c55c5f70",
}


def picture(name):
    return Image.open(PICTURES / f"pdq-{name}.jpg")


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_hashes_are_the_published_ones(name):
    assert pdq.of(picture(name)).pdq == PUBLISHED[name]


def test_a_copy_that_was_scaled_and_compressed_is_near_and_another_picture_is_far(tmp_path):
    whole = picture("q1050")
    whole.resize((whole.width // 2, whole.height // 2)).save(tmp_path / "copy.jpg", quality=40)

    assert pdq.distance(pdq.of(Image.open(tmp_path / "copy.jpg")).pdq, PUBLISHED["q1050"]) <= 31
    assert pdq.distance(PUBLISHED["wee"], PUBLISHED["q1050"]) > 90


def test_a_plain_picture_has_little_detail_to_compare():
    assert pdq.of(picture("small")).quality < 50 < pdq.of(picture("wee")).quality


def test_a_picture_of_a_few_points_has_no_hash():
    assert pdq.of(Image.new("RGB", (4, 400))) is None
