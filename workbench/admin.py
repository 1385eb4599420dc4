"""Accounts and the log in the Django admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UsernameField
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import CharField, ModelForm, Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from workbench.desk import declarations, granting, people, policy_setting, seconding
from workbench.desk.daily_size import DailySize
from workbench.desk.four_eyes import FourEyesPolicy, RoleGrant
from workbench.desk.models import LogEntry, LogHead, User
from workbench.desk.people import PasswordLink
from workbench.desk.refusal import Refusal
from workbench.desk.vocabulary import DeskAct
from workbench.desk.whole_check import WholeCheck
from workbench.pages.admin_site import RecordAdmin, Values, WorkAdmin, words
from workbench.pages.http import UNPROCESSABLE
from workbench.pages.password_links import whole_address_of
from workbench.pages.proposal_admin import PEOPLE, ProposalAdmin
from workbench.pages.templatetags.log_words import act

CHANGES = {"user": DeskAct.MANAGE_PEOPLE}

admin.site.unregister(Group)  # what a person may do follows from the role alone


ALONE = _("Role without a second person")


class Waiver(CharField):
    """Why an administrator gives a role alone; drawn only where that is possible."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Why you give the role alone"),
            help_text=_("The log keeps the reason. Leave this empty to propose the role to a second person."),
            required=False,
            widget=Textarea({"rows": 2, "dir": "auto"}),
        )


class NewPersonForm(ModelForm):
    """A new account. It asks for no password: the person chooses it, with the link that comes after."""

    waiver = Waiver()

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "role")
        field_classes = {"username": UsernameField}

    def clean_username(self) -> str:
        """Return the user name; refuse one that differs from another only in its case."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("A person with this user name exists already."), code="unique")
        return name


class PersonForm(UserChangeForm):
    waiver = Waiver()

    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(RecordAdmin, UserAdmin):
    """People, with one role each. Administrators change them, and every change is in the log."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ["username", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["word_index"]
    filter_horizontal = ()
    editable = ("username", "first_name", "last_name", "email", "role", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (
            _("Role and account"),
            {
                "fields": (
                    "role",
                    "proposed_role",
                    "is_active",
                    "further",
                    "is_superuser",
                    "is_sample",
                    "last_login",
                    "date_joined",
                )
            },
        ),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "first_name", "last_name", "role")}),)
    look_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "role", "proposed_role", "is_active", "last_login")}),
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may add others."""
        return self.has_change_permission(request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields; people who may not change them see neither password nor e-mail address."""
        if not self.has_change_permission(request, obj):
            return self.look_fieldsets
        by: Any = request.user
        is_alone = obj != by and granting.may_grant_alone(obj, by=by)
        alone = ((ALONE, {"fields": ("waiver",)}),) if is_alone else ()
        return (*super().get_fieldsets(request, obj), *alone)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        """Return the form; people who may not change it get one without the password."""
        if not self.has_change_permission(request, obj):
            kwargs["form"] = ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields that nobody changes here, and on one's own page those that others decide."""
        own = people.OTHERS_DECIDE if obj is not None and obj.pk == request.user.pk else set()
        return ["proposed_role", "further", "is_superuser", "is_sample", "last_login", "date_joined", *sorted(own)]

    @admin.display(description=_("role that waits for a second person"))
    def proposed_role(self, person: User) -> str:
        """The role that somebody proposed for this person, and who did."""
        waiting = person.role_grants.waiting().select_related("proposed_by").first() if person.pk else None
        if waiting is None:
            return "–"
        told = _("%(role)s, proposed by %(who)s")
        return told % {"role": waiting.get_role_display(), "who": waiting.proposed_by}

    @admin.display(description=_("further acts"))
    def further(self, person: User) -> SafeString:
        """Pages on which an administrator does something for this person, such as handing over their work."""
        pages = declarations.person_pages().items() if person.pk else ()
        links = ((reverse(name, args=[person.pk]), label) for name, label in pages)
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or format_html("–")

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Add or change a person by the activity."""
        by: Any = request.user
        waiver = form.cleaned_data.get("waiver", "")
        if change:
            people.change_person(obj, by=by, changed=set(form.changed_data) - {"waiver"}, waiver=waiver)
            if "is_active" in form.changed_data and not obj.is_active:
                closed = _("The account is closed. Their open work stays with them.")
                self.message_user(request, format_html("{} {}", closed, self.further(obj)))
        else:
            request.password_link = people.add_person(obj, by=by, waiver=waiver)  # type: ignore[attr-defined]  # for response_add
        for proposed in obj.role_grants.waiting():
            told = _("The role “%(role)s” waits for a second person. Ask %(people)s.")
            names = seconding.names(granting.seconds(obj, by=proposed.proposed_by))
            self.message_user(request, told % {"role": proposed.get_role_display(), "people": names or "–"})

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Show the link with which the new person chooses their password."""
        return self._show_link(request, request.password_link)  # type: ignore[attr-defined]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Ask whether the password of a person should end; then show the link with which they choose another."""
        person = self.get_object(request, id)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        by: Any = request.user
        refusal = ""
        if request.method == "POST":
            try:
                return self._show_link(request, people.renew_password(person, by=by))
            except Refusal as refused:
                refusal = str(refused)
        context = {**self.admin_site.each_context(request), "person": person, "title": _("New password")}
        status = UNPROCESSABLE if refusal else 200
        return render(request, "admin/password_link.html", {**context, "refusal": refusal}, status=status)

    def _show_link(self, request: HttpRequest, link: PasswordLink) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "person": link.person, "title": _("Link for the password")}
        shown = {"link": whole_address_of(link), "expires_at": link.expires_at}
        return render(request, "admin/password_link.html", {**context, **shown})


@admin.register(RoleGrant)
class RoleGrantAdmin(ProposalAdmin):
    """Roles that administrators propose; a second person agrees here or on the page of four eyes."""

    second = DeskAct.AGREE_TO_ROLE
    agreeing, declining = granting.agree, granting.decline
    list_display = ["person", "role", *PEOPLE]
    list_select_related = ["person", *ProposalAdmin.list_select_related]
    search_fields = ["person__word_index"]


@admin.register(FourEyesPolicy)
class FourEyesPolicyAdmin(ProposalAdmin):
    """The versions of the policy; a new one is proposed on the page of four eyes."""

    second = DeskAct.AGREE_TO_POLICY
    agreeing, declining = policy_setting.agree, policy_setting.decline
    words_of_others = {"reason": "", **ProposalAdmin.words_of_others}
    list_display = ["version", *PEOPLE]
    search_fields = ["=version"]


class LogPages(RecordAdmin):
    """Pages of the log, for people who may read the whole log."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may read the whole log."""
        return request.user.is_authenticated and request.user.may(DeskAct.READ_LOG)


class Acts(Values):
    """The verbs in the log, translated."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Return the choices."""
        for choice in super().choices(changelist):
            yield {**choice, "display": act(choice["display"])}


@admin.register(LogEntry)
class LogEntryAdmin(LogPages):
    list_display = ["recorded_at", words("actor_name", label=_("who")), "done", "subject", "chain", "seq"]
    list_filter = [("verb", Acts), "recorded_at"]
    search_fields = ["word_index"]

    @admin.display(description=_("action"), ordering="verb")
    def done(self, entry: LogEntry) -> str:
        """The label of the verb, translated."""
        return act(entry.verb)


@admin.register(DailySize)
class DailySizeAdmin(WorkAdmin):
    list_display = ["day", "database_bytes", "measured_at"]


@admin.register(WholeCheck)
class WholeCheckAdmin(WorkAdmin):
    hidden = ("faults", "place")  # they name rows that only named people see
    list_display = ["asked_at", "asked_by", "rows", "errors", "done_at"]


@admin.register(LogHead)
class LogHeadAdmin(LogPages):
    list_display = ["chain", "seq", "hash"]
    search_fields = ["=chain"]
