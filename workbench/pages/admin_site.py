"""The Django admin site: records to search and read, a few fields to edit, and buttons to retry failed work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import (
    AdminSite,
    AllValuesFieldListFilter,
    ModelAdmin,
    SimpleListFilter,
    TabularInline,
    action,
    display,
    helpers,
)
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.views import redirect_to_login
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import yesno
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workbench.desk import declarations, public_identity, retrying
from workbench.desk.amounts import counted
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.punctuation import labelled, shortened
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted
from workbench.desk.vocabulary import DeskAct
from workbench.desk.word_search import FEW, WordsField, some_keys
from workbench.desk.work_queue import Work
from workbench.pages.admin_pages import CappedPaginator, RecordList
from workbench.pages.forms import show_refusal
from workbench.pages.http import Request
from workbench.pages.paging import PER_PAGE
from workbench.pages.templatetags.words import said

NOT_SHOWN = (models.BinaryField, models.GeneratedField, WordsField)  # not readable, or nothing new
LONGEST_IN_LIST = 120  # characters
NEWEST_READ = 2_000  # rows, for the values that a filter offers


class WorkbenchAdminSite(AdminSite):
    site_header = _("Claim workbench: administration")
    site_title = _("Administration")
    index_title = _("All records")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether a person may open the admin: the table of roles decides, not a staff flag."""
        return request.user.is_authenticated and request.user.may(DeskAct.USE_ADMIN)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return all kinds of records; the pages that do not list them do not ask the list for anything."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show all kinds of records, and first what keeps this desk from publishing reports."""
        problem = public_identity.health().problem
        if problem:
            messages.warning(request, problem)
        return super().index(request, extra_context)

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Redirect to the one sign-in page, which counts wrong passwords; people without permission go home."""
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def password_change(  # type: ignore[override]  # Django's stubs know of no redirect here
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Redirect to the one page on which people change their password: it notes the change in the log."""
        return redirect("own_password")


def words(path: str, language: str = "", *, label: Any = None, whole: bool = False) -> Callable[[Any], str]:
    """Return a column for text from outside, in its own direction (bidi).

    ``path`` and ``language`` lead from the row to the text and its language code, as in ``claim__text``; ``__str__`` is
    the row itself.
    """
    itself = path == "__str__"

    @display(description=label or path.strip("_").replace("_", " "), ordering=None if itself else path)
    def column(row: Any) -> str:
        text = str((row if itself else _follow(row, path)) or "")
        shown = text if whole else shortened(text, LONGEST_IN_LIST)
        return said(shown, _follow(row, language)) if shown else "–"

    column.__name__ = path  # what the admin names the column's cells by
    return column


def truth(field: models.Field) -> Callable[[Any], str]:
    """Return a column that says yes or no, translated: the alternative text of Django's icon is always “True”."""

    @display(description=field.verbose_name, ordering=field.name)
    def column(row: Any) -> str:
        return str(yesno(getattr(row, field.name)))

    column.__name__ = field.name
    return column


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, "") if name else ""
    return row


class Looking:
    """Permissions of every page of records: the table of roles decides, and nothing is ever deleted here."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may look."""
        return request.user.is_authenticated and request.user.may(DeskAct.USE_ADMIN)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: rows are made by the activities of the web pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse unless a page says otherwise."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing is ever deleted here."""
        return False


class RecordAdmin(Looking, ModelAdmin):
    """Records of one kind, to search and read. ``editable`` are the fields that no rule protects.

    A refusal of the activity that saves them is shown in the form, at the field it is about.
    """

    editable: tuple[str, ...] = ()
    words_of_others: dict[str, str] = {}  # field → the path to its language
    hidden: tuple[str, ...] = ()
    list_per_page = PER_PAGE
    paginator = CappedPaginator
    show_full_result_count = False

    def __init__(self, model: type[models.Model], admin_site: AdminSite) -> None:
        super().__init__(model, admin_site)
        self._fields = [self._shown(field) for field in _fields(model) if field.name not in self.hidden]

    def get_changelist(self, request: HttpRequest, **_given: Any) -> type[ChangeList]:
        """Return what makes the list."""
        return RecordList

    def action_checkbox(self, obj: Any) -> SafeString:
        """Return the check-box of a row, as Django does with four templates."""
        name, label = helpers.ACTION_CHECKBOX_NAME, _("Select this object for an action - {}")
        html = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        return format_html(html, name, obj.pk, format_html(str(label), obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may change the fields that no rule protects."""
        act = declarations.admin_changes().get((self.opts.app_label, str(self.opts.model_name)))
        return bool(self.editable) and act is not None and request.user.is_authenticated and request.user.may(act)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Say whether an address may filter by this: not by a column that is hidden, whose values it would tell."""
        if lookup.split("__", 1)[0] in self.hidden:
            return False
        return bool(super().lookup_allowed(lookup, value, request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return every column that a person can read, in the order of the table."""
        return list(self._fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return every column that a rule protects: all that are not declared editable."""
        return [field for field in self._fields if field not in self.editable]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns; those that are true or false show words."""
        truths: dict[Any, Any] = {
            field.name: truth(field) for field in _fields(self.model) if isinstance(field, models.BooleanField)
        }
        return [truths.get(name, name) for name in super().get_list_display(request)]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters; those for columns of free text offer the values in use."""
        return [(name, Values) if self._is_text(name) else name for name in super().get_list_filter(request)]

    def _is_text(self, name: Any) -> bool:
        field = get_fields_from_path(self.model, name)[-1] if isinstance(name, str) else None
        return isinstance(field, models.CharField) and not field.choices

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the rows that hold the words, and that none of them comes twice; ``=column`` is compared whole."""
        if not search_term.strip():
            return queryset, False
        places = [str(place) for place in self.get_search_fields(request)]
        keys = some_keys(queryset.model, search_term, *(place for place in places if not place.startswith("=")))
        if len(keys) > FEW:
            some = _("Only %(number)s of the matches are listed. Add a word to see fewer.") % {"number": len(keys)}
            self.message_user(request, some, messages.WARNING)
        rows = queryset.filter(pk__in=keys)
        for place in places:
            if place.startswith("="):
                rows |= queryset.filter(_is(self.model, place.removeprefix("="), search_term.strip()))
        return rows, False

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> HttpResponse | None:
        """Do what was asked with the chosen rows; not with all of a list that has more rows than it counts."""
        if request.POST.get("select_across") == "1" and counted(queryset, self.paginator.most).is_more:
            several = _("The list has more rows than one action takes. Search or filter it, and choose again.")
            self.message_user(request, several, messages.ERROR)
            return redirect(request.get_full_path())
        return super().response_action(request, queryset, *args)

    def each(self, request: Request, rows: Iterable[Any], act: Callable[[Any], object]) -> None:
        """Do an act with each row, and show each refusal of its activity as a message."""
        done = 0
        for row in rows:
            try:
                act(row)
                done += 1
            except (Refusal, NotPermitted) as reason:
                self.message_user(request, labelled(row, reason), messages.ERROR)
        if done:
            self.message_user(
                request, ngettext("Done for %(n)d record.", "Done for %(n)d records.", done) % {"n": done}
            )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the list under the name of its records: “Select … to change” reads badly in most languages."""
        return super().changelist_view(request, {"title": self._named(several=True), **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **how: Any) -> Any:
        """Show a record under the name of its kind."""
        if how.get("change"):
            context["title"] = self._named()
        return super().render_change_form(request, context, *args, **how)

    def _named(self, *, several: bool = False) -> str:
        return str(capfirst(self.opts.verbose_name_plural if several else self.opts.verbose_name))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show or save the form; where the activity refuses, nothing is saved, and the form comes back and says why."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            page: Any = copy(self)  # requests run in parallel: only this one's form is refused
            page.get_form = partial(_refused, self.get_form, refusal)
            return super(RecordAdmin, page).changeform_view(request, object_id, form_url, extra_context)

    def _shown(self, field: models.Field) -> Any:
        if isinstance(field, models.BooleanField) and field.name not in self.editable:
            return truth(field)
        if field.name in self.words_of_others and field.name not in self.editable:
            language = self.words_of_others[field.name]
            return words(field.name, language, label=field.verbose_name, whole=True)
        return field.name


class Values(AllValuesFieldListFilter):
    """The values that the newest rows have in a column; the empty value has a name that can be read and clicked."""

    def __init__(
        self, field: Any, request: HttpRequest, params: Any, model: Any, model_admin: Any, field_path: str
    ) -> None:
        super().__init__(field, request, params, model, model_admin, field_path)
        newest = model._default_manager.order_by("-pk").values(field_path)[:NEWEST_READ]
        found = newest.aggregate(values=ArrayAgg(field_path, distinct=True))["values"] or []
        self.lookup_choices = sorted(found, key=str)  # type: ignore[assignment]  # only read

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Return the choices."""
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("(empty)")}


class InTrouble(SimpleListFilter):
    """Filter: rows that failed, and rows that need attention from a person."""

    title = _("work status")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        """Return the choices."""
        return [("stuck", _("needs attention")), ("trouble", _("with a problem")), ("fine", _("no problem"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that match."""
        chosen: dict[str, dict[str, Any]] = {
            "stuck": {"due_at": None, "tries__gte": MOST_TRIES, "trouble__gt": ""},
            "trouble": {"trouble__gt": ""},
            "fine": {"trouble": ""},
        }
        return queryset.filter(**chosen.get(self.value() or "", {}))


class WorkAdmin(RecordAdmin):
    """Records that are work: failed rows can be found and retried."""

    actions = ["try_again"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns; the problem comes last."""
        return [*super().get_list_display(request), words("trouble", label=_("problem"))]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters; that of failed work comes first."""
        return [InTrouble, *super().get_list_filter(request)]

    def has_retry_permission(self, request: Request) -> bool:
        """Say whether a person may retry work."""
        return request.user.may(DeskAct.RETRY_WORK)

    @action(description=_("Retry"), permissions=["retry"])
    def try_again(self, request: Request, rows: QuerySet[Any]) -> None:
        """Retry the selected rows that have a problem."""
        number = retrying.retry(rows, by=request.user)
        done = ngettext("Retrying %(n)d task.", "Retrying %(n)d tasks.", number) % {"n": number}
        self.message_user(request, done)


class RecordInline(Looking, TabularInline):
    """Rows shown with the record that they belong to."""

    template = "admin/record_inline.html"
    extra = 0
    show_change_link = True
    shown: tuple[Any, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the columns to show."""
        return list(self.shown)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the columns to show: none of them can be edited."""
        return list(self.shown)


def _is(model: type[models.Model], column: str, text: str) -> Q:
    try:
        return Q(**{column: get_fields_from_path(model, column)[-1].to_python(text)})
    except ValidationError:
        return Q(pk__in=[])


def _refused(get_form: Callable[..., type[ModelForm]], refusal: Refusal, *args: Any, **kwargs: Any) -> type[ModelForm]:
    """Return the form that a page gets, with one more error: that the activity refused what was sent."""
    form: Any = get_form(*args, **kwargs)

    class RefusedForm(form):  # type: ignore[misc]  # which form it is depends on the page
        def clean(self) -> Any:
            """Return what was written; unless more is wrong by now, refuse it."""
            written = super().clean()
            if not self.errors:
                show_refusal(self, refusal)
            return written

    return RefusedForm


def _fields(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a table that a person can read; those of the work queue come last."""
    everything = [*model._meta.concrete_fields, *model._meta.many_to_many]
    readable = [field for field in everything if not isinstance(field, NOT_SHOWN) and not field.primary_key]
    queue = {field.name for field in Work._meta.fields}
    return sorted(readable, key=lambda field: field.name in queue)
