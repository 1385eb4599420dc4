from io import BytesIO

import pytest

from sources.capturing import bringing, preserving
from sources.models import Passage, Reading
from sources.reading import reading, transcribing
from tests import make
from tests.refusing import refused
from tests.sources.formats.files.test_film import sound
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

CUES = "00:01:02.500 --> 00:01:10.000\nThe bridge was closed on Monday.\n"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path


@pytest.fixture
def recording():
    return bringing.bring(BytesIO(sound()), "mayor.wav", by=make.reporter())


def test_a_transcript_is_kept_and_read_with_its_times(recording):
    capture = transcribing.add_transcript(recording, CUES.encode(), by=make.reporter())
    drain(Reading.objects.all(), reading.read)

    assert b"".join(preserving.opened(capture)) == b"WEBVTT\n\n" + CUES.encode()
    assert capture.document == recording
    read = Reading.objects.get(capture=capture)
    assert (read.text, read.parts[0]["at"]) == (
        "The bridge was closed on Monday.",
        "00:01:02.500 --> 00:01:10.000",
    )
    assert Passage.objects.search("bridge", "en").get().reading == read
    recording.refresh_from_db()
    assert (recording.title, recording.last_outcome) == ("mayor.wav", "brought")


def test_the_same_transcript_twice_is_refused(recording):
    transcribing.add_transcript(recording, CUES.encode(), by=make.reporter())

    with refused("known", "transcript"):
        transcribing.add_transcript(recording, CUES.encode("utf-8-sig"), by=make.reporter())


@pytest.mark.parametrize("body", [b"", b"The bridge was closed.", b"\0" * 50])
def test_what_has_no_times_is_refused(recording, body):
    with refused("no_cues", "transcript"):
        transcribing.add_transcript(recording, body, by=make.reporter())


def test_who_only_reads_adds_no_transcript(recording):
    with pytest.raises(NotPermitted):
        transcribing.add_transcript(recording, CUES.encode(), by=make.viewer())
