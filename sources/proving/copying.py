"""Request copies of documents in public archives (Wayback Machine), so that not only we vouch for a page."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.models import Document, ExternalArchive
from sources.models.vocabulary import Archive, SourceAct, SourceVerb
from sources.web import wayback
from sources.web.client import Failed
from workbench.desk import audit, desk_profile
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import Next, PutOff, WorkQuerySet

OFFLINE = timedelta(minutes=5)
SOON = timedelta(seconds=15)
RECENT = timedelta(days=1)  # a copy this much older than our own capture still shows the same publication


def due() -> WorkQuerySet:
    """Return the copies, for a worker that requests those that are due."""
    rows: WorkQuerySet = ExternalArchive.objects.all()
    return rows


@transaction.atomic
def ask_for_copy(document: Document, *, by: User) -> ExternalArchive:
    """Request a copy of a document in a public archive. Raises ``Refusal`` and ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if not settings.WAYBACK:
        raise Refusal(_("Public archives are not used here: the operator has not turned them on."), "turned_off")
    if document.is_brought:
        raise Refusal(_("A person brought this file, so a public archive cannot fetch it."), "brought")
    if not document.is_web:
        raise Refusal(_("This text was pasted, so a public archive cannot fetch it."), "pasted")
    if document.copies.filter(due_at__isnull=False).exists():
        raise Refusal(_("A copy has already been requested."), "requested")
    copy = ExternalArchive.objects.create(document=document, archive=Archive.WAYBACK, asked_by=by)
    audit.record(by, SourceVerb.ASKED_FOR_COPY, document, archive=copy.archive, url=document.url)
    return copy


def copy(row: ExternalArchive) -> Generator[None, None, Next]:
    """Take a copy that exists already, or request one and wait for it; a refusal of the archive is stored."""
    found, job, refusal = _asked(row)
    yield
    if job:
        row.job = job
        row.save(update_fields=["job"])
        return timezone.now() + SOON
    if found is None and not refusal:
        return timezone.now() + SOON
    row.refusal = refusal
    if found is not None:
        row.snapshot_url, row.snapshot_at = found.url[:4096], found.at
    row.save(update_fields=["refusal", "snapshot_url", "snapshot_at"])
    return None


def _asked(row: ExternalArchive) -> tuple[wayback.Copy | None, str, str]:
    """Return the copy, the job that will make one, or why there will be none; nothing while a job runs."""
    try:
        return _next_answer(row)
    except wayback.NotCopied as refusal:
        return None, "", str(refusal)
    except wayback.Busy as busy:
        raise PutOff(timedelta(seconds=busy.seconds)) from busy
    except Failed as offline:
        raise PutOff(OFFLINE) from offline


def _next_answer(row: ExternalArchive) -> tuple[wayback.Copy | None, str, str]:
    url, agent = row.document.url, desk_profile.user_agent()
    if row.job:
        return wayback.saved(row.job, settings.WAYBACK_SAVE_URL, settings.WAYBACK_KEY, agent=agent), "", ""
    found = wayback.newest(url, settings.WAYBACK_AVAILABLE_URL, agent=agent)
    if found is not None and (found.at >= row.asked_at - RECENT or not settings.WAYBACK_KEY):
        return found, "", ""
    if not settings.WAYBACK_KEY:
        return None, "", _("The archive has no copy, and we need a key to request one.")
    return None, wayback.save(url, settings.WAYBACK_SAVE_URL, settings.WAYBACK_KEY, agent=agent), ""
