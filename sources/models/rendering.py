"""Renderings: captures of a page with a browser, for pages without text unless JavaScript runs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.document import Capture, Document
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User
from workbench.desk.work_queue import Work, WorkQuerySet


class RenderingQuerySet(WorkQuerySet):
    def because_of(self, capture: Capture) -> None:
        """Have the document of a capture without a text captured with a browser, unless it waits for one already."""
        if not self.filter(document=capture.document_id, done_at=None).exists():
            self.get_or_create(because=capture, defaults={"document_id": capture.document_id})


class Rendering(Work):
    """A document to capture with a browser. Its work is to be rendered; the result never changes.

    ``because`` is the capture without a text for which the machine asked, ``asked_by`` the person who did.
    """

    task = "sources.tasks.render_documents"

    document = models.ForeignKey(Document, models.PROTECT, related_name="renderings", verbose_name=_("document"))
    because = models.OneToOneField(
        Capture, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("capture without text")
    )
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    done_at = models.DateTimeField(_("finished at"), null=True, editable=False)
    problem = models.TextField(_("reason for failure"), blank=True, editable=False)
    capture = models.OneToOneField(
        Capture, models.PROTECT, null=True, editable=False, related_name="rendering", verbose_name=_("capture")
    )
    screenshot_sha256 = models.CharField(_("SHA-256 of the screenshot"), max_length=64, blank=True, editable=False)
    parts = models.PositiveIntegerField(_("parts fetched"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("parts refused"), default=0, editable=False)

    objects = RenderingQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Work.Meta):
        verbose_name = _("browser capture")
        verbose_name_plural = _("browser captures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capture=None) | Q(done_at__isnull=False, problem=""), name="rendering_with_capture_is_done"
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen("document_id", "because_id", "asked_by_id", "asked_at", name="asked"),
            frozen(
                *("done_at", "problem", "capture_id", "screenshot_sha256", "parts", "refused"),
                once="OLD.done_at IS NOT NULL",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        """Return where the captures of its document are shown."""
        return f"{self.document.get_absolute_url()}#captures"
