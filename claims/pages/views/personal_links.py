"""Personal links: make and withdraw one, and the page behind it, on which somebody without an account answers."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims import giving_files
from claims.models import PersonalLink
from claims.models.outside_vocabulary import LinkState
from claims.models.vocabulary import ClaimAct
from claims.pages.forms.personal_links import LinkAnswerForm, PersonalLinkForm
from claims.pages.views.claim import load
from claims.review import link_asking
from claims.review.link_asking import MadeLink
from sources.capturing import bringing
from sources.capturing.bringing import StatedOrigin
from sources.models import Document
from sources.pages.upload_handler import takes_files_where
from workbench.desk import desk_profile, hidden_rows, public_identity
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.sign_in import client_address
from workbench.pages import visit_limit
from workbench.pages.forms import attempt, form_page, sent, show_refusal, submit
from workbench.pages.http import UNPROCESSABLE, Request

HOUR = 3_600
MOST_WRONG = 30  # links that are none, which one address may try in an hour
MOST_ANSWERS = 20  # times that the form of one link may be sent in an hour; a file counts as one more
# The address holds the token: no search engine may keep it, and no cache. No other site learns it by the policy for
# referrers that every page has; a stricter one has browsers send the form without its origin, which CSRF refuses.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Make a personal link, and show it once, or mail it."""
    require(request.user, ClaimAct.LOG_CLAIM)
    claim = load(pk)
    form = PersonalLinkForm(sent(request), claim=claim, initial={"language": translation.get_language()})

    def activity(**given: Any) -> tuple[MadeLink, str]:
        return link_asking.ask(claim, form.asking(), by=request.user), given.get("email", "")

    made = submit(request, form, activity)
    if made is None:
        context = {"claim": claim, "title": _("Ask by a personal link"), "gaps": public_identity.gaps_of_desk()}
        return form_page(request, "claims/ask_by_link.html", form, context)
    return _made(request, *made)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """End a personal link that has no answer yet."""
    link = get_object_or_404(PersonalLink.objects.select_related("claim"), pk=pk)
    attempt(request, partial(link_asking.withdraw, link, by=request.user), done=_("The link has ended."))
    return redirect(link)


def may_bring(token: str) -> bool:
    """Say whether a file is taken at the address of a link: it waits for its answer, and was not sent too often."""
    with hidden_rows.everything(), timezone.override(desk_profile.zone()):
        link = PersonalLink.objects.with_token(token)
        return link is not None and link.state == LinkState.ASKED and not _is_over(link)


@takes_files_where(may_bring)
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question of a link to whoever has it, and take their one answer; nobody is told that it was opened."""
    # Who has the link may see what it shows, also of a restricted claim; it ends with its day where the desk is.
    with hidden_rows.everything(), timezone.override(desk_profile.zone()):
        link = PersonalLink.objects.with_token(token)
        if link is None:
            return _no_link(request)
        with translation.override(link.language):
            page = _private(_page(request, link))
        page["Content-Language"] = link.language
        return page


def _page(request: HttpRequest, link: PersonalLink) -> HttpResponse:
    form = LinkAnswerForm(request.POST or None)
    if request.method == "POST":
        if _is_over(link):
            return _too_many(request)
        if form.is_valid() and _kept(request, link, form):
            return redirect(request.path)
    link.refresh_from_db()
    if link.state != LinkState.ASKED:
        return _ended(request, link, form)
    shown = link.evidence.select_related("passage").order_by("pk")
    context = {"link": link, "form": form, "passages": [each.passage for each in shown], "desk": desk_profile.name()}
    return render(request, "claims/answer_by_link.html", context, status=UNPROCESSABLE if form.errors else 200)


def _ended(request: HttpRequest, link: PersonalLink, form: LinkAnswerForm) -> HttpResponse:
    """Show that a link has ended: nothing of its question, and what this person has just written, to be copied."""
    written = form["text"].value() if form.is_bound else ""
    status = 200 if link.state == LinkState.ANSWERED else 410
    context = {"link": link, "desk": desk_profile.name(), "written": written}
    return render(request, "claims/link_ended.html", context, status=UNPROCESSABLE if form.is_bound else status)


def _is_over(link: PersonalLink) -> bool:
    return visit_limit.is_over("answers", str(link.pk), most=MOST_ANSWERS, seconds=HOUR)


def _kept(request: HttpRequest, link: PersonalLink, form: LinkAnswerForm) -> bool:
    """Keep an answer with its file, as documents that the person sent; or show why it is refused."""
    files: Any = request.FILES.getlist("file")
    try:
        with transaction.atomic():
            held = link_asking.hold(link)
            text = form.cleaned_data["text"]
            document = _received(held, io.BytesIO(link_asking.letter(held, text, timezone.now()).encode()), _name(held))
            file = _received(held, files[0].upload.whole(), files[0].upload.name) if files else None
            giving_files.give_files(held.claim, [each for each in (document, file) if each], by=None)
            link_asking.answer(held, text, document=document, file=file)
    except Refusal as refusal:
        show_refusal(
            form, Refusal(str(refusal), refusal.code, field="file" if refusal.field == "files" else refusal.field)
        )
        return False
    return True


def _received(link: PersonalLink, stream: Any, name: str) -> Document:
    said = StatedOrigin(account=link.to_whom, obtained=_("Sent through a personal link that the desk gave."))
    return bringing.receive(stream, name, given_by=link.to_whom, asked_by=link.asked_by, said=said)


def _name(link: PersonalLink) -> str:
    return f"answer-{link.pk}.txt"


def _made(request: Request, made: MadeLink, to: str) -> HttpResponse:
    """Show a new link once, or where it was mailed to."""
    address = f"{settings.DESK_URL}{reverse('claims:answer_by_link', args=[made.token])}"
    problem = link_asking.mail(made.link, address, to) if to else ""
    if to and not problem:
        messages.success(request, _("The link is mailed to %(address)s.") % {"address": to})
        return redirect(made.link)
    context = {"link": made.link, "claim": made.link.claim, "address": address, "problem": problem}
    return _private(render(request, "claims/link_made.html", context))


def _no_link(request: HttpRequest) -> HttpResponse:
    """Answer at an address that is no link: the same whatever is asked."""
    if visit_limit.is_over("links", client_address(request), most=MOST_WRONG, seconds=HOUR):
        return _too_many(request)
    return _private(render(request, "claims/link_ended.html", {"link": None}, status=404))


def _too_many(request: HttpRequest) -> HttpResponse:
    answer = render(request, "claims/link_ended.html", {"link": None, "is_too_often": True}, status=429)
    answer["Retry-After"] = str(HOUR)
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE.items():
        answer[name] = value
    return answer
