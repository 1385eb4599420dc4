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


def test_a_reviewer_takes_the_whole_case_away_and_withholds_names(client):
    claim = make.claim()
    client.force_login(make.reviewer(first_name="Berenice"))
    address = reverse("claims:whole_case", args=[claim.pk])
    assert address in client.get(claim.get_absolute_url()).content.decode()
    assert "names of people" in client.get(address).content.decode()

    answer = client.post(address, {"withhold": ["people"]})

    package = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert answer["Content-Disposition"] == f'attachment; filename="case-{claim.pk}.zip"'
    assert claim.logged_by.username not in package.read("case.json").decode()


def test_a_group_that_nobody_can_withhold_is_refused(client):
    client.force_login(make.reviewer())

    answer = client.post(reverse("claims:whole_case", args=[make.claim().pk]), {"withhold": ["everything"]})

    assert answer.status_code == 422


def test_who_may_not_read_bytes_gets_no_case(client):
    client.force_login(make.reporter())

    assert client.get(reverse("claims:whole_case", args=[make.claim().pk])).status_code == 403
