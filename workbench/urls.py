"""Every address of the workbench."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from workbench.pages import (
    anchors,
    drafts,
    health,
    log_pages,
    own_password,
    problems,
    search_page,
    session_end,
    storage,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("claims.pages.urls")),
    path("", include("sources.pages.urls")),
    path("sign-in/", session_end.SignInView.as_view(redirect_authenticated_user=True), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("password/", own_password.OwnPasswordView.as_view(), name="own_password"),
    path("drafts/", drafts.show_drafts, name="drafts"),
    path("drafts/put-back/", drafts.put_back, name="put_back"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="discard_draft"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("search/", search_page.search_everything, name="search_everything"),
    path("trouble/", problems.show_problems, name="trouble"),
    path("trouble/retry/", problems.retry_work, name="retry_work"),
    path("log/", log_pages.show_log, name="log"),
    path("log/check/", log_pages.check_log, name="check_log"),
    path("anchors/", anchors.show_anchors, name="anchors"),
    path("anchors/make/", anchors.make_checkpoint, name="make_checkpoint"),
    path("checkpoint", anchors.checkpoint, name="checkpoint"),
    path("checkpoint/keys", anchors.keys, name="checkpoint_keys"),
    path("checkpoint/<int:old>/<int:size>", anchors.consistency, name="checkpoint_consistency"),
    path("storage/", storage.show_storage, name="storage"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

handler500 = "workbench.pages.health.show_error"
