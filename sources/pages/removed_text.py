"""What the page of a document says where a text was removed (retention), and whether it can be extracted again."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.models import Document, Reading, TextRemoval
from sources.pages.date_display import at
from workbench.pages.templatetags.log_words import told


@dataclass(frozen=True)
class RemovedText:
    """A removed text in words: by which rule, the hash that is kept, and how far it is on its way back."""

    text: str
    sha256: str
    state: str  # empty: nobody has asked for it
    can_be_asked: bool


def removed_text(document: Document, reading: Reading | None) -> RemovedText | None:
    """Return what became of the text that a page would show; None where it shows one, or none was removed."""
    if reading is not None and not reading.is_text_removed:
        return None
    removals = TextRemoval.objects.all() if reading is None else TextRemoval.objects.filter(reading=reading)
    newest = removals.newest_of(document)
    return None if newest is None else _shown(newest)


def _shown(removal: TextRemoval) -> RemovedText:
    rule = removal.rule
    latest = Reading.objects.filter(capture=removal.reading.capture_id).defer("text").order_by("pk").last()
    reading = latest or removal.reading  # a newer reader gives a reading of its own
    months = rule.months or 0
    by_rule = ngettext(
        "Text removed on %(day)s by the rule of %(n)d month.",
        "Text removed on %(day)s by the rule of %(n)d months.",
        months,
    )
    by_person = ngettext(
        "Text removed on %(day)s: %(person)s had texts older than %(n)d month removed.",
        "Text removed on %(day)s: %(person)s had texts older than %(n)d months removed.",
        months,
    )
    text = by_person if rule.once else by_rule
    said = text % {"day": at(removal.removed_at), "n": months, "person": rule.set_by}
    kept = _("The capture with its hash is kept.")
    return RemovedText(f"{said} {kept}", removal.sha256, _state(reading), can_be_asked=reading.due_at is None)


def _state(reading: Reading) -> str:
    if reading.trouble:
        return _("It could not be extracted again: %(problem)s") % {"problem": told(reading.trouble)}
    return _("It is being extracted again. Reload the page in a moment.") if reading.due_at else ""
