"""Mark a place in a picture or recording: a passage whose text is the person’s note, with the region or time range."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.formats import charset
from sources.language import detection
from sources.language.word_forms import searchable
from sources.models import Capture, Document, MarkedPlace, Passage, Reading
from sources.models.marked_place import WHOLE
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.reading.notes import MARKED
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

LONGEST_NOTE = 1_000  # characters
SURE = 0.5  # score of the detected language below which a note goes without one


def mark_region(capture: Capture, *, by: User, note: str, left: int, top: int, width: int, height: int) -> Passage:
    """Mark a region of a picture, in ‰ of its width and height. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if width < 1 or height < 1 or left + width > WHOLE or top + height > WHOLE or min(left, top) < 0:
        raise Refusal(_("The region must lie within the picture."), "outside", field="left")
    return _mark(capture, by, note, MarkedPlace(left=left, top=top, width=width, height=height, by=by))


def mark_time(capture: Capture, *, by: User, note: str, begins: float, ends: float) -> Passage:
    """Mark a time range of a recording, in seconds. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if ends < begins or begins < 0:
        raise Refusal(_("The end must come after the beginning."), "order", field="ends")
    place = MarkedPlace(begins=round(begins * 1000), ends=round(ends * 1000), by=by)
    return _mark(capture, by, note, place)


@transaction.atomic
def _mark(capture: Capture, by: User, note: str, place: MarkedPlace) -> Passage:
    text = " ".join(charset.clean(note).split())
    if not text:
        raise Refusal(_("Describe what can be seen or heard there."), "no_note", field="note")
    if len(text) > LONGEST_NOTE:
        message = _("A note can have at most %(most)d characters. This one has %(length)d.")
        raise Refusal(message % {"most": LONGEST_NOTE, "length": len(text)}, "too_long", field="note")
    document = Document.objects.select_for_update(no_key=True).get(pk=capture.document_id)
    passage = _noted(capture, text)
    place.passage = passage
    place.save()
    audit.record(by, SourceVerb.MARKED_PLACE, document, passage=passage.pk, place=place.fragment, note=text)
    return passage


def _noted(capture: Capture, text: str) -> Passage:
    """Store a note as a text of its own, so that a passage is a span of a text as any other; return its passage."""
    number = Reading.objects.filter(capture=capture, reader__startswith=MARKED).count() + 1
    language, score = detection.detect(text)
    reading = Reading.objects.create(
        capture=capture,
        reader=f"{MARKED}{number}",
        due_at=None,
        read_at=timezone.now(),
        outcome=Outcome.OK,
        language=language if score >= SURE else "",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    columns = {
        "start": 0,
        "end": len(text),
        "exact": text,
        "prefix": "",
        "suffix": "",
        "folded": searchable(text, reading.language),
    }
    return Passage.objects.get(pk=Passage.objects.keep(reading, [columns])[0])
