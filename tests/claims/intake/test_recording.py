import json
import threading
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from claims.evidence import weighing
from claims.intake import recording
from claims.intake.recording import AT_ONCE, BETWEEN_CLAIMS, Link, Proposition, Sighting
from claims.models import Appearance, Attribution, Claim, ClaimLink, Wording
from claims.models.vocabulary import (
    AppearanceRole,
    AssertionStatus,
    ClaimRelation,
    ClaimType,
    Directness,
    Modality,
    Status,
    WordingKind,
)
from sources.models import Document, Source
from sources.models.vocabulary import SourceKind
from tests import make
from tests.racing import a_moment_earlier
from tests.refusing import refused
from workbench.desk import audit
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

KEY = UUID("6f2c1a9e-0000-4000-8000-000000000001")
CLAIM = Proposition("Le pont d’Arvel a été détruit par des terroristes.", "fr")
URL = "https://courier.example/pont"
SEEN = Sighting(quote="détruit par des terroristes", url=URL)


def link(named_as="", *, kind=SourceKind.OUTLET, modality=Modality.REPORTS, verb="rapporte"):
    return Link(named_as, kind, modality, Directness.INDIRECT, verb)


CHAIN = (
    link("Le Courrier d’Arvel"),
    link("Agence de la Vallée", kind=SourceKind.AGENCY, modality=Modality.CLAIMS),
    link("médias ostaviens", kind=SourceKind.GROUP),
    link(modality=Modality.UNATTRIBUTED_PASSIVE, kind=SourceKind.UNNAMED, verb="a été affirmé"),
)


@pytest.fixture(autouse=True)
def _archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path / "archive"


def test_a_claim_is_logged_in_the_words_it_was_made_in():
    ana = make.reporter()

    claim = recording.log_claim(
        Proposition("  Le pont est fermé. ", "fr", ClaimType.EVENT, place=" Arvel "), SEEN, by=ana
    )

    row = Claim.objects.get()
    assert (row.text, row.language, row.place, row.logged_by, row.status) == (
        "Le pont est fermé.",
        "fr",
        "Arvel",
        ana,
        "open",
    )
    assert Claim.objects.all().due().get() == claim
    assert LogEntry.objects.filter(chain=audit.name_of(claim)).count() == 2


def test_a_claim_may_have_no_claimant_and_no_place_where_it_was_seen():
    claim = recording.log_claim(CLAIM, Sighting(), by=make.reporter())

    assert (claim.claimant, claim.appearances.count(), Document.objects.count()) == (None, 0, 0)


def test_a_day_is_a_date_with_its_precision():
    claim = recording.log_claim(
        Proposition("Le pont est fermé.", "fr", claimed_at=make.MONDAY), Sighting(), by=make.reporter()
    )

    assert (claim.claimed_at, claim.claimed_precision) == (make.MONDAY, "day")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   \n\t", "empty"),
        ("x" * 2_001, "too_long"),
        ("x" * 100_000, "too_long"),
        ("The bridge\0 is shut.", "null_character"),
    ],
)
def test_a_text_that_is_no_claim_is_refused_with_a_reason_and_nothing_is_kept(text, code):
    with refused(code, "text"):
        recording.log_claim(Proposition(text, "en"), SEEN, by=make.reporter())

    assert (Claim.objects.count(), Document.objects.count(), LogEntry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000,
        "الجسر مغلق منذ يوم الاثنين",
        "\u202eshut is bridge ehT\u202c",
        "<script>alert(1)</script>",
        "'; drop table claims_claim; --",
        "🌉🌉🌉",
        "%(most)d {0} %s",
    ],
)
def test_any_other_text_is_kept_to_the_letter(text):
    claim = recording.log_claim(Proposition(text, "en"), Sighting(quote=text), by=make.reporter())

    assert (Claim.objects.get().text, claim.appearances.get().quote) == (text, text)


# Where it was seen


def test_the_page_where_a_claim_was_seen_is_asked_for():
    claim = recording.log_claim(CLAIM, SEEN, by=make.reporter())

    appearance = claim.appearances.get()
    assert (appearance.first_known, appearance.standing, appearance.quote) == (
        True,
        AssertionStatus.CONFIRMED,
        SEEN.quote,
    )
    assert Document.objects.all().due().get() == appearance.document


def test_a_page_we_do_not_open_is_refused_and_nothing_is_kept():
    with refused("refused_address", "url"):
        recording.log_claim(CLAIM, Sighting(url="http://169.254.169.254/latest"), by=make.reporter())

    assert (Claim.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_a_pasted_text_is_kept_and_its_quote_found_in_it():
    told = "Le pont d’Arvel, fermé depuis lundi matin, a été détruit par des terroristes, dit-on."
    pasted = f"La circulation est coupée entre les deux rives, selon la préfecture de la vallée.\n\n{told}"

    claim = recording.log_claim(CLAIM, Sighting(quote="détruit par des terroristes", pasted=pasted), by=make.reporter())

    appearance = claim.appearances.get()
    assert appearance.passage.exact == told
    assert appearance.document.url.startswith("ni:///sha-256;")


def test_the_chain_of_attribution_is_kept_outermost_first():
    claim = recording.log_claim(CLAIM, Sighting(quote="détruit", chain=CHAIN), by=make.reporter())

    links = claim.appearances.get().attributions.select_related("source")
    assert [(each.position, each.source and each.source.name, each.modality, each.verb) for each in links] == [
        (0, "Le Courrier d’Arvel", Modality.REPORTS, "rapporte"),
        (1, "Agence de la Vallée", Modality.CLAIMS, "rapporte"),
        (2, "médias ostaviens", Modality.REPORTS, "rapporte"),
        (3, None, Modality.UNATTRIBUTED_PASSIVE, "a été affirmé"),
    ]


def test_a_source_is_known_however_it_is_spelled():
    known = make.source("Le Courrier d’Arvel")
    make.source_name(known, "صحيفة أرفيل")

    for name in ("LE COURRIER D'ARVEL", "صحيفة أرفيل"):
        recording.log_claim(CLAIM, Sighting(quote=name, chain=[link(name)]), by=make.reporter())

    assert set(Attribution.objects.values_list("source", flat=True)) == {known.pk}
    assert Source.objects.count() == 1


def test_a_chain_has_an_end():
    with refused("chain_too_long"):
        recording.log_claim(CLAIM, Sighting(quote="x", chain=[link("A")] * 9), by=make.reporter())

    assert Claim.objects.count() == 0


@pytest.mark.parametrize("sighting", [Sighting(), Sighting(quote="  ", url=" "), Sighting(role=AppearanceRole.DENIES)])
def test_a_place_of_which_nothing_is_known_is_no_sighting(sighting):
    claim = make.claim()

    with refused("blank"):
        recording.add_appearance(claim, sighting, by=make.reporter())

    assert claim.appearances.count() == 0


def test_the_passive_names_nobody():
    somebody = link("médias ostaviens", modality=Modality.UNATTRIBUTED_PASSIVE)

    with refused("names_nobody"):
        recording.log_claim(CLAIM, Sighting(quote="détruit", chain=[somebody]), by=make.reporter())

    assert (Claim.objects.count(), Source.objects.count()) == (0, 0)


@pytest.mark.parametrize("status", [Status.DECIDED, Status.WITHDRAWN])
def test_nothing_is_added_to_a_closed_claim(status):
    claim, ana = make.claim(status=status), make.reporter()

    with refused("closed"):
        recording.add_appearance(claim, SEEN, by=ana)
    with refused("closed"):
        recording.add_wording(claim, by=ana, text="Köprü yıkıldı.", language="tr", kind=WordingKind.TRANSLATION)

    assert (claim.appearances.count(), claim.wordings.count(), Document.objects.count()) == (0, 0, 0)


# Sent twice


def test_a_form_that_is_sent_twice_logs_one_claim():
    ana = make.reporter()

    first = recording.log_claim(CLAIM, SEEN, by=ana, form_key=KEY)
    second = recording.log_claim(CLAIM, SEEN, by=ana, form_key=KEY)

    assert (first, Claim.objects.count(), Appearance.objects.count()) == (second, 1, 1)


@pytest.mark.parametrize(
    ("proposition", "other"),
    [(Proposition("Le pont est ouvert.", "fr"), False), (Proposition(CLAIM.text, "ca"), False), (CLAIM, True)],
)
def test_a_form_that_is_sent_with_another_claim_loses_neither(proposition, other):
    ana = make.reporter()
    first = recording.log_claim(CLAIM, SEEN, by=ana, form_key=KEY)

    with refused("form_used"):
        recording.log_claim(proposition, SEEN, by=make.reporter() if other else ana, form_key=KEY)

    assert Claim.objects.get() == first


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_at_the_same_time_logs_one_claim():
    ana, logged = make.reporter(), []
    together = threading.Barrier(2)

    def send():
        together.wait()
        try:
            logged.append(recording.log_claim(CLAIM, Sighting(quote="x", chain=CHAIN), by=ana, form_key=KEY))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert logged == [Claim.objects.get()] * 2
    assert (Appearance.objects.count(), Attribution.objects.count()) == (1, 4)


@pytest.mark.parametrize("sighting", [SEEN, Sighting(quote="fermé", pasted="Le pont est fermé. Voilà.")])
def test_a_sighting_that_is_sent_twice_is_kept_once(sighting):
    claim, ana = make.claim(), make.reporter()

    first = recording.add_appearance(claim, sighting, by=ana)
    second = recording.add_appearance(claim, sighting, by=ana)

    assert (first, Appearance.objects.count()) == (second, 1)


def test_another_quote_on_the_same_page_is_another_sighting():
    claim, ana = make.claim(), make.reporter()
    recording.add_appearance(claim, SEEN, by=ana)

    recording.add_appearance(claim, Sighting(quote="des terroristes", url=URL), by=ana)

    assert (claim.appearances.count(), claim.appearances.filter(first_known=True).count()) == (2, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Fermé lundi"},
        {"role": AppearanceRole.DENIES},
        {"chain": [link("Le Courrier d’Arvel")]},
        {"appeared_at": make.MONDAY},
    ],
)
def test_another_sighting_in_the_same_passage_is_kept_too(change):
    claim, ana = make.claim(), make.reporter()
    pasted = {"quote": "il est fermé", "pasted": "Fermé lundi matin, le pont d’Arvel : il est fermé pour longtemps."}
    first = recording.add_appearance(claim, Sighting(**pasted), by=ana)

    second = recording.add_appearance(claim, Sighting(**{**pasted, **change}), by=ana)

    assert (first.pk != second.pk, first.passage is not None, first.passage) == (True, True, second.passage)
    assert [each.attributions.count() for each in (first, second)] == [0, len(change.get("chain", []))]


def test_a_sighting_that_was_rejected_is_not_there():
    claim, ana = make.claim(), make.reporter()
    rejected = recording.add_appearance(claim, SEEN, by=ana)
    weighing.settle(rejected, by=make.reviewer(), standing=AssertionStatus.REJECTED, claim=claim)

    again = recording.add_appearance(claim, SEEN, by=ana)

    assert (again.pk != rejected.pk, again.standing) == (True, AssertionStatus.CONFIRMED)


# Other words


def test_a_new_quote_is_compared_with_all_that_was_gathered():
    claim = make.claim(due_at=None)

    recording.add_appearance(claim, SEEN, by=make.reporter())

    row = Claim.objects.get()
    assert Claim.objects.all().due().get() == row


def test_other_words_of_a_claim_are_compared_with_all_that_was_gathered():
    claim = make.claim(due_at=None)

    recording.add_wording(
        claim, by=make.reporter(), text=" Köprü yıkıldı. ", language="tr", kind=WordingKind.TRANSLATION
    )

    row = Claim.objects.get()
    assert (Claim.objects.all().due().get(), claim.wordings.get().text) == (row, "Köprü yıkıldı.")


def test_other_words_that_are_sent_twice_are_kept_once():
    claim, ana = make.claim(), make.reporter()

    for _each in range(2):
        recording.add_wording(claim, by=ana, text="Köprü yıkıldı.", language="tr", kind=WordingKind.TRANSLATION)

    assert Wording.objects.count() == 1


@pytest.mark.parametrize("maker", [make.viewer, make.admin])
def test_who_may_not_log_is_refused(maker):
    person, claim = maker(), make.claim()

    for log in (
        lambda: recording.log_claim(CLAIM, SEEN, by=person),
        lambda: recording.add_appearance(claim, SEEN, by=person),
        lambda: recording.add_wording(claim, by=person, text="x", language="en", kind=WordingKind.VARIANT),
    ):
        with pytest.raises(NotPermitted):
            log()


def test_a_claim_is_linked_to_another_once_and_never_to_itself():
    claim, other, ana = make.claim(), make.claim(), make.reporter()

    first = recording.link_claims(claim, by=ana, other=other, relation=ClaimRelation.NARROWER)
    again = recording.link_claims(claim, by=make.reporter(), other=other, relation=ClaimRelation.NARROWER)

    entry = LogEntry.objects.get(verb="linked claims")
    assert (first, again.asserted_by, first.standing) == (again, ana, AssertionStatus.CONFIRMED)
    assert json.loads(entry.facts) == {"other": f"claim {other.pk}", "relation": "narrower"}
    with refused("own_link", "other"):
        recording.link_claims(claim, by=ana, other=claim, relation=ClaimRelation.SAME)


@pytest.mark.parametrize(
    "quote", ["nobody  was\nHURT", "« It held »", "'said: \"It held.\"'", "", "Nobody […] said", "nobody … it did..."]
)
def test_a_quote_that_the_pasted_text_holds_is_kept_as_it_was_typed(quote):
    pasted = Sighting(quote=quote, pasted="After all, nobody was hurt, he said: “It held.” So it did.")

    assert recording.add_appearance(make.claim(), pasted, by=make.reporter()).quote == quote


@pytest.mark.parametrize("quote", ["Three hundred houses were destroyed.", "Nobody was ever hurt.", "hurt […] Nobody"])
def test_a_quote_that_the_pasted_text_does_not_hold_is_refused(quote):
    with refused("not_quoted", "quote"):
        recording.log_claim(CLAIM, Sighting(quote=quote, pasted="Nobody was hurt."), by=make.reporter())

    assert (Claim.objects.count(), Document.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("relation", "turned", "links"),
    [("same", "same", 1), ("broader", "narrower", 1), ("broader", "broader", 2), ("translation", "translation", 2)],
)
def test_a_link_that_says_the_same_from_the_other_side_is_one_link(relation, turned, links):
    claim, other = make.claim(), make.claim()

    recording.link_claims(claim, by=make.reporter(), other=other, relation=relation)
    recording.link_claims(other, by=make.reporter(), other=claim, relation=turned)

    assert (ClaimLink.objects.count(), LogEntry.objects.filter(verb="linked claims").count()) == (links, links)


@pytest.mark.django_db(transaction=True)
def test_claims_that_two_people_link_at_once_from_either_side_are_linked_once():
    claim, other, ana, remi = make.claim(), make.claim(), make.reporter(), make.reporter()

    with a_moment_earlier(lambda: recording.link_claims(other, by=remi, other=claim, relation="same")):
        recording.link_claims(claim, by=ana, other=other, relation="same")

    assert ClaimLink.objects.get().asserted_by == remi


def test_hundreds_of_claims_of_a_script_do_not_hold_up_that_of_a_person():
    ines, rafa = make.reporter(), make.reporter()
    many = [recording.log_claim(numbered(number), SEEN, by=ines) for number in range(200)]

    claim = recording.log_claim(CLAIM, SEEN, by=rafa, form_key=KEY)

    before = Claim.objects.filter(due_at__lt=claim.due_at)
    assert AT_ONCE <= before.count() < len(many) / 2
    assert claim.due_at <= timezone.now()
    assert Claim.objects.get(pk=many[-1].pk).due_at - many[0].logged_at <= BETWEEN_CLAIMS * len(many)


def test_a_few_claims_of_a_script_are_followed_at_once():
    claims = [recording.log_claim(numbered(number), Sighting(), by=make.reporter()) for number in range(AT_ONCE)]

    assert {claim.due_at <= timezone.now() for claim in claims} == {True}


def test_a_script_that_logs_one_claim_after_the_other_need_not_wait():
    for number in range(AT_ONCE + 1):
        claim = recording.log_claim(numbered(number), Sighting(), by=make.reporter())
        Claim.objects.filter(pk=claim.pk).update(fence=1)  # as a worker does

    assert claim.due_at <= timezone.now()


def numbered(number):
    return Proposition(f"Le pont numéro {number} a été détruit par des terroristes.", "fr")
