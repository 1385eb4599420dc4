"""The admin site: open to those whose role says so, and never a second way to sign in."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from workbench.roles import Act


class WorkbenchAdminSite(AdminSite):
    site_header = _("Claim workbench: records")
    site_title = _("Records")
    index_title = _("To look, to search and to repair")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Say whether a person may open the admin: the table of roles decides, not a staff flag."""
        return request.user.is_authenticated and request.user.may(Act.USE_ADMIN)

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Send people to the one sign-in page, which counts wrong passwords; those without the right go home."""
        if request.user.is_authenticated:
            return redirect("claims:queue")
        return redirect_to_login(request.GET.get("next") or request.get_full_path())
