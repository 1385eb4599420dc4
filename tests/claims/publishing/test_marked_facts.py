from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image

from claims.publishing import marked_facts, media_facts
from claims.publishing.exports.claimreview import media_review
from claims.publishing.exports.page import sentences
from sources.capturing import bringing, drawn_pictures
from sources.models import Passage, Reading
from sources.reading import marking, noting, reading
from tests import make
from tests.sources.formats.files.test_picture import photograph
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

NOTE = "The pylon stands."
CUES = [
    {"kind": "cue", "start": 0, "end": 10, "at": "00:01:02.000 --> 00:01:05.500"},
    {"kind": "cue", "start": 11, "end": 40, "at": "00:01:05.500 --> 00:01:10.000"},
]


@pytest.fixture
def picture(settings, tmp_path, monkeypatch):
    settings.UPLOAD_FOLDER = settings.ARCHIVE_FOLDER = tmp_path
    monkeypatch.setattr(drawn_pictures, "FOLDER", tmp_path)  # which pictures could not be drawn is kept for an hour
    document = bringing.bring(BytesIO(photograph()), "bridge.jpg", by=make.reporter())
    drain(Reading.objects.all(), reading.read)
    return document


def test_a_marked_region_is_told_with_the_picture_in_which_it_is_drawn(picture):
    passage = marking.mark_region(
        picture.captures.get(), by=make.reporter(), note=NOTE, left=100, top=200, width=300, height=400
    )

    facts = marked_facts.of(Passage.objects.select_related("marked").get(pk=passage.pk))

    assert facts["region"] == [100, 200, 300, 400]
    drawn = Image.open(BytesIO(b64decode(facts["jpeg"])))
    assert (drawn.size, dict(drawn.getexif())) == ((40, 80), {})


def test_a_note_on_no_region_of_a_picture_is_told_with_the_whole_picture(picture):
    passage = noting.note(picture, NOTE, by=make.reporter())

    facts = marked_facts.of(passage)

    assert list(facts) == ["jpeg"]
    drawn = Image.open(BytesIO(b64decode(facts["jpeg"])))
    assert (drawn.size, dict(drawn.getexif())) == ((40, 80), {})


def test_without_its_picture_a_note_is_told_alone(picture):
    passage = noting.note(picture, NOTE, by=make.reporter())
    for file in Path(settings.ARCHIVE_FOLDER).rglob("*.warc*"):
        file.unlink()

    assert marked_facts.of(passage) is None


def test_times_are_told_of_a_marked_range_and_of_a_transcript():
    marked = make.marked_place(begins=62_000, ends=70_000).passage
    spoken = make.passage("The bridge was closed on Monday.", parts=CUES)

    assert marked_facts.of(marked) == {"times": "0:01:02–0:01:10"}
    assert marked_facts.of(spoken) == {"times": "0:01:02–0:01:10"}
    assert marked_facts.of(make.passage()) is None


def test_a_claim_that_appeared_as_a_picture_has_a_media_review(picture):
    media = media_facts.of_document(picture)
    desk = {"name": "Desk of Arvel", "url": "https://desk.example"}
    imprint = {"address": "https://desk.example/1", "frozen_at": "2024-12-03T", "language": "en", "desk": desk}
    seen = {"media": media, "url": picture.url, "brought": {"said_url": "https://x.example/1"}, "appeared_at": None}

    (review,) = media_review.of({"report": imprint, "appearances": [seen, {"media": None}]})

    (item,) = review["itemReviewed"]["mediaItemAppearance"]
    assert (item["@type"], item["contentUrl"]) == ("ImageObject", "https://x.example/1")
    assert item["sha256"] == picture.captures.get().sha256
    assert "mediaAuthenticityCategory" not in review
    assert media_facts.of_document(make.document()) is None
    assert media_review.of({"report": imprint, "appearances": [{"media": None}]}) == []


def printed(marked):
    item = {"outlet": None, "host": "", "brought": {"file": "bridge.jpg"}, "exact": NOTE, "marked": marked}
    facts = {"marked": marked, "told": sentences.marked_picture(item)}
    return BeautifulSoup(render_to_string("claims/report_marked.html", facts), "lxml")


@pytest.mark.parametrize(
    ("marked", "caption"),
    [
        ({"region": [1, 2, 3, 4], "jpeg": "AAAA"}, "The picture with the marked region"),
        ({"jpeg": "AAAA"}, "The whole picture"),
        ({"times": "0:01:02", "jpeg": "AAAA"}, "What the film shows at the beginning of this part"),
    ],
)
def test_a_report_prints_the_picture_with_its_source_and_the_note_for_who_does_not_see_it(marked, caption):
    figure = printed(marked).figure

    assert figure.img["src"] == "data:image/jpeg;base64,AAAA"
    assert figure.img["alt"] == f"{caption}: {NOTE}"
    assert figure.figcaption.get_text() == f"{caption} · bridge.jpg"


def test_a_report_tells_times_and_regions_that_have_no_picture():
    timed, marked = printed({"times": "0:01:02–0:01:10"}), printed({"region": [1, 2, 3, 4], "jpeg": ""})

    assert "At 0:01:02–0:01:10 of the recording" in timed.get_text()
    assert "The note is on a marked region of the picture." in marked.get_text()
    assert timed.img is marked.img is None
