from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sources.models import RetentionRule
from sources.pages.views import retention
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

OLD = timezone.now() - timedelta(days=400)


def show(client, months=""):
    return client.get(reverse("sources:retention"), {"months": months} if months else {})


def send(client, **fields):
    return client.post(reverse("sources:set_retention"), fields, follow=True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_administrators_see_and_set_it(client, role):
    client.force_login(make.user(role))

    assert (show(client).status_code, send(client, months="12").status_code) == (403, 403)
    assert not RetentionRule.objects.exists()


def test_what_a_rule_would_remove_is_shown_before_it_can_be_set(client):
    make.reading(read_at=OLD)
    make.evidence(passage_=make.reading(read_at=OLD).passages.first())
    client.force_login(make.admin())

    before, after = show(client).content.decode(), show(client, "12").content.decode()

    assert "Set this rule" not in before
    assert "No rule yet: every text is kept." in before
    assert "Texts that would go now: 1. Their passages: 2." in after
    assert "because something rests on them: 1." in after
    assert "Bridge closed" in after
    assert "Set this rule" in after


def test_more_texts_than_a_page_looks_at_are_said_to_be_more(client, monkeypatch):
    monkeypatch.setattr(retention, "MOST_LOOKED", 2)
    monkeypatch.setattr(retention.expiring, "SHOWN_AT_ONCE", 2)
    for _number in range(3):
        make.reading(read_at=OLD)
    client.force_login(make.admin())

    page = show(client, "12").content.decode()

    assert "There are more than 2 texts of that age." in page
    assert "manage.py expire --dry-run --months 12" in page


@pytest.mark.parametrize("months", ["0", "241", "many"])
def test_an_age_that_makes_no_sense_shows_nothing(client, months):
    client.force_login(make.admin())

    page = show(client, months)

    assert page.status_code == 200
    assert page.context["preview"] is None
    assert page.context["asked"].errors


def test_a_rule_is_set_and_taken_back(client):
    client.force_login(make.admin())

    page = send(client, months="12").content.decode()
    assert "Rule in force: Remove texts after 12 months." in page
    assert "Workers follow it from now on." in page
    page = send(client).content.decode()

    assert "Rule in force: Keep all texts." in page
    assert [rule.months for rule in RetentionRule.objects.all()] == [None, 12]


def test_texts_are_removed_once_without_a_rule(client):
    client.force_login(make.admin())

    page = send(client, months="12", once="1").content.decode()

    assert "Workers are removing these texts now." in page
    assert "No rule is in force" in page
    assert RetentionRule.objects.get().once


def test_a_rule_that_is_refused_is_answered_with_the_reason(client):
    client.force_login(make.admin())

    answer = send(client, months="999")

    assert answer.status_code == 422
    assert b"The number of months must be between 1 and 240." in answer.content


def test_the_page_costs_the_same_with_one_rule_and_text_and_with_thirty(client):
    client.force_login(make.admin())
    make.retention_rule(12, due_at=None)
    make.reading(read_at=OLD)
    with CaptureQueriesContext(connection) as with_one:
        show(client, "12")
    for _number in range(29):
        make.retention_rule(12, due_at=None)
        make.reading(read_at=OLD)

    with CaptureQueriesContext(connection) as with_thirty:
        show(client, "12")

    assert len(with_thirty) == len(with_one)
