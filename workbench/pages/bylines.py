"""The page on which a person says how reports name them."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from workbench.desk import profile_setting
from workbench.desk.byline import Byline, PrintedNames
from workbench.desk.vocabulary import NamePrinted
from workbench.pages.forms import form_page, sent, submit
from workbench.pages.http import Request


class BylineForm(forms.Form):
    """How reports name a person."""

    printed = forms.ChoiceField(
        label=gettext_lazy("Reports name you by"), choices=NamePrinted.choices, widget=forms.RadioSelect
    )
    pen_name = forms.CharField(label=gettext_lazy("Pen name"), max_length=100, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_byline(request: Request) -> HttpResponse:
    """Let a person choose full name, pen name, or role and number."""
    own = Byline.objects.filter(person=request.user).first()
    initial = {"printed": PrintedNames().how(request.user), "pen_name": own.pen_name if own else ""}
    form = BylineForm(sent(request), initial=initial)
    done = _("Reports that are published from now on name you so. Published reports stay as they are.")
    if submit(request, form, partial(profile_setting.choose_byline, request.user), done=done):
        return redirect("byline")
    return form_page(request, "records/byline.html", form)
