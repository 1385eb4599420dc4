"""Two-step sign-in: the row that holds a person's key for one-time codes (TOTP, RFC 6238) and their recovery codes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from workbench.desk.models import User


class TwoStep(models.Model):
    """The second step of one person's sign-in. It is off while ``key`` is empty; the row stays.

    ``key`` is encrypted. ``last_step`` is the newest 30 seconds (counted from 1970) of which a code was accepted: a
    code works once (RFC 6238, section 5.2). ``recovery`` holds the hashes of the recovery codes that are left.
    """

    person = models.OneToOneField(User, models.PROTECT, related_name="two_step", verbose_name=_("person"))
    key = models.TextField(_("key, encrypted"), blank=True, editable=False)
    since = models.DateTimeField(_("since"), null=True, editable=False)
    last_step = models.BigIntegerField(_("last code used"), default=0, editable=False)
    recovery = ArrayField(
        models.CharField(max_length=64), verbose_name=_("recovery codes left"), default=list, editable=False
    )

    class Meta:
        verbose_name = _("two-step sign-in")
        verbose_name_plural = _("two-step sign-ins")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_on(self) -> bool:
        """Whether sign-in asks for a code."""
        return bool(self.key)
