import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from sources.reading import pasting
from tests import make
from tests.sealed import seal

pytestmark = pytest.mark.django_db


def test_a_reviewer_takes_the_captures_of_a_claim_away(client, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    claim = make.claim()
    reading = pasting.keep_pasted("The bridge was closed.", by=make.reporter())
    make.confirmed_evidence(claim, passage_=reading.passages.first())
    seal()
    client.force_login(make.reviewer())
    address = reverse("claims:package", args=[claim.pk])

    answer = client.get(address)

    assert address in client.get(claim.get_absolute_url()).content.decode()
    assert answer["Content-Disposition"] == f'attachment; filename="claim-{claim.pk}.wacz"'
    assert "proof/verify.py" in zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()


def test_a_claim_without_captures_says_so(client):
    claim = make.claim()
    client.force_login(make.reviewer())

    answer = client.get(reverse("claims:package", args=[claim.pk]), follow=True)

    assert "There is no capture to export." in answer.content.decode()


def test_who_may_not_read_bytes_is_refused(client):
    claim = make.claim()
    client.force_login(make.reporter())
    address = reverse("claims:package", args=[claim.pk])

    assert client.get(address).status_code == 403
    assert address not in client.get(claim.get_absolute_url()).content.decode()
