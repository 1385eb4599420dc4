"""The page of anchors, and the public addresses of the newest checkpoint, of the desk’s keys and of proofs."""

from __future__ import annotations

import base64
from functools import partial

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workbench.desk import checkpointing, log_tree
from workbench.desk.anchors import Checkpoint, SigningKey, Witness, WitnessKind
from workbench.desk.roles import require
from workbench.desk.vocabulary import DeskAct
from workbench.pages.forms import attempt, form_page, sent, submit
from workbench.pages.http import Request
from workbench.transparency import signed_note

SHOWN = 20  # checkpoints and witnesses on the page
PLAIN = "text/plain; charset=utf-8"
CACHED = {"Cache-Control": "public, max-age=60", "X-Content-Type-Options": "nosniff"}


class WitnessForm(forms.Form):
    kind = forms.ChoiceField(label=_("Where it is kept"), choices=WitnessKind.choices)
    holder = forms.CharField(
        label=_("Who holds it"),
        max_length=300,
        help_text=_("For example the address of another desk, or the name of a person."),
    )


@login_not_required
@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Send the newest checkpoint to anybody, as a signed note (C2SP tlog-checkpoint)."""
    newest: Checkpoint | None = Checkpoint.objects.made().first()
    if newest is None:
        raise Http404
    return HttpResponse(newest.text, content_type=PLAIN, headers=CACHED)


@login_not_required
@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """Send the public keys with which this desk has signed, the newest first, one a line."""
    lines = [signed_note.key_text(checkpointing.origin(), key.data) for key in SigningKey.objects.all()]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN, headers=CACHED)


@login_not_required
@require_safe
def consistency(_request: HttpRequest, old: int, size: int) -> HttpResponse:
    """Send the proof that the log of one size begins with that of a smaller one (RFC 9162): base64, one a line."""
    newest: Checkpoint | None = Checkpoint.objects.made().first()
    if newest is None or not 0 < old <= size <= newest.size:
        raise Http404
    lines = [base64.b64encode(each).decode() for each in log_tree.consistency(old, size)]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN, headers=CACHED)


@require_http_methods(["GET", "HEAD", "POST"])
def show_anchors(request: Request) -> HttpResponse:
    """Show the newest checkpoint, who holds it outside this machine, and how to check; note who holds it."""
    require(request.user, DeskAct.READ)
    newest: Checkpoint | None = Checkpoint.objects.made().first()
    form = WitnessForm(sent(request))
    if newest is not None:
        note = partial(checkpointing.note_witness, newest, by=request.user)
        if submit(request, form, note, done=_("Noted in the log.")):
            return redirect("anchors")
    rows = Checkpoint.objects.made().prefetch_related("witnesses")
    context = {
        "newest": newest,
        "anchored": Checkpoint.objects.made().anchored().first(),
        "checkpoints": rows[:SHOWN],
        "witnesses": Witness.objects.select_related("noted_by", "checkpoint")[:SHOWN],
        "keys": [(key, signed_note.key_text(checkpointing.origin(), key.data)) for key in SigningKey.objects.all()],
        "may_make": request.user.may(DeskAct.MAKE_CHECKPOINT),
        "may_note": request.user.may(DeskAct.NOTE_WITNESS),
        "public": request.build_absolute_uri(reverse("checkpoint")),
    }
    return form_page(request, "records/anchors.html", form, context)


@require_POST
def make_checkpoint(request: Request) -> HttpResponse:
    """Make a checkpoint now."""
    attempt(request, partial(checkpointing.make, by=request.user), done=_("This checkpoint covers the whole log."))
    return redirect("anchors")
