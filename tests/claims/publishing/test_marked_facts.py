from base64 import b64decode
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from PIL import Image

from claims.publishing import marked_facts, media_facts
from claims.publishing.exports.claimreview import media_review
from sources.capturing import bringing
from sources.models import Passage, Reading
from sources.reading import marking, reading
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
def picture(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path
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


def test_a_report_prints_the_picture_and_the_times():
    drawn = render_to_string("claims/report_marked.html", {"marked": {"region": [1, 2, 3, 4], "jpeg": "AAAA"}})
    timed = render_to_string("claims/report_marked.html", {"marked": {"times": "0:01:02–0:01:10"}})

    assert 'src="data:image/jpeg;base64,AAAA" alt="The picture with the marked region"' in drawn
    assert "At 0:01:02–0:01:10 of the recording" in timed
    assert "<img" not in timed
