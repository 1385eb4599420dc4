"""Set a rule of the method aside for one verdict, with the reason that its later reports print."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, Decision, RuleWaiver
from claims.models.vocabulary import ClaimAct, ClaimVerb, MethodRule
from claims.publishing import gate
from workbench.desk import audit, seconding
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require


def is_open(decision: Decision) -> bool:
    """Say whether rules can be set aside for a verdict: it is the newest. Its reports since then print the reason."""
    return decision.round == decision.claim.round


@transaction.atomic
def waive(decision: Decision, *, by: User, rule: str, reason: str) -> RuleWaiver:
    """Set a rule aside. Who set it aside first is kept: the same rule again is refused.

    Raises ``Refusal`` (codes ``newer_verdict``, ``not_open``, and those of a reason) and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = decision.claim = Claim.objects.hold(decision.claim_id, alone=True)
    if not is_open(decision):
        problem = _("Rules can be set aside for the newest verdict only.")
        raise Refusal(problem, "newer_verdict")
    found = next((each for each in gate.of(decision, by) if each.rule == rule), None)
    if found is None or not found.may_be_waived:
        raise Refusal(_("This rule is met, or was set aside already."), "not_open")
    text = seconding.checked_reason(reason, field="reason")
    row = RuleWaiver.objects.create(decision=decision, rule=MethodRule(rule), reason=text, by=by)
    audit.record(by, ClaimVerb.WAIVED_RULE, claim, decision=decision.pk, rule=row.rule, reason=text)
    return row
