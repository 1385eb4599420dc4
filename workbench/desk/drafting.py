"""Save the drafts of a person, discard them, and remove those that have expired.

A draft is no act on what the desk shares, so the log does not record it: a log of who is writing which review, and how
often they save it, would tell what blind review hides.
"""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workbench.desk.drafts import LONGEST_PATH, LONGEST_TITLE, Draft, Fields
from workbench.desk.models import User
from workbench.desk.refusal import Refusal

LONGEST_DRAFT = 500_000  # characters: a whole article with everything that is written about it
MOST_DRAFTS = 40  # of one person; saving one more removes the oldest


@transaction.atomic
def keep(person: User, path: str, fields: Fields, *, title: str = "") -> Draft:
    """Keep what a person wrote into the form at this address, in place of the draft before it.

    Raises ``Refusal`` (code ``too_long``).
    """
    written = json.dumps(fields, ensure_ascii=False)
    if len(written) > LONGEST_DRAFT or len(path) > LONGEST_PATH:
        problem = _("This is too long to keep as a draft: at most %(most)d characters. Copy what you wrote.")
        raise Refusal(problem % {"most": LONGEST_DRAFT}, "too_long")
    draft, _new = Draft.objects.update_or_create(
        owner=person,
        path=path,
        defaults={"title": title.replace("\0", "")[:LONGEST_TITLE], "fields": written, "saved_at": timezone.now()},
    )
    kept = Draft.objects.filter(owner=person).order_by("-saved_at", "-pk").values("pk")[:MOST_DRAFTS]
    Draft.objects.filter(owner=person).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return draft


def discard(person: User, path: str) -> None:
    """Remove the draft of a person for the form at this address: it was sent, or they do not want it."""
    Draft.objects.filter(owner=person, path=path).delete()


def expire() -> None:
    """Remove the drafts of everybody that have expired."""
    Draft.objects.expired().delete()
