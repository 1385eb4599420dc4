"""Bringings: who brought a file to the desk, when, and where it is said to come from. We fetched none of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sources.models.document import Capture, Document
from workbench.desk.guards import append_only
from workbench.desk.models import User


class Bringing(models.Model):
    """One file that a person brought, and that person’s word on where it comes from. Append-only.

    The same bytes are one capture, however often and under whatever name they are brought. Who has no account, and
    sent the file through a link that the desk gave them, is named in ``given_by``.
    """

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="bringings", verbose_name=_("capture"))
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brought by"))
    given_by = models.CharField(_("sent by, without an account"), max_length=200, blank=True)
    at = models.DateTimeField(_("brought at"), auto_now_add=True)
    file_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    media_type = models.CharField(_("kind of file"), max_length=100)
    said_url = models.CharField(_("stated address"), max_length=2048, blank=True)
    said_account = models.CharField(_("stated account"), max_length=200, blank=True)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    obtained = models.TextField(_("how it was obtained"), blank=True)
    instead_of = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("in place of"),
    )

    class Meta:
        verbose_name = _("file that was brought")
        verbose_name_plural = _("files that were brought")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__isnull=False, given_by="") | models.Q(by=None) & ~models.Q(given_by=""),
                name="bringing_by_somebody",
            ),
        ]
        triggers = [*append_only()]

    def __str__(self) -> str:
        return self.file_name or str(self.capture)

    def get_absolute_url(self) -> str:
        """Return where its document is shown."""
        return self.capture.document.get_absolute_url()

    @property
    def who(self) -> str:
        """Who brought it, or sent it to the desk through a link."""
        return str(self.by) if self.by_id else self.given_by
