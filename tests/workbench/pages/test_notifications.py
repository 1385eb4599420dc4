"""The pages of notifications: one’s own alone, links to what they are about, and the choice of how to be told."""

import pytest
from django.urls import reverse

from claims.models.vocabulary import ClaimEvent
from tests import make
from workbench.desk import notifying
from workbench.desk.notifications import Notification, NotificationChoice
from workbench.desk.vocabulary import DeskEvent, NotificationWay

pytestmark = pytest.mark.django_db


def notification(person, claim, event=ClaimEvent.TO_REVIEW):
    entry = make.log_entry(claim, by=make.editor(), verb="moved", before="open", after="in_review")
    return Notification.objects.create(person=person, entry=entry, event=event)


def test_a_person_sees_their_own_notifications_with_the_claim_they_are_about(client):
    person = make.reviewer()
    notification(person, make.claim("أغلق الجسر", language="ar"))
    notification(make.reviewer(), make.claim("A claim of others."))
    client.force_login(person)

    page = client.get(reverse("notifications")).content.decode()

    assert "A claim waits for your review" in page
    assert "أغلق الجسر" in page
    assert "A claim of others." not in page


def test_new_notifications_are_counted_in_the_head_of_each_page_until_they_are_seen(client):
    person = make.reviewer()
    for _number in range(3):
        notification(person, make.claim())
    client.force_login(person)

    before = client.get(reverse("notifications")).context["new_notifications"]
    client.post(reverse("see_notifications"))
    after = client.get(reverse("notifications"))

    assert (str(before), str(after.context["new_notifications"])) == ("3", "")
    assert "Mark all as read" not in after.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    person = make.reviewer()
    for _number in range(rows):
        notification(person, make.claim())
    client.force_login(person)

    with django_assert_num_queries(7):
        assert client.get(reverse("notifications")).status_code == 200


def test_an_empty_page_says_what_will_be_here(client):
    client.force_login(make.viewer())

    assert "Nothing yet." in client.get(reverse("notifications")).content.decode()


def test_a_person_chooses_how_to_be_told(client):
    person = make.editor()
    client.force_login(person)
    ways = {event.value: NotificationWay.HERE for event in notifying.ways_of(person)}

    client.post(reverse("choose_notifications"), {**ways, DeskEvent.TO_SECOND: NotificationWay.DAILY})
    page = client.get(reverse("choose_notifications"))

    assert notifying.ways_of(person)[DeskEvent.TO_SECOND] == NotificationWay.DAILY
    assert page.context["form"][DeskEvent.TO_SECOND].value() == NotificationWay.DAILY
    assert "no e-mail address" in page.content.decode()


@pytest.mark.parametrize("way", ["", "by pigeon", "بريد"])
def test_a_way_that_does_not_exist_is_refused(client, way):
    person = make.editor()
    client.force_login(person)
    ways = {event.value: NotificationWay.HERE for event in notifying.ways_of(person)}

    answer = client.post(reverse("choose_notifications"), {**ways, DeskEvent.TO_SECOND: way})

    assert answer.status_code == 422
    assert not NotificationChoice.objects.exists()
