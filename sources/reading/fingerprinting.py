"""Fingerprint pictures, point out near-copies among those that the desk holds, and keep what a person says of them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing import preserving
from sources.formats import sandbox, sandbox_pictures
from sources.formats.files.reader_names import PICTURE
from sources.formats.sandbox_pictures import PictureFacts
from sources.formats.unreadable import Unreadable
from sources.models import Capture, NearCopy, Picture
from sources.models.picture import DETAILED, chunks_of
from sources.models.vocabulary import NearCopyState, SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

MOST_COPIES = 20  # that are pointed out for one picture: the nearest ones


def look(capture: Capture, read_by: str) -> PictureFacts | None:
    """Return the fingerprint of a capture that the reader of pictures has read; None for any other."""
    if read_by != PICTURE or Picture.objects.filter(capture=capture).exists():
        return None
    try:
        return sandbox_pictures.fingerprint(preserving.bytes_of(capture))
    except (Unreadable, sandbox.GaveUp):
        return None


def keep(capture: Capture, found: PictureFacts | None) -> None:
    """Store the fingerprint of a capture, and suggest the near-copies among the pictures that the desk holds."""
    if found is None:
        return
    is_detailed = bool(found.pdq) and found.quality >= DETAILED
    near = Picture.objects.exclude(capture__document=capture.document_id).near(found.pdq) if is_detailed else []
    row, is_new = Picture.objects.get_or_create(
        capture=capture,
        defaults={
            "width": found.width,
            "height": found.height,
            "pdq": found.pdq,
            "quality": found.quality,
            "chunks": chunks_of(found.pdq) if is_detailed else [],
        },
    )
    if is_new:
        NearCopy.objects.bulk_create(
            NearCopy(picture=row, other_id=key, distance=distance) for key, distance in near[:MOST_COPIES]
        )


@transaction.atomic
def decide(copy: NearCopy, *, by: User, state: str) -> NearCopy:
    """Say whether two pictures are copies of one. Raises ``Refusal`` for no answer, and ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    held = NearCopy.objects.select_for_update(of=("self",)).select_related("picture__capture__document").get(pk=copy.pk)
    if state not in (NearCopyState.CONFIRMED, NearCopyState.REJECTED):
        raise Refusal(_("Choose Confirm or Reject."), "no_answer")
    held.state, held.decided_by, held.decided_at = NearCopyState(state), by, timezone.now()
    held.save(update_fields=["state", "decided_by", "decided_at"])
    document = held.picture.capture.document
    audit.record(by, SourceVerb.COMPARED_PICTURES, document, copy_of=audit.name_of(held.other), state=state)
    return held
