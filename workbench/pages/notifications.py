"""The pages of notifications: what a person is told of, and how they want to be told."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import ChoiceField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workbench.desk import notifying
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User
from workbench.desk.notifications import MOST_COUNTED, Notification
from workbench.desk.vocabulary import NotificationWay
from workbench.pages.forms import form_page, submit
from workbench.pages.http import Request
from workbench.pages.lists import NOTIFICATIONS, listed
from workbench.pages.named_rows import NamedRow, named_rows


@dataclass(frozen=True)
class ShownNotification:
    """A notification, and the row it is about; None where the row has no page and no words for a person."""

    notification: Notification
    about: NamedRow | None


class WaysForm(Form):
    """How to be told of each event."""

    def __init__(self, person: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what was sent
        for event, way in notifying.ways_of(person).items():
            self.fields[event.value] = ChoiceField(label=event.label, choices=NotificationWay.choices, initial=way)


@require_safe
def show_notifications(request: Request) -> HttpResponse:
    """Show what this person is told of, the newest first."""
    rows = Notification.objects.of(request.user).select_related("entry__actor")
    context = listed(request, NOTIFICATIONS, rows)
    found = list(context["page"])
    about = named_rows(each.entry.chain for each in found)
    context["notifications"] = [ShownNotification(each, _with_page(about.get(each.entry.chain))) for each in found]
    context["is_any_new"] = any(each.seen_at is None for each in found)
    return render(request, "records/notifications.html", context)


def _with_page(found: NamedRow | None) -> NamedRow | None:
    """Return a row with its page: roles and policies, which have none, are on the page of four eyes."""
    return NamedRow(found.row, found.url or reverse("four_eyes")) if found else None


@require_POST
def see_notifications(request: Request) -> HttpResponse:
    """Mark all notifications of this person as seen."""
    notifying.see(request.user)
    return redirect("notifications")


@require_http_methods(["GET", "HEAD", "POST"])
def choose_notifications(request: Request) -> HttpResponse:
    """Ask how this person wants to be told of each event."""
    form = WaysForm(request.user, request.POST or None)
    kept = submit(request, form, lambda **ways: notifying.choose(request.user, ways) or True)
    if kept:
        messages.success(request, _("Your choice is kept."))
        return redirect("notifications")
    return form_page(request, "records/notification_ways.html", form)


def number_new(request: HttpRequest) -> str:
    """Return how many notifications this person has not seen, for the head of the page; empty where there are none."""
    if not isinstance(request.user, User):
        return ""
    amount = _unseen.counted(request.user.pk, most=MOST_COUNTED)
    return f"{MOST_COUNTED}+" if amount.is_more else str(amount.number or "")


@CompiledQuery
def _unseen(person: int) -> QuerySet[Notification]:
    return Notification.objects.filter(person=person).unseen()
