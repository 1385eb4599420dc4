"""Correct a claim that nobody else has worked on yet: the person who logged it does, and the old words are kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimVersion
from claims.models.claim import LONGEST_CLAIM
from claims.models.vocabulary import AssertionStatus, ClaimType, ClaimVerb, Move
from claims.review import rules
from sources.models.vocabulary import DatePrecision
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.refusal import Refusal


@dataclass(frozen=True)
class ClaimWords:
    """What a person can correct of a claim: its words, and what they noted about it."""

    text: str
    language: str
    short_text: str = ""
    type: ClaimType = ClaimType.EVENT
    claimed_at: datetime | None = None
    place: str = ""
    note: str = ""
    claimed_precision: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """Strip the texts; a date is known to the day."""
        for name in ("text", "short_text", "place", "note"):
            object.__setattr__(self, name, getattr(self, name).strip())
        object.__setattr__(self, "claimed_precision", DatePrecision.DAY if self.claimed_at else "")


@transaction.atomic
def correct_claim(claim: Claim, words: ClaimWords, *, by: User, reason: str) -> Claim:
    """Correct the words of a claim, as long as nobody else has worked on it; workers compare it with coverage again.

    The old words stay beside it (``ClaimVersion``). Suggested figures of the old words go. Raises ``Refusal`` (codes
    ``not_open``, ``not_yours``, ``built_on``, ``empty``, ``too_long``, ``null_character``, ``unchanged``,
    ``figures_settled``) and ``NotPermitted``.
    """
    held = rules.hold(claim, Move.CORRECT_CLAIM, by=by)
    now = asdict(words)
    before = {name: getattr(held, name) for name in now}
    _check(held, words, reason, changed=now != before)
    ClaimVersion.objects.create(
        claim=held,
        text=held.text,
        short_text=held.short_text,
        language=held.language,
        type=held.type,
        claimed_at=held.claimed_at,
        claimed_precision=held.claimed_precision,
        place=held.place,
        note=held.note,
        reason=reason.strip(),
        changed_by=by,
    )
    held.figures.filter(passage=None, standing=AssertionStatus.SUGGESTED).delete()
    for name, value in now.items():
        setattr(held, name, value)
    held.save(update_fields=list(now))
    held.ask()
    changed = {name: [before[name], now[name]] for name in now if now[name] != before[name]}
    audit.record(by, ClaimVerb.CORRECTED_CLAIM, held, reason=reason.strip(), changes=changed)
    return held


def _check(claim: Claim, words: ClaimWords, reason: str, *, changed: bool) -> None:
    """Raise ``Refusal`` with the first rule that this correction breaks."""
    if not words.text:
        raise Refusal(_("Write the claim: one statement to be checked."), "empty", field="text")
    if len(words.text) > LONGEST_CLAIM:
        problem = _("A claim is one statement of at most %(most)d characters. This text has %(length)d.")
        raise Refusal(problem % {"most": LONGEST_CLAIM, "length": len(words.text)}, "too_long", field="text")
    if any("\0" in text for text in (words.text, words.short_text, words.place, words.note, reason)):
        problem = _("The text contains a null character, which we cannot store. Remove it and send the form again.")
        raise Refusal(problem, "null_character", field="text")
    if not reason.strip():
        raise Refusal(_("Give a reason. The log records it."), "empty", field="reason")
    if not changed:
        raise Refusal(_("You have changed nothing yet."), "unchanged")
    settled = claim.figures.filter(passage=None).exclude(standing=AssertionStatus.SUGGESTED)
    if any(words.text[figure.start : figure.end] != figure.exact for figure in settled):
        problem = _("You have confirmed or rejected a figure in these words. Its place in the text must stay the same.")
        raise Refusal(problem, "figures_settled", field="text")
