from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sources.capturing import bringing
from sources.formats.files.reader_names import PICTURE
from sources.models import NearCopy, Picture, Reading
from sources.models.picture import FAR, chunks_of, near_chunks
from sources.models.vocabulary import NearCopyState, Outcome
from sources.reading import fingerprinting, reading
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

PHOTOGRAPH = Path(__file__).parents[1] / "formats" / "files" / "pictures" / "pdq-q1050.jpg"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path


def copy(side=150):
    out = BytesIO()
    image = Image.open(PHOTOGRAPH)
    image.resize((side, side)).save(out, "PNG")
    return out.getvalue()


def bring(body, name="bridge.png"):
    document = bringing.bring(BytesIO(body), name, by=make.reporter())
    drain(Reading.objects.all(), reading.read)
    return document


def test_a_picture_is_read_hashed_and_compared_with_what_the_desk_holds():
    first = bring(PHOTOGRAPH.read_bytes(), "bridge.jpg")
    second = bring(copy())

    pair = NearCopy.objects.get()
    read = Reading.objects.get(capture__document=first)
    assert (read.reader, read.outcome) == (PICTURE, Outcome.EMPTY_EXTRACTION)
    assert {"standard": "file", "name": "Size", "value": "256 × 256", "is_private": False} in read.file_facts
    assert (pair.picture.capture.document, pair.other.capture.document) == (second, first)
    assert (pair.state, pair.distance <= FAR) == (NearCopyState.SUGGESTED, True)


def test_a_plain_picture_is_like_no_other():
    for side in (40, 60):
        out = BytesIO()
        Image.new("RGB", (side, side), (10, 20, 30)).save(out, "PNG")
        bring(out.getvalue())

    assert [each.chunks for each in Picture.objects.all()] == [[], []]
    assert not NearCopy.objects.exists()


def test_a_damaged_picture_is_kept_and_said_to_be_damaged():
    document = bring(b"\x89PNG\r\n\x1a\n" + bytes(50))

    assert Reading.objects.get(capture__document=document).outcome == Outcome.UNPARSABLE
    assert not Picture.objects.exists()


def test_every_hash_within_31_bits_shares_a_chunk_and_is_found():
    first = make.picture(pdq=f"{0:064x}")
    spread = sum(1 << (16 * (bit % 16) + bit // 16) for bit in range(FAR))

    assert Picture.objects.near(f"{spread:064x}") == [(first.pk, FAR)]
    assert Picture.objects.near(f"{(1 << 40) - 1:064x}") == []
    assert set(chunks_of(f"{spread:064x}")).isdisjoint(first.chunks)
    assert len(near_chunks(f"{spread:064x}")) == 272


def test_near_copies_are_found_by_the_index(django_assert_num_queries):
    assert "picture_chunks" in {index.name for index in Picture._meta.indexes}
    make.picture(pdq=f"{1:064x}")

    with django_assert_num_queries(2):
        assert Picture.objects.exclude(width=1).near(f"{3:064x}")
    with django_assert_num_queries(1):
        assert not Picture.objects.near("f" * 64)


def test_a_person_says_whether_two_pictures_are_copies_of_one():
    pair, person = make.near_copy(), make.reporter()

    fingerprinting.decide(pair, by=person, state="confirmed")

    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (NearCopyState.CONFIRMED, person)
    assert LogEntry.objects.filter(verb="compared pictures", actor=person).exists()


def test_who_only_reads_decides_nothing_and_an_answer_is_needed():
    pair = make.near_copy()

    with refused("no_answer"):
        fingerprinting.decide(pair, by=make.reporter(), state="suggested")
    with pytest.raises(NotPermitted):
        fingerprinting.decide(pair, by=make.viewer(), state="confirmed")
