"""Set up the desk: its steps with what is there already, the form of the desk, and links for new people.

Every step can be left and taken up again: what is done is read from the rows, and nothing else is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from workbench.desk import declarations, desk_profile, mailing, people, profile_setting, seconding
from workbench.desk.declarations import SetUpStep
from workbench.desk.desk_profile import DeskProfile
from workbench.desk.four_eyes import able
from workbench.desk.language_names import language_label
from workbench.desk.models import User
from workbench.desk.people import PasswordLink
from workbench.desk.roles import Role, require
from workbench.desk.vocabulary import DeskAct, NamePrinted
from workbench.pages.change_form import ChangeForm
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request
from workbench.pages.password_links import whole_address_of

LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "he", "it", "nl", "pl", "pt", "ru", "tr", "uk")


@dataclass(frozen=True)
class ShownStep:
    """A step of the set-up for one person: what is there, where to go, or who can take it."""

    label: str | Promise
    told: str | Promise
    there: str
    url: str
    again: str | Promise
    others: str


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC"]


def _named_languages() -> list[tuple[str, str]]:
    return sorted(((code, language_label(code)) for code in LANGUAGES), key=lambda one: one[1])


class DeskForm(ChangeForm):
    """What the desk says of itself."""

    name = forms.CharField(
        label=gettext_lazy("Name of the desk"),
        max_length=100,
        help_text=gettext_lazy("Reports print it. Readers see it first."),
    )
    contact = forms.CharField(
        label=gettext_lazy("Contact for publishers"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("A web page or mail address. We give it to every site that we visit."),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=_zones)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages that the desk follows"),
        choices=lazy(_named_languages, list),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    names = forms.ChoiceField(
        label=gettext_lazy("Names in reports"),
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in (NamePrinted.FULL, NamePrinted.ROLE)],
        help_text=gettext_lazy("Each person may choose otherwise for themselves. The log always keeps the person."),
    )


class InvitationForm(forms.ModelForm):
    """A new person, who chooses a password with the link that comes after."""

    waiver = forms.CharField(
        label=gettext_lazy("Why you give the role alone"),
        required=False,
        widget=forms.Textarea(
            {"rows": 2, "dir": "auto", "placeholder": gettext_lazy("For example: the desk is being set up.")}
        ),
        help_text=gettext_lazy(
            "A role takes two people. Where nobody else can agree yet, give the reason; the log keeps it."
        ),
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "username", "email", "role")
        help_texts = {"email": gettext_lazy("The link is sent there too, if the desk sends mail.")}


@require_safe
def show_set_up(request: Request) -> HttpResponse:
    """Show the steps from an empty desk to the first claim, each with what is there already."""
    require(request.user, DeskAct.READ)
    steps = [_shown(step, request.user) for step in declarations.set_up_steps()]
    return render(request, "records/set_up.html", {"steps": steps})


@require_http_methods(["GET", "HEAD", "POST"])
def set_desk(request: Request) -> HttpResponse:
    """Set name, contact, time zone and languages of the desk, and how reports name its people."""
    require(request.user, DeskAct.SET_UP)
    form = DeskForm(sent(request), initial=_now())
    activity = partial(profile_setting.set_profile, by=request.user, check=lambda: form.check(_now()))
    if submit(request, form, activity, done=_("The desk is set up.")):
        return redirect("set_up")
    fixed = [
        *(["WORKBENCH_DESK"] if settings.DESK_NAME != settings.DESK_NAME_PLACEHOLDER else []),
        *(["WORKBENCH_CONTACT"] if settings.CRAWLER_CONTACT != settings.CONTACT_PLACEHOLDER else []),
        *(["WORKBENCH_TIME_ZONE"] if settings.TIME_ZONE_IS_SET else []),
    ]
    shown = {"fixed": fixed, "address": settings.DESK_URL, "profile": DeskProfile.objects.newest()}
    return form_page(request, "records/set_desk.html", form, shown)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Request) -> HttpResponse:
    """Add a person, and show the link with which they choose their password; send it where there is mail."""
    require(request.user, DeskAct.MANAGE_PEOPLE)
    form: Any = InvitationForm(sent(request), initial={"role": Role.REPORTER})
    link = submit(request, form, partial(_invite, form, request.user))
    context: dict[str, Any] = {"link": link, "people": User.objects.filter(is_active=True).order_by("pk")[:50]}
    if link is not None:
        context |= {"address": whole_address_of(link), "mailed": _mailed(link)}
        form = InvitationForm(initial={"role": Role.REPORTER})
    return form_page(request, "records/invite.html", form, context)


def _invite(form: Any, by: User, **_given: Any) -> PasswordLink:
    given = dict(form.cleaned_data)
    waiver = given.pop("waiver")
    return people.add_person(User(**given), by=by, waiver=waiver)


def _mailed(link: PasswordLink) -> bool:
    """Send a link to its person, where the desk has a mail server and the person an address."""
    if not link.person.email or not mailing.is_set_up():
        return False
    told = _("You are invited to %(desk)s. Choose your password here: %(address)s")
    words = told % {"desk": desk_profile.name(), "address": whole_address_of(link)}
    return not mailing.send_one(link.person.email, desk_profile.name(), words)


def _now() -> dict[str, Any]:
    row = DeskProfile.objects.newest()
    columns = ("name", "contact", "time_zone", "languages", "names")
    if row is not None:
        return {column: getattr(row, column) for column in columns}
    is_named = settings.DESK_NAME != settings.DESK_NAME_PLACEHOLDER
    return {
        "name": settings.DESK_NAME if is_named else "",
        "time_zone": settings.TIME_ZONE,
        "names": NamePrinted.FULL,
    }


def _shown(step: SetUpStep, person: User) -> ShownStep:
    may = person.may(step.act)
    others = "" if may else seconding.names(able(step.act))
    return ShownStep(step.label, step.told, step.there(), reverse(step.view) if may else "", step.again, others)


def desk_there() -> str:
    """Return the name of the desk, where it has one."""
    name = desk_profile.name()
    return "" if name == settings.DESK_NAME_PLACEHOLDER else name


def people_there() -> str:
    """Return how many people the desk has, where there is more than the one who began."""
    number = User.objects.filter(is_active=True, is_sample=False).count()
    return _("%(number)d people") % {"number": number} if number > 1 else ""


STEPS = [
    SetUpStep(
        "set_desk",
        gettext_lazy("The desk"),
        gettext_lazy("Its name, whom publishers can write to, its time zone and languages."),
        DeskAct.SET_UP,
        10,
        desk_there,
        gettext_lazy("Change"),
    ),
    SetUpStep(
        "invite",
        gettext_lazy("People"),
        gettext_lazy("Add each person and hand on the link. A verdict takes two reviewers and an editor."),
        DeskAct.MANAGE_PEOPLE,
        20,
        people_there,
        gettext_lazy("Add a person"),
    ),
]
