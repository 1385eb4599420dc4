import pytest
from django.urls import reverse

from sources.models import Source
from tests import make
from tests.racing import a_moment_earlier
from tests.refusing import codes
from workbench.desk.models import LogEntry

pytestmark = pytest.mark.django_db

INLINES = {
    f"{prefix}-{name}": "0" for prefix in ("names", "domains", "standings") for name in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def change(client, source, **written):
    form = {"name": source.name, "kind": source.kind, "language": "", "country": "", "description": "", "owner": ""}
    return client.post(reverse("admin:sources_source_change", args=[source.pk]), {**form, **INLINES, **written})


def test_a_source_is_repaired_and_the_log_keeps_what_it_was(client):
    source = make.source("Arvel Curier")
    client.force_login(make.editor(username="ana"))

    answer = change(client, source, name="Arvel Courier", country="Arvel")

    source.refresh_from_db()
    assert (answer.status_code, source.name, source.folded, source.country) == (
        302,
        "Arvel Courier",
        "arvel courier",
        "Arvel",
    )
    entry = LogEntry.objects.get()
    assert (entry.actor_name, entry.verb) == ("ana", "changed a source")


def test_a_source_with_names_and_standings_is_repaired(client):
    source = make.source("Arvel Curier")
    make.source_name(source)
    make.standing(source)
    client.force_login(make.editor())
    rows = {
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "1",
        "standings-TOTAL_FORMS": "1",
        "standings-INITIAL_FORMS": "1",
    }

    answer = change(client, source, name="Arvel Courier", **rows)

    assert answer.status_code == 302
    assert Source.objects.get(pk=source.pk).name == "Arvel Courier"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ARVEL   courier", "known"),
        ("\u200b", "empty"),
        ("", "required"),
        ("a\0b", "null_characters_not_allowed"),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_the_form(client, name, code):
    make.source("Arvel Courier")
    source = make.source("Another")
    client.force_login(make.editor())

    answer = change(client, source, name=name)

    assert code in codes(answer.context["adminform"].form)["name"]
    assert Source.objects.get(pk=source.pk).name == "Another"


def test_a_source_does_not_own_itself(client):
    source = make.source()
    client.force_login(make.editor())

    answer = change(client, source, owner=str(source.pk))

    assert codes(answer.context["adminform"].form) == {"owner": ["own_owner"]}


def test_administrators_look_at_sources_only(client):
    source = make.source("Arvel Courier")
    client.force_login(make.admin())

    answer = change(client, source, name="Other")

    source.refresh_from_db()
    assert (answer.status_code, source.name) == (403, "Arvel Courier")


def test_a_domain_moves_to_another_source(client):
    domain, right = make.source_domain(), make.source()
    client.force_login(make.editor())

    client.post(reverse("admin:sources_sourcedomain_change", args=[domain.pk]), {"source": right.pk})

    domain.refresh_from_db()
    assert domain.source == right
    assert LogEntry.objects.get().verb == "moved a domain"


def test_a_source_is_found_by_any_of_its_names(client):
    source = make.source("Arvel Courier")
    make.source_name(source, "صحيفة أرفيل")
    make.source()
    client.force_login(make.editor())

    found = client.get(reverse("admin:sources_source_changelist"), {"q": "أرفيل"})

    assert list(found.context["cl"].queryset) == [source]


def test_feeds_that_were_stopped_are_found_with_who_and_why(client):
    stopped = make.feed(stopped_at=make.MONDAY, stopped_by=make.editor(), stopped_why="A page, no feed.")
    make.feed()
    client.force_login(make.editor())

    found = client.get(reverse("admin:sources_feed_changelist"), {"stopped_at__isempty": "0"})
    shown = client.get(reverse("admin:sources_feed_change", args=[stopped.pk])).content.decode()

    assert list(found.context["cl"].queryset) == [stopped]
    assert "A page, no feed." in shown


@pytest.mark.django_db(transaction=True)
def test_what_the_activity_refuses_when_it_saves_is_shown_and_nothing_is_saved(client):
    source = make.source("Another")
    client.force_login(make.editor())

    with a_moment_earlier(lambda: make.source("Arvel Courier", kind=source.kind)):
        answer = change(client, source, name="Arvel Courier", description="A daily of Arvel.")

    form = answer.context["adminform"].form
    assert (Source.objects.get(pk=source.pk).name, LogEntry.objects.count()) == ("Another", 0)
    assert (codes(form), form["description"].value()) == ({"name": ["known"]}, "A daily of Arvel.")
    assert 'value="Arvel Courier"' in answer.content.decode()
