import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sources.models import Bringing, Document
from sources.models.vocabulary import Outcome
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "Le pont a été fermé lundi, a annoncé la préfecture.".encode()
BRING = "/sources/bring/"


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    settings.UPLOAD_FOLDER = tmp_path / "uploads"


@pytest.fixture
def reporter(client):
    person = make.reporter()
    client.force_login(person)
    return person


def given(body=TEXT, name="note.txt"):
    return SimpleUploadedFile(name, body, content_type="image/png")


def test_a_file_is_brought_with_the_word_of_its_person_on_where_it_comes_from(client, reporter):
    said = {"said_url": "https://example.org/a", "said_account": "@rep", "obtained": "a screenshot"}

    answer = client.post(BRING, {"files": given(), "seen_at": "2024-12-02T09:30", **said})

    row = Bringing.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == row.capture.document.get_absolute_url()
    assert (row.by, row.file_name, row.media_type) == (reporter, "note.txt", "text/plain")
    assert {name: getattr(row, name) for name in said} == said
    assert row.seen_at < timezone.now()


def test_of_several_files_the_good_ones_are_kept_and_the_message_stands_at_the_other(client, reporter):
    files = [given(), given(b"", "empty.txt"), given(TEXT + b"!", "../../تقرير.txt")]

    answer = client.post(BRING, {"files": files})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert sorted(Bringing.objects.values_list("file_name", flat=True)) == ["note.txt", "تقرير.txt"]
    assert "This file is empty" in html.split("empty.txt")[1][:200]
    assert html.count('name="brought"') == 2


def test_files_are_not_lost_where_another_field_is_wrong_and_are_told_of_later(client, reporter):
    answer = client.post(BRING, {"files": given(), "said_url": "not an address at all"})

    document = Document.objects.get()
    assert answer.status_code == 422
    assert f'name="brought" value="{document.pk}"' in answer.content.decode()
    client.post(BRING, {"brought": document.pk, "said_url": "https://example.org/a"})
    assert list(Bringing.objects.order_by("pk").values_list("said_url", flat=True)) == ["", "https://example.org/a"]


def test_a_script_sends_one_file_and_learns_what_became_of_it(client, reporter):
    kept = client.post(f"{BRING}one/", {"files": given()})
    refused = client.post(f"{BRING}one/", {"files": given(b"")})

    document = Document.objects.get()
    assert kept.json() == {"key": document.pk, "name": "note.txt", "url": document.get_absolute_url()}
    assert (refused.status_code, refused.json()["problem"]) == (422, "This file is empty: it has no bytes.")


def test_a_file_can_stand_for_a_page_that_could_not_be_fetched(client, reporter):
    walled = make.document("https://wall.example/x", last_outcome=Outcome.PAYWALL, due_at=None)

    shown = client.get(reverse("sources:bring_instead", args=[walled.pk]))
    client.post(reverse("sources:bring_instead", args=[walled.pk]), {"files": given()})

    assert 'value="https://wall.example/x"' in shown.content.decode()
    assert Bringing.objects.get().instead_of == walled


def test_the_page_without_files_asks_for_one(client, reporter):
    answer = client.post(BRING, {})

    assert answer.status_code == 422
    assert "Choose at least one file." in answer.content.decode()


@pytest.mark.parametrize("address", [BRING, f"{BRING}one/", "/sources/documents/"])
def test_files_of_strangers_and_at_other_addresses_are_kept_nowhere(client, address, settings):
    client.post(address, {"files": given()})

    assert not settings.UPLOAD_FOLDER.exists()
    assert not Document.objects.exists()


def test_a_viewer_brings_nothing(client):
    client.force_login(make.viewer())

    assert client.post(BRING, {"files": given()}).status_code == 403
    assert not Bringing.objects.exists()


def test_what_another_person_brought_is_not_told_of_as_mine(client, reporter):
    other = make.bringing()

    client.post(BRING, {"brought": other.capture.document_id, "said_url": "https://example.org/b"})

    assert Bringing.objects.count() == 1


def test_a_file_that_is_too_large_is_refused_while_it_comes_and_the_next_is_kept(client, reporter, settings):
    settings.UPLOAD_MEGABYTES = 1

    answer = client.post(BRING, {"files": [given(b"x" * 1_100_000, "long.txt"), given()]})

    assert "This file is larger than 1 MB" in answer.content.decode()
    assert Bringing.objects.get().file_name == "note.txt"


def test_what_is_said_for_several_files_is_told_to_be_kept_for_each(client, reporter):
    files = [given(), given(TEXT + b"!", "other.txt")]

    answer = client.post(BRING, {"files": files, "obtained": "sent by a reader"}, follow=True)

    assert "What you said of where they come from is kept for each of them." in answer.content.decode()
    assert list(Bringing.objects.values_list("obtained", flat=True)) == ["sent by a reader"] * 2
