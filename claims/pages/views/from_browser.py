"""The page on how to send what one's own browser shows, with its bookmarklet; the manifest for sharing from a phone."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.models.vocabulary import ClaimAct
from claims.pages.prefill import ADDRESS, SELECTION, TITLE
from workbench.desk.roles import require
from workbench.pages.http import Request

# It runs on the site of somebody else, whose scripts may have changed everything: it only opens an address of ours,
# and gives that site no hold on the new window. Our server takes addresses up to 4,094 characters long.
BOOKMARKLET = """(()=>{
let s=String(getSelection()).trim().slice(0,2000),t=document.title.slice(0,200),
q=()=>String(new URLSearchParams({%(address)s:location.href,%(selection)s:s,%(title)s:t}));
while(q().length>3500&&(s||t))s?s=s.slice(0,-50):t='';
open('%(target)s?'+q(),'_blank','noopener')})()"""


@require_safe
def from_browser(request: Request) -> HttpResponse:
    """Show how to send a page that one sees to “log a claim”: bookmarklet, phone, saved page."""
    require(request.user, ClaimAct.LOG_CLAIM)
    target = request.build_absolute_uri(reverse("claims:log_claim"))
    script = BOOKMARKLET % {"target": target, "address": ADDRESS, "selection": SELECTION, "title": TITLE}
    bookmarklet = "javascript:" + quote(script.replace("\n", ""), safe="(){}[]=>,.;:'?!&|_+-*/")
    return render(request, "claims/from_browser.html", {"bookmarklet": bookmarklet})


@require_safe
def manifest(request: Request) -> HttpResponse:
    """Describe the desk as an app that phones can install and share pages to (W3C Web Share Target)."""
    require(request.user, ClaimAct.LOG_CLAIM)
    return JsonResponse(
        {
            "name": _("Claim workbench"),
            "short_name": _("Claims"),
            "lang": get_language(),
            "dir": "rtl" if get_language_bidi() else "ltr",
            "start_url": reverse("claims:queue"),
            "scope": "/",
            "display": "minimal-ui",
            "icons": [{"src": static("workbench/mark.svg"), "type": "image/svg+xml", "sizes": "any"}],
            "share_target": {
                "action": reverse("claims:log_claim"),
                "method": "GET",
                "params": {"title": TITLE, "text": SELECTION, "url": ADDRESS},
            },
        },
        content_type="application/manifest+json",
    )
