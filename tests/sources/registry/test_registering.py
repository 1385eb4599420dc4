import pytest
from django.db import ProgrammingError, transaction

from sources.models import Source
from sources.models.vocabulary import Reliability, SourceKind
from sources.registry import registering
from tests import make
from tests.racing import a_moment_earlier
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db


def test_a_source_is_made_known_with_its_domains():
    ana = make.reporter()

    source = registering.add_source(
        "  Le Courrier   d’Arvel ",
        SourceKind.OUTLET,
        by=ana,
        language="fr",
        hosts=["courrier.example", "c.example:8080"],
    )

    assert (source.name, source.folded, source.added_by) == ("Le Courrier d’Arvel", "le courrier d'arvel", ana)
    assert [domain.host for domain in source.domains.all()] == ["c.example:8080", "courrier.example"]
    assert [entry.verb for entry in LogEntry.objects.order_by("seq")] == [
        "added a source",
        "added a domain",
        "added a domain",
    ]


def test_a_source_is_known_once_however_its_name_is_spelled():
    registering.add_source("Şırnak Postası", SourceKind.OUTLET, by=make.reporter())

    with refused("known", "name"):
        registering.add_source("sirnak postasi", SourceKind.OUTLET, by=make.reporter())


def test_two_sources_of_different_kinds_may_share_a_name():
    registering.add_source("Arvel", SourceKind.OUTLET, by=make.reporter())

    registering.add_source("Arvel", SourceKind.AGENCY, by=make.reporter())

    assert Source.objects.called("arvel").count() == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "empty"), ("   ", "empty"), ("\u200b\u200f", "empty"), ("n" * 201, "too_long"), ("a\0b", "null_character")],
)
def test_what_is_no_name_is_refused(name, code):
    with refused(code, "name"):
        registering.add_source(name, SourceKind.OUTLET, by=make.reporter())


def test_a_source_with_a_bad_domain_is_not_kept_by_half():
    with refused("not_a_site", "hosts"):
        registering.add_source(
            "Arvel Courier", SourceKind.OUTLET, by=make.reporter(), hosts=["good.example", "not a host"]
        )

    assert not Source.objects.exists()


def test_viewers_name_nothing():
    with pytest.raises(NotPermitted):
        registering.add_source("Arvel Courier", SourceKind.OUTLET, by=make.viewer())


def test_a_changed_source_tells_the_log_what_it_was():
    source = make.source("Arvel Courier", country="Arvel")
    source.name, source.country = "The Arvel Courier", "Lurea"

    registering.change_source(source, by=make.editor(), changed=["name", "country"])

    assert Source.objects.called("the arvel courier").get().country == "Lurea"
    assert LogEntry.objects.get().facts == '{"before": {"country": "Arvel", "name": "Arvel Courier"}}'


def test_a_source_does_not_own_itself():
    source = make.source()
    source.owner = source

    with refused("own_owner", "owner"):
        registering.change_source(source, by=make.editor(), changed=["owner"])


def test_a_source_is_found_by_its_other_names():
    source = make.source("Arvel Courier")

    registering.add_name(source, "صحيفة أرفيل", by=make.reporter(), language="ar")

    assert list(Source.objects.called("صحيفة ارفيل")) == [source]


def test_a_name_is_added_once():
    source = make.source("Arvel Courier")

    with refused("known", "name"):
        registering.add_name(source, "ARVEL COURIER", by=make.reporter())


def test_a_domain_may_be_pasted_as_an_address_and_covers_www():
    domain = registering.add_domain(make.source(), " https://www.Courier.example/a ", by=make.reporter())

    assert domain.host == "courier.example"


@pytest.mark.parametrize("typed", ["", "localhost", "two words", "ftp://example.org", "user@example.org"])
def test_what_is_no_host_is_refused(typed):
    with refused("not_a_site", "host"):
        registering.add_domain(make.source(), typed, by=make.reporter())


def test_what_was_gathered_from_a_domain_becomes_the_sources_own():
    other = make.source()
    own = make.document("https://news.courier.example/1", host="news.courier.example")
    foreign = make.document("https://courier.example/2", host="courier.example", source=other)
    source = make.source()

    registering.add_domain(source, "courier.example", by=make.reporter())

    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.source, foreign.source) == (source, other)


def test_a_domain_belongs_to_one_source():
    make.source_domain(make.source("Arvel Courier"), "courier.example")

    with refused("known", "host") as refusal:
        registering.add_domain(make.source(), "https://courier.example/", by=make.reporter())

    assert "Arvel Courier" in str(refusal.value)


def test_a_domain_that_was_given_to_the_wrong_source_moves():
    domain, right = make.source_domain(), make.source()
    domain.source = right

    registering.move_domain(domain, by=make.editor())

    assert list(right.domains.all()) == [domain]
    assert LogEntry.objects.get().verb == "moved a domain"


def test_a_standing_is_added_and_the_one_before_stays():
    source, ana = make.source(), make.editor()
    registering.state_standing(source, by=ana, reliability=Reliability.B, reason="Corrects itself.")

    registering.state_standing(
        source, by=ana, reliability=Reliability.D, reason="Stopped doing so.", interests="A party."
    )

    assert [standing.reliability for standing in source.standings.all()] == ["D", "B"]
    with pytest.raises(ProgrammingError), transaction.atomic():
        source.standings.update(reliability="A")


def test_a_standing_needs_a_reason():
    with refused("no_reason", "reason"):
        registering.state_standing(make.source(), by=make.editor(), reliability=Reliability.A, reason=" ")


@pytest.mark.django_db(transaction=True)
def test_a_source_that_two_add_at_the_same_moment_is_added_once():
    ana = make.reporter()

    with (
        a_moment_earlier(lambda: make.source("Arvel", kind=SourceKind.OUTLET)),
        refused("just_added"),
    ):
        registering.add_source("Arvel", SourceKind.OUTLET, by=ana)

    assert (Source.objects.count(), LogEntry.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_a_name_or_domain_that_two_add_at_the_same_moment_is_added_once():
    ana, source = make.reporter(), make.source("Arvel")

    with (
        a_moment_earlier(lambda: make.source_name(source, "Arvil", language="")),
        refused("just_added"),
    ):
        registering.add_name(source, "Arvil", by=ana)
    with (
        a_moment_earlier(lambda: make.source_domain(source, "arvel.example")),
        refused("just_added"),
    ):
        registering.add_domain(source, "arvel.example", by=ana)

    assert not LogEntry.objects.exists()
