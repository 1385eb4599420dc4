import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db

FIRST, SECOND = "The ministry spoke of twelve villages on Monday.", "The prefect spoke of thirty-nine villages."


def paged():
    text = f"{FIRST}\n{SECOND}"
    end = len(FIRST)
    parts = [
        {"kind": "page", "start": 0, "end": end, "at": "1", "label": "i"},
        {"kind": "page", "start": end + 1, "end": len(text), "at": "2", "label": "ii"},
    ]
    return make.reading(FIRST, SECOND, reader="pdf@1", parts=parts)


@pytest.mark.parametrize(
    ("asked", "here", "elsewhere"), [("", FIRST, SECOND), ("2", SECOND, FIRST), ("99", SECOND, FIRST)]
)
def test_only_the_passages_of_one_page_are_shown(client, asked, here, elsewhere):
    document = paged().capture.document
    client.force_login(make.reviewer())

    html = client.get(reverse("claims:pick", args=[make.claim().pk, document.pk]), {"page": asked}).content.decode()

    assert here in html
    assert elsewhere not in html
    assert "of 2" in html
    assert f"/pages/{2 if here == SECOND else 1}.png" in html


def test_a_passage_of_another_page_is_taken_too(client):
    reading, claim = paged(), make.claim()
    client.force_login(make.reviewer())
    address = reverse("claims:pick", args=[claim.pk, reading.capture.document.pk])

    answer = client.post(address, {"passage": reading.passages.get(exact=SECOND).pk, "stance": "supports"})

    assert answer.status_code == 302
    assert claim.evidence.get().passage.exact == SECOND
