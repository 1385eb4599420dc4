"""Every address of the workbench."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from workbench.pages import (
    anchors,
    bylines,
    channels,
    drafts,
    four_eyes,
    health,
    log_pages,
    notifications,
    own_password,
    password_links,
    problems,
    search_page,
    session_end,
    sessions,
    set_up,
    storage,
    two_step,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("claims.pages.urls")),
    path("", include("sources.pages.urls")),
    path("sign-in/", session_end.SignInView.as_view(redirect_authenticated_user=True), name="login"),
    path("sign-out/", session_end.SignOutView.as_view(), name="logout"),
    path("password/", own_password.OwnPasswordView.as_view(), name="own_password"),
    path("password/choose/<uidb64>/<token>/", password_links.ChoosePasswordView.as_view(), name="choose_password"),
    path("set-up/", set_up.show_set_up, name="set_up"),
    path("set-up/desk/", set_up.set_desk, name="set_desk"),
    path("set-up/people/", set_up.invite, name="invite"),
    path("byline/", bylines.choose_byline, name="byline"),
    path("sessions/", sessions.show_sessions, name="sessions"),
    path("sessions/others/end/", sessions.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    path("two-step/", two_step.show_two_step, name="two_step"),
    path("drafts/", drafts.show_drafts, name="drafts"),
    path("drafts/put-back/", drafts.put_back, name="put_back"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="discard_draft"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("notifications/", notifications.show_notifications, name="notifications"),
    path("notifications/seen/", notifications.see_notifications, name="see_notifications"),
    path("notifications/choices/", notifications.choose_notifications, name="choose_notifications"),
    path("channels/", channels.show_channels, name="channels"),
    path("channels/add/", channels.add_channel, name="add_channel"),
    path("channels/<int:pk>/", channels.change_channel, name="change_channel"),
    path("channels/<int:pk>/test/", channels.test_channel, name="test_channel"),
    path("search/", search_page.search_everything, name="search_everything"),
    path("trouble/", problems.show_problems, name="trouble"),
    path("trouble/retry/", problems.retry_work, name="retry_work"),
    path("log/", log_pages.show_log, name="log"),
    path("log/check/", log_pages.check_log, name="check_log"),
    path("four-eyes/", four_eyes.show_four_eyes, name="four_eyes"),
    path("four-eyes/roles/<int:pk>/agree/", four_eyes.agree_to_role, name="agree_to_role"),
    path("four-eyes/roles/<int:pk>/decline/", four_eyes.decline_role, name="decline_role"),
    path("four-eyes/policies/<int:pk>/agree/", four_eyes.agree_to_policy, name="agree_to_policy"),
    path("four-eyes/policies/<int:pk>/decline/", four_eyes.decline_policy, name="decline_policy"),
    path("anchors/", anchors.show_anchors, name="anchors"),
    path("anchors/make/", anchors.make_checkpoint, name="make_checkpoint"),
    path("checkpoint", anchors.checkpoint, name="checkpoint"),
    path("checkpoint/keys", anchors.keys, name="checkpoint_keys"),
    path("checkpoint/<int:old>/<int:size>", anchors.consistency, name="checkpoint_consistency"),
    path("storage/", storage.show_storage, name="storage"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Browsers ask for it by themselves, at pages of the admin and at files; it names no page.
    path("favicon.ico", login_not_required(RedirectView.as_view(url=static("workbench/mark.svg"))), name="favicon"),
    path("admin/", admin.site.urls),
]

handler500 = "workbench.pages.health.show_error"
