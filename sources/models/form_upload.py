"""Files on forms: a file that came up on a form is seen by who brought it alone, until they send the form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models import identity
from sources.models.brought_file import Bringing
from sources.models.document import Capture
from sources.models.vocabulary import Outcome
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.declarations import HiddenRows
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User


class FormUploadQuerySet(models.QuerySet["FormUpload"]):
    def waiting(self) -> Self:
        """Files on forms that were not sent."""
        return self.filter(sent_at=None)

    def of(self, person: User) -> Self:
        """Those that a person brought."""
        return self.filter(bringing__by=person)

    def documents_of(self, person: User) -> list[int]:
        """Return the keys of the files that a person has on forms that they did not send."""
        return list(self.waiting().of(person).values_list("bringing__capture__document", flat=True))


class FormUpload(models.Model):
    """That a file came up on a form, and when the form was sent: until then nobody else sees that it was brought."""

    bringing = models.OneToOneField(
        Bringing, models.PROTECT, related_name="upload", verbose_name=_("file that was brought")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)

    objects = FormUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("file on a form")
        verbose_name_plural = _("files on forms")
        ordering = ["pk"]
        indexes = [models.Index("bringing", name="form_upload_waiting", condition=Q(sent_at=None))]
        triggers = [
            *append_only(updates=True),
            frozen("bringing_id"),
            frozen("sent_at", once="OLD.sent_at IS NOT NULL", name="sent_once"),
        ]

    def __str__(self) -> str:
        return str(self.bringing)


def hidden_from(person: int | None) -> Mapping[str, Mapping[str, Collection[int | str]]]:
    """Return what others have on forms that they did not send: who brings it, and what the desk has by it alone."""
    found = dict(_of_others(person) if person else _waiting())
    if not found:
        return {}
    documents = set(found.values())
    others = Bringing.objects.filter(capture__document__in=documents).exclude(pk__in=found)
    pasted = Capture.objects.filter(document__in=documents).exclude(attempt__outcome=Outcome.BROUGHT)
    shown = {*others.values_list("capture__document", flat=True), *pasted.values_list("document", flat=True)}
    return {"sources.Bringing": {"id": list(found)}, "sources.Document": {"id": sorted(documents - shown)}}


@CompiledQuery
def _of_others(person: int) -> models.QuerySet[Any]:
    """Files that others have on forms, and their documents: every request asks for them."""
    waiting = FormUpload.objects.waiting().exclude(bringing__by=person)
    return waiting.order_by("pk").values_list("bringing", "bringing__capture__document")


@CompiledQuery
def _waiting() -> models.QuerySet[Any]:
    return FormUpload.objects.waiting().order_by("pk").values_list("bringing", "bringing__capture__document")


HIDDEN_ROWS = [*identity.HIDDEN_ROWS, HiddenRows(("sources.Bringing", "sources.Document"), hidden_from)]
