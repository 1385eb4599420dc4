"""Note what a file shows, in a person's own words: so that a file without a text that we can read can be cited."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.capturing import ruling
from sources.language import detection
from sources.models import Capture, Document, Passage, Reading
from sources.models.document import NOTE
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.reading import passages
from workbench.desk import audit, hidden_rows
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import require

LONGEST = 2_000  # characters


@transaction.atomic
def note(document: Document, text: str, *, by: User) -> Passage:
    """Write down what a file shows, and return the note as a passage that can be cited.

    It is a reading of its own, left out of coverage: nobody may take these words for those of the file. The same note
    of a file is returned unchanged. Raises ``Refusal`` (codes ``empty``, ``too_long``, ``null_character``,
    ``no_file``) and ``NotPermitted``.
    """
    require(by, SourceAct.GATHER)
    text = checked_text(
        text,
        field="text",
        most=LONGEST,
        empty=_("Write what the file shows."),
        too_long=_("A note can have at most %(most)d characters. This one has %(length)d."),
    )
    ruling.hold(document)
    capture = document.captures.order_by("-taken_at", "-pk").first()
    if capture is None:
        raise Refusal(_("Nothing of this document is kept, so there is nothing to note."), "no_file")
    notes = Reading.objects.filter(capture=capture, reader__startswith=NOTE).order_by("pk")
    known = Passage.objects.filter(reading__in=notes, exact=text, marked=None).first()
    if known is not None:
        return known
    passage = written(capture, text, by=by)
    chain, sha256 = audit.name_of(document), passage.reading.sha256
    audit.record(by, SourceVerb.NOTED_FILE, passage.reading, chain=chain, sha256=sha256)
    return passage


def written(capture: Capture, text: str, *, by: User) -> Passage:
    """Store a note on a capture as a text of its own, and return its passage; who calls this holds the document."""
    with hidden_rows.everything():  # also those of other people that are hidden from this one
        earlier = Reading.objects.filter(capture=capture, reader__startswith=NOTE).count()
    reading = Reading.objects.create(
        capture=capture,
        reader=f"{NOTE}{earlier + 1}@1",
        due_at=None,
        read_at=timezone.now(),
        outcome=Outcome.OK,
        is_left_out=True,
        title=_("Note on %(file)s") % {"file": capture.document},
        byline=str(by),
        language=detection.detect(text)[0],
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return passages.whole(reading)
