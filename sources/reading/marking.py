"""Mark a place in a picture or recording: a passage whose text is the person’s note, with the region or time range."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sources.capturing import ruling
from sources.language import clock_times
from sources.models import Capture, MarkedPlace, Passage
from sources.models.marked_place import WHOLE
from sources.models.vocabulary import SourceAct, SourceVerb
from sources.reading import noting
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import require


def mark_region(capture: Capture, *, by: User, note: str, left: int, top: int, width: int, height: int) -> Passage:
    """Mark a region of a picture, in ‰ of its width and height. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if width < 1 or height < 1 or left + width > WHOLE or top + height > WHOLE or min(left, top) < 0:
        raise Refusal(_("The region must lie within the picture."), "outside", field="left")
    return _mark(capture, by, note, MarkedPlace(left=left, top=top, width=width, height=height, by=by))


def mark_time(capture: Capture, *, by: User, note: str, begins: str, ends: str) -> Passage:
    """Mark a time range of a recording, such as 1:02:03 or 62.5. Raises ``Refusal``, ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    first, last = _milliseconds(begins, "begins"), _milliseconds(ends, "ends")
    if last < first:
        raise Refusal(_("The end must come after the beginning."), "order", field="ends")
    return _mark(capture, by, note, MarkedPlace(begins=first, ends=last, by=by))


def _milliseconds(written: str, field: str) -> int:
    seconds = clock_times.read(written)
    if seconds is None:
        raise Refusal(_("Enter a time, such as 1:02:03 or 62.5."), "no_time", field=field)
    return round(seconds * 1000)


@transaction.atomic
def _mark(capture: Capture, by: User, note: str, place: MarkedPlace) -> Passage:
    text = checked_text(
        " ".join(note.split()),
        field="note",
        most=noting.LONGEST,
        empty=_("Describe what can be seen or heard there."),
        too_long=_("A note can have at most %(most)d characters. This one has %(length)d."),
    )
    ruling.hold(capture.document)
    place.passage = noting.written(capture, text, by=by)
    place.save()
    facts = {"passage": place.passage_id, "place": place.fragment, "note": text}
    audit.record(by, SourceVerb.MARKED_PLACE, place, chain=audit.name_of(capture.document), **facts)
    return place.passage
