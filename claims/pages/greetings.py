"""The line at the head of the queue: a greeting, and what waits, each number leading to all that it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.pages.queues import ClaimQueue
from workbench.desk.amounts import Amount
from workbench.desk.models import User

NOON, EVENING = 12, 18  # o’clock


@dataclass(frozen=True)
class CountLink:
    """A number of rows in words, and where all of them are."""

    text: str
    url: str
    is_urgent: bool = False


def hello(person: User) -> str:
    """Return the greeting for the time of day at the desk."""
    hour = timezone.localtime().hour
    name = {"name": person.first_name or str(person)}
    if hour < NOON:
        return _("Good morning, %(name)s") % name
    return _("Good afternoon, %(name)s") % name if hour < EVENING else _("Good evening, %(name)s") % name


def counts(waiting: Mapping[ClaimQueue, Amount], trouble: Amount) -> list[CountLink]:
    """Return the numbers that are not zero, each with the address of all that it counts."""
    listed = reverse("claims:claims")
    found = [
        CountLink(
            _in_words(queue, amount), f"{listed}?queue={queue.value}", queue in {ClaimQueue.LATE, ClaimQueue.DIFFER}
        )
        for queue, amount in waiting.items()
        if amount
    ]
    if trouble:
        text = ngettext(
            "%(number)s problem with background work", "%(number)s problems with background work", trouble.number
        )
        found.append(CountLink(text % {"number": trouble}, reverse("trouble"), is_urgent=True))
    return found


def _in_words(queue: ClaimQueue, amount: Amount) -> str:
    number = amount.number
    texts = {
        ClaimQueue.REVIEW: ngettext("%(number)s to review", "%(number)s to review", number),
        ClaimQueue.DECIDE: ngettext("%(number)s to decide", "%(number)s to decide", number),
        ClaimQueue.DIFFER: ngettext("%(number)s with differing reviews", "%(number)s with differing reviews", number),
        ClaimQueue.PUBLISH: ngettext("%(number)s to publish", "%(number)s to publish", number),
        ClaimQueue.LATE: ngettext("%(number)s late", "%(number)s late", number),
        ClaimQueue.MINE: ngettext("%(number)s open claim of yours", "%(number)s open claims of yours", number),
        ClaimQueue.WEIGH: ngettext("%(number)s to weigh for others", "%(number)s to weigh for others", number),
    }
    return texts[queue] % {"number": amount}
