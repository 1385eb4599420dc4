"""The page on which a desk that begins chooses sources: from the starter pack, or from a list that somebody brings."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from sources.gathering import polling
from sources.models import Feed, Source
from sources.models.vocabulary import SourceAct, SourceKind
from sources.pages.feed_state import feed_state
from sources.pages.upload_handler import takes_files
from sources.registry import registering, starter_pack
from sources.registry.starter_pack import StarterEntry
from workbench.desk import desk_profile
from workbench.desk.language_names import language_label
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request

MOST_TOLD = 5  # entries that were not added, with the reason
MOST_SHOWN = 60  # feeds with how their first check ended


class StarterFilter(forms.Form):
    """Which part of the pack is shown."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every, pack = [("", _("all"))], starter_pack.entries()
        codes = sorted({each.language for each in pack})
        fields: Any = self.fields
        fields["language"].choices = every + [(code, language_label(code)) for code in codes]
        fields["country"].choices = every + [(code, code) for code in sorted({each.country for each in pack} - {""})]


class StarterForm(forms.Form):
    """The entries of the pack that somebody chooses, and a list of their own."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("From the starter pack"), required=False, widget=forms.CheckboxSelectMultiple
    )
    listed = forms.FileField(
        label=gettext_lazy("A list of your own"),
        required=False,
        help_text=gettext_lazy("OPML, or CSV with a name and the address of a feed in each line."),
    )

    def __init__(self, *args: Any, shown: Iterable[StarterEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(each.feed, _label(each)) for each in shown]


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def choose_sources(request: Request) -> HttpResponse:
    """Add the sources and feeds that somebody chooses; each feed is checked at once, and the page says how it went."""
    require(request.user, SourceAct.GATHER)
    asked = StarterFilter(request.GET or {"language": ""})
    language = asked.cleaned_data["language"] if asked.is_valid() else ""
    country = asked.cleaned_data["country"] if asked.is_valid() else ""
    languages = {language} if language else set() if "language" in request.GET else set(desk_profile.languages())
    shown = starter_pack.chosen_from(languages, {country} if country else set()) or list(starter_pack.entries())
    form = StarterForm(sent(request), request.FILES or None, shown=shown)
    number = submit(request, form, partial(_add, request))
    if number is not None:
        told = ngettext("%(number)d feed is added.", "%(number)d feeds are added.", number) % {"number": number}
        tried = _("We try each of them now; reload this page to see which answer.")
        messages.success(request, f"{told} {tried}")
        return redirect(request.get_full_path())
    feeds = Feed.objects.filter(parent=None).select_related("source").order_by("-pk")[:MOST_SHOWN]
    context = {
        "filter": asked,
        "written": starter_pack.written(),
        "feeds": [(feed, feed_state(feed)) for feed in feeds],
    }
    return form_page(request, "sources/starter.html", form, context)


def _label(entry: StarterEntry) -> str:
    return f"{entry.name} · {entry.country or '–'} · {entry.language} · {urlsplit(entry.feed).hostname}"


def _add(request: Request, chosen: list[str], listed: Any) -> int:
    """Add what was chosen and what a list names, and return how many feeds are new; say why others are not added."""
    body = _body(listed) if listed else b""
    wanted = starter_pack.wanted(chosen, body)
    if not wanted:
        told = _("No feed was found in this list.") if listed else _("Choose at least one source, or bring a list.")
        raise Refusal(told, "nothing_chosen", field="listed" if listed else "chosen")
    refused = [problem for each in wanted if (problem := _problem(each, request.user))]
    for problem in refused[:MOST_TOLD]:
        messages.warning(request, problem)
    return len(wanted) - len(refused)


def _body(listed: Any) -> bytes:
    """Return what was sent as a list; the file itself is let go."""
    with closing(listed.upload):
        whole = listed.upload.whole().file
        whole.seek(0)
        return bytes(whole.read(starter_pack.LONGEST_LIST))


def _problem(entry: StarterEntry, by: User) -> str:
    """Add the source and the feed of an entry; return why they were not added, or nothing."""
    try:
        with transaction.atomic():
            polling.add_feed(_source(entry, by), entry.feed, by=by)
    except Refusal as refusal:
        return f"{entry.name}: {refusal}"
    return ""


def _source(entry: StarterEntry, by: User) -> Source:
    known: Source | None = Source.objects.called(entry.name).first()
    if known is not None:
        return known
    kind, about = SourceKind(entry.kind), {"language": entry.language, "country": entry.country}
    try:
        with transaction.atomic():
            return registering.add_source(entry.name, kind, by=by, hosts=[entry.site] if entry.site else [], **about)
    except Refusal:  # the site is that of another source already, such as the same broadcaster in another language
        return registering.add_source(entry.name, kind, by=by, **about)
