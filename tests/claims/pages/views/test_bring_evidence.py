import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims.models import Appearance, Claim, Evidence
from claims.models.vocabulary import Stance
from sources.models import Bringing, Document, Reading
from sources.reading import recordings
from tests import make

pytestmark = pytest.mark.django_db

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


@pytest.fixture
def reviewer(client):
    person = make.reviewer()
    client.force_login(person)
    return person


def picture(name="photo.png", more=b""):
    return SimpleUploadedFile(name, PICTURE + more)


def chain(**fields):
    return {"chain-TOTAL_FORMS": "0", "chain-INITIAL_FORMS": "0", **fields}


def test_a_file_brought_for_a_claim_leads_to_its_passages(client, reviewer):
    claim = make.claim()

    answer = client.post(reverse("claims:bring_evidence", args=[claim.pk]), {"files": picture()})

    document = Document.objects.get()
    assert answer["Location"] == reverse("claims:pick", args=[claim.pk, document.pk])
    shown = client.get(answer["Location"]).content.decode()
    assert reverse("claims:note_file", args=[claim.pk, document.pk]) in shown


def test_of_several_files_the_page_shows_what_was_brought_lately(client, reviewer):
    claim = make.claim()
    address = reverse("claims:bring_evidence", args=[claim.pk])

    client.post(address, {"files": [picture(), picture("other.png", b"!")]})

    page = client.get(address).content.decode()
    assert [reverse("claims:pick", args=[claim.pk, row.pk]) in page for row in Document.objects.all()] == [True, True]
    assert [page.count(f">{name}</bdi></span> ·") for name in ("photo.png", "other.png")] == [1, 1]


def test_a_file_without_a_text_is_cited_by_a_note_that_never_passes_for_its_words(client, reviewer):
    claim, row = make.claim(), make.bringing()
    address = reverse("claims:note_file", args=[claim.pk, row.capture.document_id])

    for _twice in range(2):
        client.post(address, {"text": "A photograph of a closed bridge.", "stance": Stance.SUPPORTS})

    evidence = Evidence.objects.get()
    reading = evidence.passage.reading
    assert (evidence.passage.exact, reading.byline) == ("A photograph of a closed bridge.", str(reviewer))
    assert (reading.is_note, reading.is_left_out, Reading.objects.count()) == (True, True, 1)
    assert "a person’s note on the file, not its words" in client.get(claim.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["pick", "note_file"])
def test_a_picture_is_shown_where_a_person_says_what_it_shows(client, reviewer, name):
    claim, capture = make.claim(), make.picture().capture
    Reading.objects.create(capture=capture, reader=recordings.PICTURE, read_at=timezone.now(), due_at=None)

    page = client.get(reverse(f"claims:{name}", args=[claim.pk, capture.document_id])).content.decode()

    assert reverse("sources:picture", args=[capture.pk]) in page
    assert "nothing to pick" not in page


def test_a_claim_is_logged_with_files_and_the_address_is_fetched_beside_them(client):
    client.force_login(make.reporter())
    given = {
        "text": "The bridge at Arvel is closed.",
        "language": "en",
        "type": "event",
        "url": "https://example.org/p",
    }

    client.post(reverse("claims:log_claim"), chain(**given, files=[picture(), picture("b.png", b"!")]))

    first, second = Appearance.objects.order_by("pk")
    own = Document.objects.get(url="https://example.org/p")
    told = Bringing.objects.filter(instead_of=own)
    assert (first.first_known, second.first_known) == (True, False)
    assert {first.document.title, second.document.title} == {"photo.png", "b.png"}
    assert {row.capture.document for row in told} == {first.document, second.document}
    assert own.watched_since is not None


def test_the_files_of_a_claim_that_is_refused_are_kept_and_come_back_with_its_form(client):
    client.force_login(make.reporter())

    answer = client.post(reverse("claims:log_claim"), chain(text="", language="en", type="event", files=picture()))

    document = Document.objects.get()
    assert (answer.status_code, Claim.objects.count()) == (422, 0)
    assert f'name="brought" value="{document.pk}"' in answer.content.decode()
    given = chain(text="The bridge is closed.", language="en", type="event", brought=document.pk)
    client.post(reverse("claims:log_claim"), given)
    assert Appearance.objects.get().document == document


def test_an_empty_file_keeps_the_claim_from_being_logged_without_it(client):
    client.force_login(make.reporter())
    empty = SimpleUploadedFile("empty.png", b"")

    answer = client.post(reverse("claims:log_claim"), chain(text="Closed.", language="en", type="event", files=empty))

    assert answer.status_code == 422
    assert "This file is empty" in answer.content.decode()
