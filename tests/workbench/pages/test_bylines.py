"""The page on which people choose how reports name them."""

import pytest

from tests import make
from workbench.desk.byline import Byline

pytestmark = pytest.mark.django_db


def test_a_person_chooses_a_pen_name_and_an_empty_one_is_refused(client):
    person = make.reviewer()
    client.force_login(person)

    refused = client.post("/byline/", {"printed": "pen", "pen_name": ""})
    client.post("/byline/", {"printed": "pen", "pen_name": "R. Quill"})

    assert refused.status_code == 422
    assert Byline.objects.get(person=person).pen_name == "R. Quill"
    assert "R. Quill" in client.get("/byline/").content.decode()
