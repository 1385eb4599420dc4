import threading
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sources.capturing import bringing, drawn_pictures
from sources.models import MarkedPlace, NearCopy, Reading
from sources.reading import reading
from tests import make
from tests.sources.formats.files.test_film import sound
from tests.sources.formats.files.test_picture import photograph
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

NOTE = "The pylon stands without its northern cable."
REGION = {"left": "10", "top": "20.5", "width": "30", "height": "40", "note": NOTE}
ARCHIVE = "archive.example"
SUBRIP = b"1\n00:00:01,000 --> 00:00:02,500\nThe bridge was closed on Monday.\n"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path, monkeypatch):
    settings.UPLOAD_FOLDER = tmp_path
    settings.ARCHIVE_HOST = ARCHIVE
    monkeypatch.setattr(drawn_pictures, "FOLDER", tmp_path / "pictures")
    settings.ALLOWED_HOSTS = ["testserver", ARCHIVE]


@pytest.fixture
def person(client):
    somebody = make.reporter()
    client.force_login(somebody)
    return somebody


def bring(person, body, name):
    document = bringing.bring(BytesIO(body), name, by=person)
    drain(Reading.objects.all(), reading.read)
    return document, document.captures.get()


def plain_picture():
    body = BytesIO()
    Image.new("RGB", (40, 80), "white").save(body, "JPEG")
    return body.getvalue()


def document_picture(document):
    return document.captures.get().picture


def test_a_picture_is_shown_with_its_facts_and_links_that_send_nothing(client, person):
    document, capture = bring(person, photograph(), "bridge.jpg")

    page = client.get(document.get_absolute_url()).content.decode()
    copy = client.get(f"/sources/captures/{capture.pk}/picture/")

    assert "Arvel Phone 7" in page
    assert "36.200500, 37.134300" in page
    assert 'href="https://tineye.com/" rel="noreferrer noopener external"' in page
    assert "too little detail" in page
    assert Image.open(BytesIO(copy.content)).size == (40, 80)
    assert (copy["Content-Type"], copy["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_a_region_is_marked_shown_and_can_be_cited(client, person):
    document, capture = bring(person, photograph(), "bridge.jpg")

    answer = client.post(f"/sources/captures/{capture.pk}/mark/", REGION, follow=True)

    place = MarkedPlace.objects.get()
    page = answer.content.decode()
    assert place.region == (100, 205, 300, 400)
    assert f'<li id="passage-{place.passage_id}">' in page
    assert 'x="100" y="205" width="300" height="400"' in page
    claim = make.claim()
    client.force_login(make.reviewer())
    assert NOTE in client.get(f"/claims/{claim.pk}/documents/{document.pk}/").content.decode()


def test_beside_searches_elsewhere_stands_that_the_original_gives_its_private_metadata_away(client, person):
    with_place, _capture = bring(person, photograph(), "bridge.jpg")
    without, _other = bring(person, plain_picture(), "plain.jpg")

    pages = [client.get(document.get_absolute_url()).content.decode() for document in (with_place, without)]

    assert ["Whoever uploads the saved original hands these over" in page for page in pages] == [True, False]
    assert all("Search for this picture elsewhere" in page for page in pages)


def test_the_name_of_a_fact_in_a_file_is_shown_as_the_key_that_it_is(client, person):
    document, _capture = bring(person, photograph(), "bridge.jpg")

    assert "EXIF · <code>Model</code>" in client.get(document.get_absolute_url()).content.decode()


def test_a_file_named_like_another_kind_of_file_says_so(client, person):
    document, _capture = bring(person, photograph(), "wrong.pdf")
    told = "The name ends with “.pdf”, but the bytes are those of another kind of file: image/jpeg."

    assert told in client.get(document.get_absolute_url()).content.decode()


def test_who_marks_a_place_does_not_become_the_author_of_the_picture_nor_their_language_its_own(client, person):
    _document, capture = bring(person, photograph(), "bridge.jpg")

    page = client.post(f"/sources/captures/{capture.pk}/mark/", REGION, follow=True)

    written_at = MarkedPlace.objects.get().passage.reading.read_at
    assert (page.context["byline"], page.context["facts"].language, page.context["facts"].extracted) == ("", "–", "")
    assert f'<p class="soft">{person}</p>' not in page.content.decode()
    assert "A picture has no text." in page.content.decode()
    assert next(each.at for each in page.context["readings"] if each.reading.is_note) == written_at


def test_a_region_outside_the_picture_and_a_time_that_is_none_come_back_with_the_form(client, person):
    _document, capture = bring(person, photograph(), "bridge.jpg")
    _other, recording = bring(person, sound(), "mayor.wav")

    wide = client.post(f"/sources/captures/{capture.pk}/mark/", {**REGION, "width": "95"})
    soon = client.post(f"/sources/captures/{recording.pk}/mark/", {"begins": "soon", "ends": "2", "note": NOTE})

    assert (wide.status_code, soon.status_code) == (422, 422)
    assert not MarkedPlace.objects.exists()


def test_a_recording_is_played_from_the_archive_host_with_ranges(client, person):
    document, _capture = bring(person, sound(), "mayor.wav")

    page = client.get(document.get_absolute_url())
    src = page.context["media"]["src"]
    path = src.removeprefix(f"http://{ARCHIVE}")
    part = client.get(path, headers={"host": ARCHIVE, "range": "bytes=0-3"})
    framed = client.get(path, headers={"host": ARCHIVE, "sec-fetch-dest": "document"})

    assert f"media-src http://{ARCHIVE}" in page["Content-Security-Policy"]
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"RIFF")
    assert (part["Content-Range"], part["Content-Type"]) == ("bytes 0-3/24044", "audio/wav")
    assert part["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert framed.status_code == 403
    assert client.post(path, headers={"host": ARCHIVE}).status_code == 405


def test_a_time_range_and_a_transcript_are_shown_with_their_times(client, person):
    document, capture = bring(person, sound(), "mayor.wav")

    client.post(f"/sources/captures/{capture.pk}/mark/", {"begins": "0:01", "ends": "2.5", "note": NOTE})
    cues = "00:00:01.000 --> 00:00:02.500\nThe bridge was closed on Monday.\n"
    client.post(f"/sources/documents/{document.pk}/transcript/", {"text": cues})
    drain(Reading.objects.all(), reading.read)
    page = client.get(document.get_absolute_url()).content.decode()

    assert page.count("0:00:01–0:00:02.5") == 2
    assert "The bridge was closed on Monday." in page


def test_a_transcript_without_times_comes_back(client, person):
    document, _capture = bring(person, sound(), "mayor.wav")

    assert client.post(f"/sources/documents/{document.pk}/transcript/", {"text": "Hello"}).status_code == 422


def test_a_person_answers_whether_two_pictures_are_copies(client, person):
    pair = make.near_copy()
    document = pair.other.capture.document

    client.post(f"/sources/near-copies/{pair.pk}/decide/", {"state": "rejected", "document": document.pk})

    assert NearCopy.objects.get().state == "rejected"


def test_a_page_with_many_marks_and_copies_asks_no_more_questions(client, person, django_assert_max_num_queries):
    document, capture = bring(person, photograph(), "bridge.jpg")
    client.get(document.get_absolute_url())

    def asked():
        with django_assert_max_num_queries(90) as found:
            client.get(document.get_absolute_url())
        return len(found)

    make.marked_place(make.passage(NOTE, capture_=capture, reader="note1@1"))
    make.near_copy(make.picture(), document_picture(document))
    few = asked()
    for number in range(2, 12):
        make.near_copy(make.picture(pdq=f"{number:064x}"), document_picture(document))
        make.marked_place(make.passage(NOTE, capture_=capture, reader=f"note{number}@1"))
    assert asked() == few


def test_a_file_with_a_place_in_its_metadata_leaves_only_when_a_person_chooses_it(client, settings, person):
    document, capture = bring(person, photograph(), "bridge.jpg")
    make.link(capture)
    client.force_login(make.reviewer())

    refused = client.get(f"/sources/documents/{document.pk}/captures.wacz", follow=True)
    chosen = client.get(f"/sources/documents/{document.pk}/captures.wacz", {"private": "1"})

    assert "name a place or a device" in refused.content.decode()
    assert chosen["Content-Type"] == "application/wacz+zip"


@pytest.mark.parametrize("body", [SUBRIP, SUBRIP.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + SUBRIP])
def test_a_transcript_chosen_as_a_file_is_read_like_one_that_is_pasted(client, person, body):
    document, _capture = bring(person, sound(), "mayor.wav")

    file = SimpleUploadedFile("talk.srt", body, "application/x-subrip")
    client.post(f"/sources/documents/{document.pk}/transcript/", {"text": "", "transcript": file})
    drain(Reading.objects.all(), reading.read)

    assert "The bridge was closed on Monday." in client.get(document.get_absolute_url()).content.decode()


def test_who_brought_a_file_gets_it_back_under_its_name_and_other_reporters_do_not(client, person):
    _document, capture = bring(person, b"\x7fELF" + bytes(40), "prog “x”\r\n.bin")

    shown = client.get(capture.document.get_absolute_url()).content.decode()
    saved = client.get(f"/sources/captures/{capture.pk}/raw/")

    assert "Download the file as it was brought" in shown
    assert "This file can be a program." in shown
    assert b"".join(saved) == b"\x7fELF" + bytes(40)
    assert saved["Content-Disposition"].startswith("attachment; filename")
    assert (saved["Content-Type"], saved["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    client.force_login(make.reporter())
    assert client.get(f"/sources/captures/{capture.pk}/raw/").status_code == 403
    assert "Download the file" not in client.get(capture.document.get_absolute_url()).content.decode()


def test_the_page_of_a_file_shows_a_picture_by_its_small_copy_and_plays_a_recording(client, person):
    shown = {}
    for body, name in ((plain_picture(), "bridge.jpg"), (sound(), "mayor.wav"), (b"\x00\x01", "what.bin")):
        _document, capture = bring(person, body, name)
        shown[name] = client.get(f"/sources/captures/{capture.pk}/").content.decode()

    assert "/picture/" in shown["bridge.jpg"]
    assert f'<audio class="player" controls preload="metadata" src="http://{ARCHIVE}/media/' in shown["mayor.wav"]
    assert "<iframe" not in "".join(shown.values())
    assert all("This is the file as a person brought it" in page for page in shown.values())


def test_a_picture_that_others_wait_for_is_asked_for_again_later(client, person, monkeypatch):
    _document, capture = bring(person, plain_picture(), "bridge.jpg")
    monkeypatch.setattr(drawn_pictures, "_turns", threading.BoundedSemaphore(1))
    drawn_pictures._turns.acquire()

    answer = client.get(f"/sources/captures/{capture.pk}/picture/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_what_is_no_film_has_no_still(client, person):
    _document, capture = bring(person, sound(), "mayor.wav")

    assert client.get(f"/sources/captures/{capture.pk}/poster/").status_code == 404
