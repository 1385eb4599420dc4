"""The page to describe a piece of evidence."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.evidence import weighing
from claims.models import Evidence
from claims.models.vocabulary import ClaimAct, Nearness, Stance
from claims.pages.forms.evidence import EvidenceForm
from workbench.desk.roles import require
from workbench.pages.forms import form_page, sent, show_instead, submit
from workbench.pages.http import Request


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: Request, pk: int) -> HttpResponse:
    """Save the stance of a passage, whether it is primary or secondary, and a note.

    If somebody else has weighed the passage since the page was opened, it shows that first, and keeps what was written.
    """
    require(request.user, ClaimAct.WEIGH)
    evidence = get_object_or_404(Evidence.objects.for_list().select_related("claim"), pk=pk)
    shown = {"stance": evidence.stance, "nearness": evidence.nearness, "note": evidence.note, "seen": evidence.version}
    form = EvidenceForm(sent(request), initial=shown)

    def activity(stance: str, nearness: str, note: str, seen: str) -> Evidence:
        return weighing.confirm(
            evidence, by=request.user, stance=Stance(stance), nearness=Nearness(nearness), note=note, seen=seen
        )

    if submit(request, form, activity, done=_("The evidence is saved.")):
        return redirect(evidence)
    overtaken = form.is_bound and form.has_error("__all__", "overtaken")
    if overtaken:  # what stands now is on the page, so the next answer is about it
        evidence.refresh_from_db()
        show_instead(form, "seen", evidence.version)
    context = {
        "claim": evidence.claim,
        "title": _("Describe the evidence"),
        "quoted": evidence.passage.exact,
        "overtaken_by": evidence if overtaken else None,
    }
    return form_page(request, "claims/one_form.html", form, context)
