"""The pages of internal notes: write, change and remove one, and nothing of it for who reviews blind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import DiscussionNote
from claims.models.vocabulary import Rating
from claims.review import discussing, reviewing
from claims.review.reviewing import Finding
from tests import make, rights
from tests.refusing import codes
from workbench.desk import notifying

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return make.claim(logged_by=make.reporter(username="rep"))


def address(claim, name="discussion"):
    return reverse(f"claims:{name}", args=[claim.pk])


def test_a_note_is_written_changed_and_removed_without_scripts(client, claim):
    client.force_login(claim.logged_by)

    client.post(address(claim), {"text": "<b>من قال</b> هذا؟"})
    note = DiscussionNote.objects.get()
    client.post(address(note, "change_note"), {"text": "Who says so?"})
    changed = client.get(address(claim)).content.decode()
    client.post(address(note, "remove_note"))

    removed = client.get(address(claim)).content.decode()
    assert ["Who says so?" in changed, "&lt;b&gt;من قال" in changed] == [True, True]  # the earlier version, too
    assert ["Who says so?" in removed, "من قال" in removed, "Removed by" in removed] == [False, False, True]


def test_a_note_on_evidence_leads_to_it_and_one_on_that_of_another_claim_is_not_found(client, claim):
    item = make.confirmed_evidence(claim)
    client.force_login(claim.logged_by)

    client.post(f"{address(claim)}?evidence={item.pk}", {"text": "Too old."})
    other = client.get(f"{address(make.claim())}?evidence={item.pk}")

    assert item.get_absolute_url() in client.get(claim.get_absolute_url()).content.decode()
    assert (DiscussionNote.objects.get().evidence, other.status_code) == (item, 404)


def test_who_is_told_is_said_and_a_mention_that_is_refused_keeps_the_words(client, claim):
    make.editor(username="ed", first_name="Edith")
    make.reviewer(username="gone", is_active=False)
    client.force_login(claim.logged_by)

    told = client.post(address(claim), {"text": "@ed, look."}, follow=True)
    refused = client.post(address(claim), {"text": "@gone, look."})

    assert "We tell Edith." in told.content.decode()
    assert (refused.status_code, codes(refused.context["form"])) == (422, {"text": ["no_account"]})
    assert "@gone, look." in refused.content.decode()


def test_a_viewer_reads_notes_and_writes_none(client, claim):
    discussing.write(claim, by=claim.logged_by, text="Ask the ministry.")
    client.force_login(make.viewer())

    page = client.get(address(claim)).content.decode()

    assert ["Ask the ministry." in page, "<textarea" in page] == [True, False]
    assert client.post(address(claim), {"text": "I?"}).status_code == 403


def test_the_admin_shows_no_word_of_a_note_that_was_removed(client, claim):
    note = discussing.write(claim, by=claim.logged_by, text="Zyxwort told us.")
    discussing.change(note, by=claim.logged_by, text="Our informant Zyxwort told us.")
    client.force_login(make.admin())
    pages = [
        reverse("admin:claims_discussionnote_changelist"),
        reverse("admin:claims_discussionnote_change", args=[note.pk]),
    ]
    before = ["Zyxwort" in client.get(page, follow=True).content.decode() for page in pages]

    discussing.remove(note, by=claim.logged_by)

    after = ["Zyxwort" in client.get(page, follow=True).content.decode() for page in pages]
    assert (before, after) == ([True, True], [False, False])


def test_no_page_tells_a_blind_reviewer_that_others_wrote_notes(client, claim):
    first, blind = make.reviewer(username="rev1"), make.reviewer(username="rev2")
    make.confirmed_evidence(claim)
    reviewing.open_review(claim, by=claim.logged_by)
    reviewing.submit_review(claim, Finding(Rating.REFUTED, "It was open."), by=first)
    for _look in range(2):  # the first one only begins
        notifying.notify()
    client.force_login(blind)
    pages = [claim.get_absolute_url(), *(address(claim, name) for name in ("discussion", "claim_log", "submit_review"))]
    pages += [reverse(name) for name in ("claims:queue", "claims:claims", "notifications", "trouble")]
    pages.append(reverse("admin:claims_discussionnote_changelist"))
    before = [rights.answer(client, page) for page in pages]

    note = discussing.write(claim, by=first, text="Refuted, surely.")
    discussing.change(note, by=first, text="Refuted, I am sure.")
    discussing.write(claim, by=first, text="On this too.", about=discussing.About(claim.evidence.get()))
    notifying.notify()

    after = [rights.answer(client, page) for page in pages]
    assert [line for then, now in zip(before, after, strict=True) for line in _new_lines(then, now)] == []
    assert client.get(address(note, "change_note")).status_code == 404
    assert client.post(address(note, "remove_note")).status_code == 404


def _new_lines(then, now):
    """What stands on one of two answers alone."""
    return set(then.body.splitlines()) ^ set(now.body.splitlines()) | ({now.status} - {then.status})


def test_many_notes_cost_as_many_questions_as_one(client, claim):
    client.force_login(claim.logged_by)
    numbers = []
    for more in (1, 29):
        for number in range(more):
            note = make.discussion_note(claim, text=f"{more} {number}")
            make.discussion_note(claim, text="Changed.", first=note)
        for page in (address(claim), claim.get_absolute_url()):
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            numbers.append(len(asked))

    assert numbers[:2] == numbers[2:]
