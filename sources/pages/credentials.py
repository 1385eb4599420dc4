"""Say in words what content credentials (C2PA) in a file tell: who signed, what they say was done, what is broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STANDARD, DAMAGED, BROKEN, STATE, REMOTE = "c2pa", "damaged", "Broken", "State", "RemoteManifest"
INVALID = "Invalid"
LABELS: dict[str, Any] = {
    "Signer": gettext_lazy("Signed by"),
    "SignedAt": gettext_lazy("Signed at"),
    "MadeWith": gettext_lazy("Made with"),
    "Title": gettext_lazy("Title in the signature"),
    "Action": gettext_lazy("Stated action"),
    "Ingredient": gettext_lazy("Stated ingredient"),
    BROKEN: gettext_lazy("Broken"),
    REMOTE: gettext_lazy("Address of the credentials"),
}


@dataclass(frozen=True)
class Credentials:
    """What the credentials of a file tell: a sentence on the whole, and their statements with their labels."""

    sentence: str
    rows: list[tuple[str, str]]
    is_broken: bool


def of(facts: Iterable[Mapping[str, Any]]) -> Credentials | None:
    """Return what the facts of a file tell of its credentials; None for a file without any."""
    told = [(fact["name"], fact["value"]) for fact in facts if fact["standard"] == STANDARD]
    if not told:
        return None
    names = {name for name, _value in told}
    rows = [(str(LABELS[name]), value) for name, value in told if name in LABELS]
    is_broken = bool(names & {BROKEN, DAMAGED}) or (STATE, INVALID) in told
    return Credentials(_sentence(names, is_broken=is_broken), rows, is_broken)


def _sentence(names: set[str], *, is_broken: bool) -> str:
    if DAMAGED in names:
        return _("The content credentials in this file are damaged. We could not read them.")
    if REMOTE in names:
        return _("The file names content credentials that are kept elsewhere. We do not fetch them.")
    if is_broken:
        return _("The credentials do not fit this file: it was changed after it was signed, or the signature is wrong.")
    return _(
        "The file is as it was when it was signed. Anybody can sign: we do not check who the signer is, nor whether "
        "what the signer says is true."
    )
