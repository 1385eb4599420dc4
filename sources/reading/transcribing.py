"""Add a transcript to a recording: kept in the archive as it was given, and read so that its words have their times."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from sources.archive import incoming
from sources.archive.incoming import Incoming
from sources.capturing import archive_room, preserving
from sources.formats import charset, sandbox
from sources.formats.files import kinds, reader_names, transcript
from sources.formats.unreadable import Unreadable
from sources.models import Capture, Document, FetchAttempt
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import NOT_KEPT, Refusal
from workbench.desk.roles import require

TIMED = {kinds.KINDS["vtt"], kinds.KINDS["srt"]}
HEADER = "WEBVTT\n\n"


def add_transcript(document: Document, body: bytes, *, by: User) -> Capture:
    """Keep a transcript (WebVTT or SubRip) of a recording; a worker then reads it. Return its capture.

    Raises ``Refusal`` (codes ``too_large``, ``no_cues``, ``known``, ``not_kept``) and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    if len(body) > transcript.LARGEST:
        message = _("A transcript can have at most %(most)d MB.")
        raise Refusal(message % {"most": transcript.LARGEST // incoming.MEGABYTE}, "too_large", field="transcript")
    text = charset.clean(charset.decode(body, "text/plain")).strip() + "\n"
    if kinds.sniff(text.encode()) not in TIMED:
        text = HEADER + text
    _check(text)
    with closing(incoming.received(BytesIO(text.encode()), "")) as given:
        return _kept(document, given, by)


def _check(text: str) -> None:
    """Refuse what has no words with times: a person should see it at the form, not in a list of problems."""
    try:
        sandbox.file(text.encode(), kinds.sniff(text.encode()).media_type)
    except (Unreadable, sandbox.GaveUp) as problem:
        message = _("No words with times were found. A transcript is a WebVTT (.vtt) or SubRip (.srt) file.")
        raise Refusal(message, "no_cues", field="transcript") from problem


@transaction.atomic
def _kept(document: Document, given: Incoming, by: User) -> Capture:
    held = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    if held.captures.filter(sha256=given.sha256).exists():
        raise Refusal(_("This recording has this transcript already."), "known", field="transcript")
    reason = _("Transcript given by %(person)s.") % {"person": by}
    attempt = FetchAttempt.objects.create(document=held, outcome=Outcome.BROUGHT, reason=reason)
    try:
        kept = preserving.keep_brought(f"ni:///sha-256;{given.sha256}", given)
    except archive_room.NotKept as problem:
        raise Refusal(str(problem), NOT_KEPT, field="transcript") from problem
    capture = preserving.note(attempt, kept, to_read=True, reader=reader_names.TRANSCRIPT)
    audit.record(by, SourceVerb.ADDED_TRANSCRIPT, held, sha256=capture.sha256)
    return capture
