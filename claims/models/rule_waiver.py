"""Rules of the method that a desk set aside for one verdict before its report was published, each with the reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.models.review import Decision
from claims.models.vocabulary import MethodRule
from workbench.desk.guards import append_only
from workbench.desk.models import User


class RuleWaiver(models.Model):
    """The reason for which a rule of the method does not hold for a verdict. Reports print it. Append-only."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="rule_waivers", verbose_name=_("verdict"))
    rule = models.CharField(_("rule"), max_length=20, choices=MethodRule)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set aside by"))
    at = models.DateTimeField(_("set aside at"), auto_now_add=True)

    class Meta:
        verbose_name = _("rule set aside")
        verbose_name_plural = _("rules set aside")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("decision", "rule", name="rule_set_aside_once"),
            models.CheckConstraint(condition=Q(rule__in=MethodRule.values), name="waived_rule_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="rule_waived_with_a_reason"),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.get_rule_display()
