"""The small form on the page of a claim: owner, due date, priority, tags, case, and reviewers asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, DeskCase
from claims.models.claim_plan import LONGEST_TAG
from claims.models.team_vocabulary import Priority
from claims.pages import claim_team
from claims.pages.claim_team import ClaimTeam
from claims.team import tagging
from claims.team.arranging import Arrangement
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.pages.http import number

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NOBODY = [("", _("nobody"))]
LONGEST_TAGS = 30 * (LONGEST_TAG + 2)


class PlanForm(forms.Form):
    """How the desk works on a claim. It sends what its person saw too: only what they changed is changed."""

    changing = ("owner", "priority", "case", "reviewers")
    owner = forms.ChoiceField(label=_("Owner"), required=False, show_hidden_initial=True)
    due_on = forms.DateField(label=_("Due"), required=False, widget=DAY, show_hidden_initial=True)
    priority = forms.ChoiceField(
        label=_("Priority"), choices=Priority.choices, required=False, show_hidden_initial=True
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=LONGEST_TAGS,
        show_hidden_initial=True,
        help_text=_("With commas between them."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    case = forms.ChoiceField(label=_("Add to case"), required=False)
    reviewers = forms.MultipleChoiceField(
        label=_("Asked to review"), required=False, widget=forms.CheckboxSelectMultiple, show_hidden_initial=True
    )

    def __init__(self, data: Any, claim: Claim, team: ClaimTeam) -> None:
        super().__init__(data, initial=_initial(team), auto_id="plan-%s")
        self.people = {str(each.pk): each for each in _with_present(claim_team.owners(claim), [team.row.owner])}
        asked = [reviewer.person for reviewer in team.row.reviewers]
        self.able = {str(each.pk): each for each in _with_present(claim_team.reviewers(claim), asked)}
        self.cases = {str(case.pk): case for case in claim_team.open_cases()}
        self._offer("owner", [*NOBODY, *((key, str(person)) for key, person in self.people.items())])
        self._offer("reviewers", [(key, str(person)) for key, person in self.able.items()])
        self._offer("case", [("", "–"), *((key, case.name) for key, case in self.cases.items())])

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # each of them is a field with choices

    def clean(self) -> dict[str, Any]:
        """Return what was written. A text that holds no tags is refused at its field."""
        written: dict[str, Any] = super().clean() or {}
        try:
            self.tag_names = tagging.names(written.get("tags", ""))
        except Refusal as refusal:
            self.add_error("tags", forms.ValidationError(str(refusal), code=refusal.code))
        return written

    def arrangement(self) -> Arrangement:
        """Return what its person changed."""
        given, changed = self.cleaned_data, set(self.changed_data)
        sent: Any = self.data
        values = {
            "owner": self.people.get(given["owner"]),
            "due_on": given["due_on"],
            "priority": Priority(given["priority"] or Priority.NORMAL),
        }
        before = tagging.names(sent.get("initial-tags", "")) if "tags" in changed else []
        tags = self.tag_names if "tags" in changed else []
        kept = {tagging.folded(tag) for tag in tags}
        asked_before = set(sent.getlist("initial-reviewers"))
        asked = set(given["reviewers"]) if "reviewers" in changed else asked_before
        return Arrangement(
            plan={part: value for part, value in values.items() if part in changed},
            tag=tags,
            untag=[tag for tag in before if tagging.folded(tag) not in kept],
            invite=[self.able[key] for key in sorted(asked - asked_before)],
            take_back=_people(asked_before - asked),
            case=self._case(given["case"]),
        )

    def _case(self, key: str) -> DeskCase | None:
        return self.cases[key] if key else None


def _people(keys: set[str]) -> list[User]:
    return list(User.objects.filter(pk__in=[key for each in keys if (key := number(each)) is not None]))


def _initial(team: ClaimTeam) -> dict[str, Any]:
    plan = team.row.plan
    return {
        "owner": str(plan.owner_id) if plan and plan.owner_id else "",
        "due_on": team.row.due_on,
        "priority": plan.priority if plan else Priority.NORMAL,
        "tags": ", ".join(team.row.tags),
        "reviewers": [str(reviewer.person.pk) for reviewer in team.row.reviewers],
    }


def _with_present(people: list[User], present: Sequence[User | None]) -> list[User]:
    """Return people who can be chosen, with those who were chosen and no longer could be."""
    return [*people, *(each for each in present if each and each not in people)]
