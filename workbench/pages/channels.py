"""The pages of channels: what the desk tells of its work outside, and how far that has come."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workbench.desk import channelling, declarations
from workbench.desk.channelling import ChannelSetUp, SetChannel
from workbench.desk.channels import Channel
from workbench.desk.roles import require
from workbench.desk.vocabulary import ChannelKind, DeskAct, DeskChannelEvent
from workbench.pages.change_form import ChangeForm, Unshown
from workbench.pages.forms import attempt, form_page, submit
from workbench.pages.http import Request

MOST_MESSAGES = 20  # of one channel, on its page


def _events() -> list[tuple[str, str]]:
    known = declarations.channel_events().values()
    return [(event.value, str(event.label)) for event in known if event != DeskChannelEvent.TEST]


class ChannelForm(ChangeForm):
    """A channel; the kind of one that is there does not change."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ChannelKind.choices)
    address = forms.CharField(
        label=gettext_lazy("Address of the webhook"),
        required=False,
        max_length=2_048,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Tell of"), choices=_events, required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the messages"), choices=settings.LANGUAGES)
    with_words = forms.BooleanField(
        label=gettext_lazy("With the words of claims"),
        required=False,
        help_text=gettext_lazy("Without, a message has the number of a claim and a link: its server is outside."),
    )
    is_own_network = forms.BooleanField(
        label=gettext_lazy("The server is in our own network"),
        required=False,
        help_text=gettext_lazy("Else private addresses are refused. Messages go to exactly this host and port."),
    )
    is_on = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)
    new_secret = forms.BooleanField(label=gettext_lazy("Make a new secret for signatures"), required=False)

    def __init__(self, data: Any = None, *, channel: Channel | None = None) -> None:
        shown, unshown = (_present(channel), _unshown(channel)) if channel else (None, None)
        super().__init__(data, initial=shown, unshown=unshown)
        if channel is None:
            del self.fields["new_secret"]
            self.fields["address"].required = True
            return
        del self.fields["kind"]
        host = _("An address at %(host)s is kept. Leave this empty to keep it.") % {"host": channel.host}
        self.fields["address"].help_text = host
        if channel.kind != ChannelKind.WEBHOOK:
            del self.fields["new_secret"]


def _present(channel: Channel) -> dict[str, Any]:
    names = ("name", "events", "language", "with_words", "is_own_network", "is_on")
    return {name: getattr(channel, name) for name in names}


def _unshown(channel: Channel) -> dict[str, Unshown]:
    """Return what a save can replace and the form does not show: of the address a person reads the server alone."""
    secret = Unshown(channel.locked_secret, None)
    return {"address": Unshown(channel.locked_address, channel.host), "new_secret": secret}


@require_safe
def show_channels(request: Request) -> HttpResponse:
    """List the channels."""
    require(request.user, DeskAct.SET_CHANNELS)
    return render(request, "records/channels.html", {"channels": Channel.objects.select_related("set_by")})


@require_http_methods(["GET", "HEAD", "POST"])
def add_channel(request: Request) -> HttpResponse:
    """Set up a new channel."""
    return _set(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_channel(request: Request, pk: int) -> HttpResponse:
    """Show a channel with what was sent to it lately, and change it."""
    return _set(request, pk)


@require_POST
def test_channel(request: Request, pk: int) -> HttpResponse:
    """Have a test message sent."""
    require(request.user, DeskAct.SET_CHANNELS)
    channel = get_object_or_404(Channel, pk=pk)
    done = _("A test message is on its way. Reload this page to see how it went.")
    attempt(request, partial(channelling.test, channel, by=request.user), done=done)
    return redirect("change_channel", pk)


def _set(request: Request, pk: int | None) -> HttpResponse:
    require(request.user, DeskAct.SET_CHANNELS)
    channel = get_object_or_404(Channel, pk=pk) if pk is not None else None
    form = ChannelForm(request.POST if request.method == "POST" else None, channel=channel)

    def check(held: Channel) -> None:
        form.check(_present(held), _unshown(held))

    def activity(**given: Any) -> SetChannel:
        kind = ChannelKind(given.pop("kind", channel.kind if channel else ""))
        return channelling.set_up(ChannelSetUp(kind=kind, **given), by=request.user, channel=channel, check=check)

    made = submit(request, form, activity, done=_("The channel is kept."))
    if made is not None and made.secret:
        return render(request, "records/channel_secret.html", {"channel": made.channel, "secret": made.secret})
    if made is not None:
        return redirect("change_channel", made.channel.pk)
    sent = channel.messages.select_related("entry")[:MOST_MESSAGES] if channel else []
    return form_page(request, "records/channel.html", form, {"channel": channel, "sent": _with_labels(sent)})


def _with_labels(sent: Any) -> list[tuple[Any, str]]:
    known = declarations.channel_events()
    return [(each, str(known[each.event].label) if each.event in known else each.event) for each in sent]
