import pytest
from django.urls import reverse

from tests import make
from workbench.desk.roles import Role
from workbench.pages.context_processors import page_context

pytestmark = pytest.mark.django_db


def labels(rf, user):
    request = rf.get("/")
    request.user, request.resolver_match = user, None
    return [str(tab.label) for tab in page_context(request)["tabs"]]


def test_a_viewer_sees_only_what_a_viewer_may_open(rf):
    seen = labels(rf, make.viewer())

    assert seen == [
        "Queue",
        "Claims",
        "Sources",
        "Documents",
        "Searches",
        "Reports",
        "Four eyes",
        "Problems",
        "Anchors",
    ]


def test_an_editor_sees_every_tab(rf):
    assert {"Log a claim", "Log", "Administration"} < set(labels(rf, make.editor()))


@pytest.mark.parametrize("role", Role)
def test_every_tab_a_person_sees_opens(client, role):
    client.force_login(make.user(role))
    tabs = client.get(reverse("claims:queue")).context["tabs"]

    assert {client.get(tab.url).status_code for tab in tabs} == {200}


def test_the_page_one_is_on_is_marked(client):
    client.force_login(make.viewer())

    page = client.get(reverse("claims:claims"))

    assert [str(tab.label) for tab in page.context["tabs"] if tab.here] == ["Claims"]
