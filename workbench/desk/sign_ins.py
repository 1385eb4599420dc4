"""Where people are signed in: one row for each session, without a network address."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workbench.desk.models import User


class SignInQuerySet(models.QuerySet["SignIn"]):
    def open(self) -> Self:
        """The sessions that have not ended, the last used first."""
        going_on = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
        return self.filter(session_key__in=going_on).order_by("-last_seen", "-pk")


class SignIn(models.Model):
    """A session of a person: with which browser, since when, and when it was last used. It goes when it ends."""

    person = models.ForeignKey(User, models.PROTECT, related_name="sign_ins", verbose_name=_("person"))
    session_key = models.CharField(_("session"), max_length=40, unique=True, editable=False)
    browser = models.CharField(_("browser"), max_length=80)
    since = models.DateTimeField(_("signed in since"))
    last_seen = models.DateTimeField(_("last used"))

    objects: ClassVar[Any] = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return self.browser
