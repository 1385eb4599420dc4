from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from sources.models import Document
from sources.reading import dating
from tests import make

pytestmark = pytest.mark.django_db

GIVEN = {"day": "2024-11-28", "precision": "day", "reason": "The printed <issue>."}


def dated(**changes):
    given = {"by": make.reporter(), "day": date(2024, 11, 28), "precision": "day", "reason": "The issue.", **changes}
    document = make.reading(
        published_at=make.MONDAY, published_precision="day", published_method="url"
    ).capture.document
    dating.set_date(document, **given)
    return document


def test_a_reporter_sets_a_date_and_sees_it_with_the_reason(client):
    document, ana = make.document(), make.reporter()
    client.force_login(ana)

    asked = client.get(reverse("sources:set_date", args=[document.pk]))
    answer = client.post(reverse("sources:set_date", args=[document.pk]), GIVEN, follow=True)

    page = answer.content.decode()
    assert asked.status_code == 200
    assert Document.objects.get().published_at == datetime(2024, 11, 28, tzinfo=UTC)
    assert f"set by {ana}" in page
    assert "The printed &lt;issue&gt;." in page
    assert "Undo the date set by hand" in page


def test_a_form_that_is_refused_keeps_what_was_typed(client):
    client.force_login(make.reporter())

    answer = client.post(reverse("sources:set_date", args=[make.document().pk]), {**GIVEN, "day": "2999-01-01"})

    assert answer.status_code == 422
    assert "The printed &lt;issue&gt;." in answer.content.decode()


def test_the_date_that_the_page_has_is_shown_beside_that_of_a_person(client):
    client.force_login(make.viewer())

    page = client.get(dated().get_absolute_url()).content.decode()

    assert "Nov. 28, 2024" in page
    assert "The page says: Dec. 2, 2024 (the address)" in page
    assert "Undo the date" not in page


def test_a_date_is_undone_with_one_button(client):
    document = dated()
    client.force_login(make.reporter())

    client.post(reverse("sources:undo_date", args=[document.pk]))

    assert Document.objects.get().published_at == make.MONDAY


@pytest.mark.parametrize("name", ["set_date", "undo_date"])
def test_a_viewer_may_not(client, name):
    client.force_login(make.viewer())

    assert client.post(reverse(f"sources:{name}", args=[make.document().pk]), GIVEN).status_code == 403
