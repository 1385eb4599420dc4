"""Forms of the board: what it shows, what is done with the claims that were chosen, and how a view is saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import DeskCase
from claims.models.board_view import LONGEST_VIEW_NAME
from claims.models.claim_plan import LONGEST_TAG
from claims.models.team_vocabulary import Priority
from claims.models.vocabulary import ClaimType, Rating, Status
from claims.pages import claim_team
from claims.pages.board import COLUMNS
from claims.pages.forms.fields import filter_choices
from claims.pages.queues import ClaimQueue
from claims.team import planning, tagging
from sources.pages.find_source import SOURCES
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.pages.find import FindField
from workbench.pages.http import number

ANY = [("", _("all"))]
KEEP = "keep"
AGES = {
    "1": _("today"),
    "7": _("in the last 7 days"),
    "30": _("in the last 30 days"),
    "-7": _("over 7 days ago"),
    "-30": _("over 30 days ago"),
}
DUE = {"late": _("late"), "today": _("today"), "week": _("in the next 7 days"), "none": _("no due date")}
ORDERS = ("-logged", "logged", "due", "-due", "priority", "-priority", "owner", "-owner")


def people_choices() -> list[tuple[str, str]]:
    """Return everybody with an open account, by their keys: claims have owners, loggers and reviewers."""
    return _named(_everybody())


@CompiledQuery
def _everybody() -> QuerySet[User]:
    return User.objects.filter(is_active=True).order_by("last_name", "first_name", "username").defer("word_index")


@CompiledQuery
def _owners() -> QuerySet[User]:
    return planning.owners().defer("word_index")


def _named(people: Iterable[User]) -> list[tuple[str, str]]:
    return [(str(person.pk), str(person)) for person in people]


def case_choices() -> list[tuple[str, str]]:
    """Return the open cases, the newest first."""
    return [(str(case.pk), case.name) for case in claim_team.open_cases()]


def _person_asked(key: str) -> list[tuple[str, str]]:
    return [(key, str(person)) for person in User.objects.filter(pk=number(key) or 0).defer("word_index")]


def _tag_asked(tag: str) -> list[tuple[str, str]]:
    return [(tag, tag)] if len(tag) <= LONGEST_TAG else []


def _case_asked(key: str) -> list[tuple[str, str]]:
    return [(key, case.name) for case in DeskCase.objects.filter(pk=number(key) or 0)]


# What an address may ask for besides the offered choices: a closed account, any tag, a closed case.
ASKED_TOO = {"person": _person_asked, "tag": _tag_asked, "case": _case_asked}


class BoardFilter(forms.Form):
    """What the board shows. Each field is a parameter of its address, so a view is an address."""

    changing = ("person", "tag", "case")  # the desk adds to these
    words = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    queue = forms.ChoiceField(label=_("Queue"), required=False, choices=[*ANY, *ClaimQueue.choices])
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[*ANY, ("work", _("Open or in review")), *Status.choices]
    )
    rating = forms.ChoiceField(label=_("Verdict"), required=False, choices=[*ANY, *Rating.choices])
    person = forms.ChoiceField(
        label=_("Person"),
        required=False,
        choices=lambda: [*ANY, ("me", _("you")), ("nobody", _("no owner")), *people_choices()],
    )
    type = forms.ChoiceField(label=_("Type"), required=False, choices=[*ANY, *ClaimType.choices])
    language = forms.ChoiceField(label=_("Language"), required=False, choices=filter_choices)
    tag = forms.ChoiceField(
        label=_("Tag"), required=False, choices=lambda: [*ANY, *((name, name) for name in tagging.offered())]
    )
    case = forms.ChoiceField(label=_("Case"), required=False, choices=lambda: [*ANY, *case_choices()])
    due = forms.ChoiceField(label=_("Due"), required=False, choices=[*ANY, *DUE.items()])
    age = forms.ChoiceField(label=_("Logged"), required=False, choices=[*ANY, *AGES.items()])
    outlet = FindField(SOURCES, label=_("Outlet or source"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, asked_too in ASKED_TOO.items():
            asked, field = str(self.data.get(name, "")), cast("forms.ChoiceField", self.fields[name])
            if asked:
                offered = list(cast("Iterable[tuple[str, Any]]", field.choices))
                field.choices = offered if asked in dict(offered) else [*offered, *asked_too(asked)]

    def asked(self) -> dict[str, Any]:
        """Return what was asked and could be understood; the rest counts as not asked."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ColumnsForm(forms.Form):
    """The columns of the board and their order."""

    changing = ("cols",)
    cols = forms.MultipleChoiceField(
        label=_("Columns"), choices=list(COLUMNS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )


class BulkForm(forms.Form):
    """What is done with all claims that were chosen. What is left empty stays as it is."""

    changing = ("owner", "case")
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    due_on = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    priority = forms.ChoiceField(label=_("Priority"), required=False, choices=[("", _("no change")), *Priority.choices])
    tags = forms.CharField(label=_("Add tags"), required=False, max_length=10 * LONGEST_TAG)
    case = forms.ChoiceField(label=_("Add to case"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("nobody", _("nobody")), *_named(_owners())]
        self.fields["owner"].choices = [("", _("no change")), *people]  # type: ignore[attr-defined]
        self.fields["case"].choices = [("", _("no change")), *case_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return what was written. A text that holds no tags is refused at its field."""
        written: dict[str, Any] = super().clean() or {}
        try:
            self.tag_names = tagging.names(written.get("tags", ""))
        except Refusal as refusal:
            self.add_error("tags", forms.ValidationError(str(refusal), code=refusal.code))
        return written


class ViewForm(forms.Form):
    """A name under which the board as it is shown is saved."""

    name = forms.CharField(label=_("Name of the view"), max_length=LONGEST_VIEW_NAME)
    is_shared = forms.BooleanField(label=_("Everybody at the desk sees it"), required=False)
    query = forms.CharField(required=False, widget=forms.HiddenInput)
