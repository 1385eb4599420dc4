import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from sources.models import ExternalArchive
from tests import make
from tests.sealed import fetched, seal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def document(site):
    return fetched(site.says("/news"))[0]


def test_a_reviewer_takes_the_captures_of_a_document_away(client, document):
    seal()
    client.force_login(make.reviewer())
    address = reverse("sources:package", args=[document.pk])

    answer = client.get(address)

    assert address in client.get(document.get_absolute_url()).content.decode()
    assert answer["Content-Type"] == "application/wacz+zip"
    assert answer["Content-Disposition"] == f'attachment; filename="document-{document.pk}.wacz"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "archive/captures.warc.gz" in zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()


def test_who_may_not_read_bytes_is_refused_and_not_shown_the_way(client, document):
    client.force_login(make.reporter())
    address = reverse("sources:package", args=[document.pk])

    assert client.get(address).status_code == 403
    assert address not in client.get(document.get_absolute_url()).content.decode()


def test_what_is_not_sealed_yet_is_said(client, document):
    client.force_login(make.reviewer())

    answer = client.get(reverse("sources:package", args=[document.pk]), follow=True)

    assert "still being added to the hash chain" in answer.content.decode()


@pytest.mark.parametrize(
    ("authority", "said"),
    [("", "No timestamp authority is set up"), ("https://stamps.example/", "No authority has timestamped")],
)
def test_without_a_stamp_the_page_says_whether_one_will_come(client, document, settings, authority, said):
    settings.TIMESTAMP_URL = authority
    client.force_login(make.viewer())

    assert said in client.get(document.get_absolute_url()).content.decode()


def test_a_stranger_is_sent_to_sign_in(client, document):
    assert client.get(reverse("sources:package", args=[document.pk])).status_code == 302


def test_a_copy_is_asked_for_where_archives_are_switched_on(client, document, settings):
    settings.WAYBACK = True
    client.force_login(make.reporter())
    address = reverse("sources:ask_for_copy", args=[document.pk])
    assert address in client.get(document.get_absolute_url()).content.decode()

    answer = client.post(address, follow=True)

    assert "copy requested" in answer.content.decode()
    assert ExternalArchive.objects.get().document == document
    assert client.get(address).url == document.get_absolute_url()


def test_a_refused_copy_says_why(client, document, settings):
    settings.WAYBACK = False
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:ask_for_copy", args=[document.pk]), follow=True)

    assert "operator" in answer.content.decode()
    assert not ExternalArchive.objects.exists()
