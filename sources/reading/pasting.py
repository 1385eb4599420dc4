"""Store a text that a person pasted: in the archive, as a document named by its hash, split into passages."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing import archive_room, keeping_bytes, preserving
from sources.formats import charset
from sources.language import detection
from sources.models import Capture, Document, FetchAttempt, Reading
from sources.models.vocabulary import Outcome, SourceVerb
from sources.reading import passages, reembedding
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import NOT_KEPT, Refusal

PASTED = "pasted@1"
LONGEST_PASTED = 200_000  # characters; a long read has 60,000


@transaction.atomic
def keep_pasted(text: str, *, by: User, url: str = "", language: str = "") -> Reading:
    """Store a text that a person pasted, and return the reading of it: the text, split into passages.

    The document is named by the hash of the text (RFC 6920 writes such names as ``ni:``), never by the address that
    the person gives for it: that we have not seen the text there is part of the evidence. Raises ``Refusal``.
    """
    text = charset.clean(text).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_PASTED:
        message = _("A pasted text can have at most %(most)d characters. This one has %(length)d.")
        raise Refusal(message % {"most": LONGEST_PASTED, "length": len(text)}, "too_long", field="pasted")
    body = text.encode()
    columns = {"last_outcome": Outcome.OK, "title": _first_line(text)}
    document, new = keeping_bytes.document_of(hashlib.sha256(body).hexdigest(), by=by, **columns)
    known = None if new else Reading.objects.filter(capture__document=document, reader=PASTED).first()
    if known is not None:
        return known
    # Somebody may have brought the same text as a file.
    capture = document.captures.order_by("pk").first() or _capture(document, body, by, url)
    audit.record(by, SourceVerb.PASTED_TEXT, document, sha256=capture.sha256, said_to_be_from=url)
    reading = Reading.objects.create(
        capture=capture,
        reader=PASTED,
        due_at=None,
        read_at=timezone.now(),
        outcome=Outcome.OK,
        title=_first_line(text),
        language=language or detection.detect(text)[0],
        text=text,
        sha256=capture.sha256,
    )
    passages.split(reading)
    reembedding.arrive(reading)
    return reading


def _capture(document: Document, body: bytes, by: User, url: str) -> Capture:
    attempt = FetchAttempt.objects.create(
        document=document, outcome=Outcome.OK, reason=_("Pasted by %(person)s.") % {"person": by}, final_url=url
    )
    try:
        kept = preserving.keep_as_given(document.url, body)
    except archive_room.NotKept as problem:
        raise Refusal(str(problem), NOT_KEPT, field="pasted") from problem
    return preserving.note(attempt, kept, to_read=False)


def _first_line(text: str) -> str:
    return text.partition("\n")[0][:300]
