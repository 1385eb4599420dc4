"""Write the checklists for types of claims, and tick their lines for a claim. A tick opens no gate by itself."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import ChecklistItem, ChecklistTick, Claim
from claims.models.checklist import LONGEST_ITEM
from claims.models.vocabulary import ClaimAct, ClaimType, ClaimVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import require


@transaction.atomic
def add_item(type_: ClaimType, text: str, position: int = 0, *, by: User) -> ChecklistItem:
    """Add a line to the checklist for a type of claim.

    Raises ``NotPermitted`` and ``Refusal`` (``empty``, ``too_long``, ``null_character``).
    """
    require(by, ClaimAct.EDIT_CHECKLISTS)
    item = ChecklistItem.objects.create(type=type_, text=_checked(text), position=position, made_by=by)
    audit.record(by, ClaimVerb.SAVED_CHECKLIST, item, text=item.text, kind=item.type)
    return item


@transaction.atomic
def change_item(item: ChecklistItem, *, by: User, text: str, position: int, in_use: bool) -> ChecklistItem:
    """Change a line of a checklist; other words make a new line, and the old one is used no more.

    Ticks stay with the words that they were for. Returns the line that counts. Raises as ``add_item`` does.
    """
    require(by, ClaimAct.EDIT_CHECKLISTS)
    held = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    words = _checked(text)
    if words != held.text:
        _set(held, held.position, in_use=False, by=by)
        return add_item(ClaimType(held.type), words, position, by=by)
    return _set(held, position, in_use=in_use, by=by)


@transaction.atomic
def tick(claim: Claim, item: ChecklistItem, *, by: User) -> ChecklistTick:
    """Tick a line of the checklist for a claim. Raises ``NotPermitted`` and ``Refusal`` (``other_type``)."""
    require(by, ClaimAct.LOG_CLAIM)
    held = Claim.objects.hold(claim.pk)
    known: ChecklistTick | None = ChecklistTick.objects.standing().filter(claim=held, item=item).first()
    if known:
        return known
    if item.type != held.type or not item.in_use:
        raise Refusal(_("This line is no longer on the checklist for this claim."), "other_type")
    made: ChecklistTick = ChecklistTick.objects.create(claim=held, item=item, by=by)
    audit.record(by, ClaimVerb.TICKED, held, item=item.text)
    return made


@transaction.atomic
def untick(claim: Claim, item: ChecklistItem, *, by: User) -> None:
    """Take the tick off a line again. Raises ``NotPermitted``."""
    require(by, ClaimAct.LOG_CLAIM)
    held = Claim.objects.hold(claim.pk)
    known: ChecklistTick | None = ChecklistTick.objects.standing().filter(claim=held, item=item).first()
    if known:
        known.end(by)
        audit.record(by, ClaimVerb.UNTICKED, held, item=item.text)


def _set(item: ChecklistItem, position: int, *, in_use: bool, by: User) -> ChecklistItem:
    if (item.position, item.in_use) != (position, in_use):
        item.position, item.in_use = position, in_use
        item.save(update_fields=["position", "in_use"])
        audit.record(by, ClaimVerb.SAVED_CHECKLIST, item, text=item.text, number=position, is_on=in_use)
    return item


def _checked(text: str) -> str:
    empty, too_long = _("Write what to look at."), _("Write at most %(most)d characters.")
    return checked_text(" ".join(text.split()), field="text", most=LONGEST_ITEM, empty=empty, too_long=too_long)
