"""List on the page of a row what apps above have about it."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse

from workbench.desk import declarations
from workbench.desk.models import User

register = template.Library()


@register.inclusion_tag("partials/_related.html", takes_context=True)
def related(context: dict[str, Any], row: Model) -> dict[str, Any]:
    """Return for each app what it lists about a row, and the page that it offers to this person."""
    person, found = context["user"], []
    for each in declarations.related_rows(row._meta.label):
        offered = isinstance(person, User) and each.act is not None and person.may(each.act)
        if offered and each.offers is not None:
            offered = each.offers(row.pk, person)
        url = reverse(each.view, args=[row.pk]) if each.view and offered else ""
        found.append({"label": each.label, "rows": each.find(row.pk), "url": url, "offer": each.view_label})
    return {"sections": found}
