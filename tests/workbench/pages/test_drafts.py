"""The page of a person's drafts."""

import pytest
from django.urls import reverse

from tests import make
from workbench.desk.drafts import Draft

pytestmark = pytest.mark.django_db


def test_a_person_sees_their_own_drafts_with_every_word(client):
    person = make.reviewer()
    make.draft(person, title="Review of “The bridge”", fields='[["reasons", "Deux récits, aucun acte."]]')
    make.draft(fields='[["reasons", "A secret of somebody else."]]')
    client.force_login(person)

    page = client.get(reverse("drafts")).content.decode()

    assert "Review of “The bridge”" in page
    assert "Deux récits, aucun acte." in page
    assert "A secret of somebody else." not in page


@pytest.mark.parametrize("maker", [make.admin, make.editor, lambda: make.admin(is_superuser=True, is_staff=True)])
def test_nobody_else_reads_or_discards_a_draft(client, maker):
    draft = make.draft(fields='[["reasons", "A secret."]]')
    client.force_login(maker())

    pages = [client.get(reverse("drafts")), client.get(draft.path), client.get("/admin/")]
    answer = client.post(reverse("discard_draft", args=[draft.pk]))

    assert [page for page in pages if "A secret." in page.content.decode()] == []
    assert (answer.status_code, Draft.objects.filter(pk=draft.pk).exists()) == (404, True)


def test_a_draft_is_discarded_by_its_owner(client):
    draft = make.draft()
    client.force_login(draft.owner)

    answer = client.post(reverse("discard_draft", args=[draft.pk]), {"back": draft.path})

    assert answer.url == draft.path
    assert not Draft.objects.exists()


@pytest.mark.parametrize("back", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_discarding_leads_nowhere_else(client, back):
    draft = make.draft()
    client.force_login(draft.owner)

    assert client.post(reverse("discard_draft", args=[draft.pk]), {"back": back}).url == reverse("drafts")
