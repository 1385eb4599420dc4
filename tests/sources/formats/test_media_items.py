import pytest

from sources.formats.media_items import is_media_alone

SOUND = {"href": "https://a.example/1.mp3", "type": "audio/mpeg"}


@pytest.mark.parametrize(
    ("row", "alone"),
    [
        ({"enclosures": [SOUND]}, True),
        ({"link": "https://a.example/1.mp3", "enclosures": [SOUND]}, True),
        ({"link": "https://a.example/1.M4A?x=1"}, True),
        ({"link": "https://a.example/1.mp4"}, True),
        (
            {
                "link": "https://a.example/file/1",
                "enclosures": [{"href": "https://a.example/file/1", "type": "video/mp4"}],
            },
            True,
        ),
        ({"attachments": [{"url": "https://a.example/1", "mime_type": "audio/ogg"}]}, True),
        ({"link": "https://a.example/episode/1", "enclosures": [SOUND]}, False),
        ({"url": "https://a.example/episode/1", "attachments": [{"url": "x", "mime_type": "audio/ogg"}]}, False),
        ({"enclosures": [{"href": "https://a.example/1.jpg", "type": "image/jpeg"}]}, False),
        ({"link": "http://[broken.mp3"}, False),
        ({"title": "nothing"}, False),
        ({"enclosures": "no list"}, False),
    ],
)
def test_an_item_that_names_a_file_of_sound_or_video_and_no_page_is_media_alone(row, alone):
    assert is_media_alone(row) is alone
