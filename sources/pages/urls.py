"""URLs and navigation tabs of sources, feeds, documents and searches."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sources.pages.views import (
    captures,
    changes,
    confidential,
    dates,
    documents,
    feeds,
    find_source,
    hosts,
    media,
    packages,
    page_pictures,
    recognition,
    renderings,
    retention,
    rulings,
    searches,
    sources,
    starter,
    uploads,
)
from workbench.desk.declarations import Tab
from workbench.desk.vocabulary import DeskAct

app_name = "sources"

urlpatterns = [
    path("sources/", sources.show_sources, name="sources"),
    path("sources/add/", sources.add_source, name="add_source"),
    path("sources/add-confidential/", confidential.add_confidential, name="add_confidential"),
    path("sources/<int:pk>/identity/", confidential.identity, name="identity"),
    path("sources/<int:pk>/identity/show/", confidential.show_name, name="show_name"),
    path("sources/<int:pk>/identity/name/", confidential.let_read, name="let_read"),
    path("sources/<int:pk>/identity/remove/", confidential.stop_reading, name="stop_reading"),
    path("sources/find/", find_source.find_source, name="find_source"),
    path("sources/<int:pk>/", sources.show_source, name="source"),
    path("sources/<int:pk>/name/", sources.add_name, name="add_name"),
    path("sources/<int:pk>/domain/", sources.add_domain, name="add_domain"),
    path("sources/<int:pk>/look/", feeds.look_for_feeds, name="look_for_feeds"),
    path("sources/<int:pk>/standing/", sources.state_standing, name="state_standing"),
    path("sources/start/", starter.choose_sources, name="starter"),
    path("sources/feeds/", feeds.show_feeds, name="feeds"),
    path("sources/feeds/add/", feeds.add_feed, name="add_feed"),
    path("sources/feeds/<int:pk>/stop/", feeds.stop_feed, name="stop_feed"),
    path("sources/feeds/<int:pk>/poll-again/", feeds.poll_again, name="poll_again"),
    path("sources/hosts/", hosts.show_hosts, name="hosts"),
    path("sources/hosts/set/", hosts.set_policy, name="set_policy"),
    path("sources/documents/", documents.show_documents, name="documents"),
    path("sources/bring/", uploads.bring, name="bring"),
    path("sources/bring/one/", uploads.bring_one, name="bring_one"),
    path("sources/documents/<int:pk>/bring/", uploads.bring_instead, name="bring_instead"),
    path("sources/documents/<int:pk>/", documents.show_document, name="document"),
    path("sources/documents/<int:pk>/fetch/", documents.fetch_again, name="fetch_again"),
    path("sources/documents/<int:pk>/fetch-stated/", documents.fetch_stated, name="fetch_stated"),
    path("sources/documents/<int:pk>/other-article/", documents.say_other_article, name="other_article"),
    path("sources/documents/<int:pk>/date/", dates.set_date, name="set_date"),
    path("sources/documents/<int:pk>/date/undo/", dates.undo_date, name="undo_date"),
    path("sources/documents/<int:pk>/rule/", rulings.rule_page, name="rule_page"),
    path("sources/documents/<int:pk>/rule/<int:ruling_pk>/undo/", rulings.undo_ruling, name="undo_ruling"),
    path("sources/documents/<int:pk>/recognize/", recognition.recognize, name="recognize"),
    path("sources/documents/<int:pk>/render/", renderings.render_document, name="render"),
    path("sources/documents/<int:pk>/captures.wacz", packages.send_package, name="package"),
    path("sources/documents/<int:pk>/copy/", packages.ask_for_copy, name="ask_for_copy"),
    path("sources/changes/<int:pk>/", changes.show_change, name="change"),
    path("sources/documents/<int:pk>/put-back/", retention.put_back, name="put_back"),
    path("sources/retention/", retention.show_retention, name="retention"),
    path("sources/retention/set/", retention.set_retention, name="set_retention"),
    path("sources/captures/<int:pk>/raw/", documents.send_raw, name="raw"),
    path("sources/captures/<int:pk>/screenshot/", renderings.show_screenshot, name="screenshot"),
    path("sources/captures/<int:pk>/picture/", media.show_picture, name="picture"),
    path("sources/captures/<int:pk>/poster/", media.show_poster, name="poster"),
    path("sources/captures/<int:pk>/mark/", media.mark_place, name="mark_place"),
    path("sources/documents/<int:pk>/transcript/", media.add_transcript, name="add_transcript"),
    path("sources/near-copies/<int:pk>/decide/", media.decide_copy, name="decide_copy"),
    path("sources/captures/<int:pk>/pages/<int:page>.png", page_pictures.show_page_picture, name="page_picture"),
    path("sources/captures/<int:pk>/", captures.show_capture, name="capture"),
    path("sources/searches/", searches.show_searches, name="searches"),
]

TABS = [
    Tab("sources:sources", _("Sources"), DeskAct.READ, order=40),
    Tab("sources:documents", _("Documents"), DeskAct.READ, order=50),
    Tab("sources:searches", _("Searches"), DeskAct.READ, order=60),
    Tab("sources:retention", _("Retention"), DeskAct.MANAGE_STORAGE, order=94),
]
