"""Mark files that not everybody sees who sees the claim: those of restricted claims, and those on unsent forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from claims.models import ClaimAccess
from sources.models import Document, FormUpload
from workbench.desk.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def closed_to_others(context: Context, claim: int, document: Document) -> str:
    """Return who sees the file of a passage, where not everybody does who sees the claim; else nothing."""
    request: Any = context.get("request")
    if request is None or not document.asked_by_id:
        return ""
    known: Mapping[int, str] | None = getattr(request, "closed_files", None)
    if known is None:
        known = request.closed_files = _closed(claim, request.user)
    return known.get(document.pk, "")


def _closed(claim: int, person: User) -> Mapping[int, str]:
    own = FormUpload.objects.documents_of(person)
    private = _("Only you see this file. If you cite it here, everybody who sees this claim sees it too.")
    kept = _("Only named people see this file. It was brought for a restricted claim and cannot be cited here.")
    return {**dict.fromkeys(own, private), **dict.fromkeys(ClaimAccess.objects.kept(claim, by=person), kept)}
