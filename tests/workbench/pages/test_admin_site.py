import re

import pytest
from bs4 import BeautifulSoup
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import ChecklistItem, RatingScale, Review
from sources.models import Bringing, HostPolicy, SiteSearch
from tests import make
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.models import LogEntry, LogHead, User
from workbench.desk.vocabulary import DeskAct
from workbench.desk.work_queue import Work
from workbench.pages.admin_site import WorkAdmin

pytestmark = pytest.mark.django_db

OWN_NAMES = {
    "assertion": "wording",
    "chainlink": "link",
    "fetchattempt": "attempt",
    "foureyespolicy": "policy",
    "passagevector": "vector",
    "searchhit": "hit",
}
MODELS = sorted(
    (model for model in admin.site._registry if model is not LogHead), key=lambda model: model._meta.label_lower
)
ADDED_BY_EDITORS = {ChecklistItem, RatingScale, SiteSearch}
LED_ELSEWHERE = {Bringing}  # files are added on a page of their own
FORBIDDEN = 403


def one_of(model):
    """A row of any kind, made by the function of its name."""
    name = OWN_NAMES.get(model._meta.model_name) or re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    if model is User:
        return make.viewer()
    if model is Review:
        return make.review(make.decision().claim)  # before, it is another's and blind
    if model is LogEntry:
        return make.log_entry(note="seen")
    return getattr(make, name)()


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def label(model):
    return model._meta.label_lower


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_every_record_can_be_listed_searched_and_looked_at(client, model):
    row = one_of(model)
    client.force_login(make.editor())

    listed = client.get(page(model, "changelist"))
    searched = client.get(page(model, "changelist"), {"q": "no such words 7f3a"})
    shown = client.get(page(model, "change", row.pk))

    assert [listed.status_code, searched.status_code, shown.status_code] == [200, 200, 200]
    assert row in listed.context["cl"].queryset
    assert searched.context["cl"].result_count == 0


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_a_list_of_records_costs_the_same_with_one_row_and_with_more(client, model):
    client.force_login(make.editor())
    one_of(model)
    with CaptureQueriesContext(connection) as with_one:
        client.get(page(model, "changelist"))

    for _ in range(5):
        one_of(model)
    with CaptureQueriesContext(connection) as with_more:
        client.get(page(model, "changelist"))

    assert len(with_more) == len(with_one)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_editors_delete_nothing_and_add_scales_only_and_reporters_see_no_records(client, model):
    row = one_of(model)
    editor, reporter = make.editor(), make.reporter()

    client.force_login(editor)
    refused = [client.get(page(model, "delete", row.pk)), client.get(page(model, "add"))]
    client.force_login(reporter)
    sent_home = client.get(page(model, "changelist"))

    adding = 200 if model in ADDED_BY_EDITORS else 302 if model in LED_ELSEWHERE else FORBIDDEN
    assert [answer.status_code for answer in refused] == [FORBIDDEN, adding]
    assert sent_home.status_code == 302


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_what_a_rule_guards_is_not_in_the_form(client, model):
    row = one_of(model)
    client.force_login(make.editor())

    form = client.get(page(model, "change", row.pk)).context["adminform"].form

    assert set(form.fields) <= set(admin.site._registry[model].editable)


@pytest.mark.parametrize("model", [model for model in MODELS if issubclass(model, Work)], ids=label)
def test_work_in_trouble_is_found_and_tried_again(client, model):
    fine, failed, stopped = one_of(model), one_of(model), one_of(model)
    rows = model._default_manager
    rows.filter(pk=failed.pk).update(trouble="ConnectionError: refused", tries=2)
    rows.filter(pk=stopped.pk).update(trouble="ConnectionError: refused", tries=MOST_TRIES, due_at=None)
    client.force_login(make.reviewer())

    found = {
        choice: set(client.get(page(model, "changelist"), {"work": choice}).context["cl"].queryset)
        for choice in ("stuck", "trouble", "fine")
    }
    client.post(page(model, "changelist"), {"action": "try_again", "_selected_action": [fine.pk, stopped.pk]})

    assert (found["stuck"], found["trouble"]) == ({stopped}, {failed, stopped})
    assert fine in found["fine"]
    stopped.refresh_from_db()
    assert (stopped.trouble, stopped.tries) == ("", 0)
    assert LogEntry.objects.get(verb="retried").subject == f"{model._meta.model_name} {stopped.pk}"


def test_every_kind_of_work_has_the_filter_and_the_action():
    of_work = {model for model in MODELS if issubclass(model, Work)}

    assert {model for model in MODELS if isinstance(admin.site._registry[model], WorkAdmin)} == of_work
    assert {model._meta.model_name for model in of_work} == {
        *("change", "claim", "comparison", "dailysize", "discovery", "document", "embeddingmodel"),
        *("externalarchive", "feed", "reading", "rendering", "providersetting", "retentionrule"),
        *("search", "stamp", "wholecheck"),
    }


def test_words_of_others_keep_their_direction(client):
    claim = make.claim("قال مسؤول إن الجسر مغلق.", language="ar")
    client.force_login(make.editor())

    listed = client.get(page(type(claim), "changelist")).content.decode()
    shown = client.get(page(type(claim), "change", claim.pk)).content.decode()

    for html in (listed, shown):
        assert '<bdi dir="rtl" lang="ar">قال مسؤول إن الجسر مغلق.</bdi>' in html


def test_strangers_are_sent_to_the_one_page_where_one_signs_in(client):
    answer = client.get(reverse("admin:index"), follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("login"))


@pytest.mark.parametrize("role", ["viewer", "reporter", "reviewer", "editor", "admin"])
def test_the_table_of_roles_opens_the_admin(client, role):
    person = make.user(role)
    client.force_login(person)

    opened = client.get(reverse("admin:index")).status_code == 200

    assert opened == person.may(DeskAct.USE_ADMIN)


@pytest.mark.parametrize("name", ["changelist", "change"])
def test_what_is_true_or_false_is_said_in_the_language_of_the_page(client, name):
    policy = make.host_policy(denied=True)
    client.force_login(make.editor())
    address = page(HostPolicy, name, *([policy.pk] if name == "change" else []))

    answer = client.get(address, headers={"Accept-Language": "fr"})

    read = BeautifulSoup(answer.content, "lxml")
    assert read.select_one(".field-denied").text.split()[-1] == "oui"
    assert read.select("img[alt=True], img[alt=False]") == []
