"""Open cases, change them, and say what belongs to them: claims, sources and tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.models import CaseItem, Claim, DeskCase
from claims.models.desk_case import LONGEST_CASE_NAME
from claims.models.vocabulary import ClaimAct, ClaimVerb
from claims.team import tagging
from sources.models import Source
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal, checked_text
from workbench.desk.roles import require

LONGEST_ABOUT = 5_000  # characters


@transaction.atomic
def open_case(name: str, about: str = "", *, by: User) -> DeskCase:
    """Open a case. Raises ``NotPermitted`` and ``Refusal`` (``empty``, ``too_long``, ``null_character``)."""
    require(by, ClaimAct.PLAN)
    case = DeskCase.objects.create(name=_name(name), about=_about(about), opened_by=by)
    audit.record(by, ClaimVerb.OPENED_CASE, case, text=case.name)
    return case


@transaction.atomic
def change_case(
    case: DeskCase,
    *,
    by: User,
    name: str,
    about: str,
    is_closed: bool,
    check: Callable[[DeskCase], None] | None = None,
) -> DeskCase:
    """Change the name of a case and what it is about, close it or open it again.

    ``check`` gets the case as it stands, locked, and may refuse. Raises ``NotPermitted`` and ``Refusal`` (``empty``,
    ``too_long``, ``null_character``).
    """
    require(by, ClaimAct.PLAN)
    held = _hold(case)
    if check:
        check(held)
    new: dict[str, Any] = {"name": _name(name), "about": _about(about), "is_closed": is_closed}
    changes = {
        column: {"before": str(getattr(held, column)), "after": str(value)}
        for column, value in new.items()
        if getattr(held, column) != value
    }
    if changes:
        held.name, held.about, held.is_closed = new["name"], new["about"], new["is_closed"]
        held.save(update_fields=["name", "about", "is_closed"])
        audit.record(by, ClaimVerb.CHANGED_CASE, held, changes=changes)
    return held


@transaction.atomic
def put_claim(case: DeskCase, claim: Claim, *, by: User) -> CaseItem:
    """Put a claim in a case. The entry stands in the log of the claim: who may not see it learns nothing of it.

    Raises ``NotPermitted`` and ``Refusal`` (``case_closed``).
    """
    return _put(case, by=by, about=claim, claim=claim)


@transaction.atomic
def put_source(case: DeskCase, source: Source, *, by: User) -> CaseItem:
    """Put a source in a case. Raises ``NotPermitted`` and ``Refusal`` (``case_closed``)."""
    return _put(case, by=by, about=source, source=source)


@transaction.atomic
def put_tag(case: DeskCase, tag: str, *, by: User) -> CaseItem:
    """Have every claim with a tag belong to a case. Raises ``NotPermitted`` and ``Refusal`` (and ``bad_tag``)."""
    [name] = tagging.names(tag)[:1] or [""]
    if not name:
        raise Refusal(_("Write a tag."), "empty", field="tag")
    return _put(case, by=by, about=case, tag=name, folded=tagging.checked(name))


@transaction.atomic
def take_out(item: CaseItem, *, by: User) -> None:
    """Take a claim, a source or a tag out of a case. Raises ``NotPermitted``."""
    require(by, ClaimAct.PLAN)
    case = _hold(item.case)
    row: CaseItem | None = CaseItem.objects.standing().filter(pk=item.pk).first()
    if row is None:
        return
    row.end(by)
    about = row.claim or row.source or case
    audit.record(by, ClaimVerb.TOOK_OUT_OF_CASE, about, case=audit.name_of(case), **_tagged(row))


def _put(case: DeskCase, *, by: User, about: models.Model, **what: Any) -> CaseItem:
    require(by, ClaimAct.PLAN)
    held = _hold(case)
    if held.is_closed:
        raise Refusal(_("This case is closed. Open it again first."), "case_closed", field="case")
    asked = {name: value for name, value in what.items() if name != "tag"}
    row: CaseItem | None = CaseItem.objects.standing().filter(case=held, **asked).first()
    if row is None:
        row = CaseItem.objects.create(case=held, by=by, **what)
        audit.record(by, ClaimVerb.PUT_IN_CASE, about, case=audit.name_of(held), **_tagged(row))
    return row


def _tagged(row: CaseItem) -> dict[str, str]:
    return {"tag": row.tag} if row.tag else {}


def _hold(case: DeskCase) -> DeskCase:
    return DeskCase.objects.select_for_update().get(pk=case.pk)


def _name(text: str) -> str:
    empty, too_long = _("Give the case a name."), _("A name can have at most %(most)d characters.")
    return checked_text(" ".join(text.split()), field="name", most=LONGEST_CASE_NAME, empty=empty, too_long=too_long)


def _about(text: str) -> str:
    if not text.strip():
        return ""
    too_long = _("Write at most %(most)d characters.")
    return checked_text(text, field="about", most=LONGEST_ABOUT, empty="", too_long=too_long)
