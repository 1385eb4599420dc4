"""Restrict a claim to named people, and recover one that nobody sees any more."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.evidence import weighing
from claims.intake import recording, restricting
from claims.intake.recording import Link, Proposition, Sighting
from claims.models import Claim, ClaimAccess
from claims.models.vocabulary import Directness, Modality, Stance, Status
from claims.publishing import reporting
from claims.review import staff
from sources.capturing import bringing, fetching
from sources.capturing.bringing import StatedOrigin
from sources.gathering import asking, searching
from sources.gathering.asking import Gathered
from sources.models import Document, Passage, Search, Source
from sources.models.vocabulary import Engine, SourceKind
from sources.reading import noting, transcribing
from sources.registry import registering
from tests import make
from tests.refusing import refused
from tests.restricted import restricted_claim
from workbench.desk import hidden_rows
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path


@pytest.fixture
def claim():
    return restricted_claim()


def readers(claim):
    return set(ClaimAccess.objects.readers(claim))


def test_who_names_somebody_sees_the_claim_too(claim):
    editor = make.editor()

    restricting.name(claim, editor, by=claim.logged_by)
    restricting.name(claim, editor, by=claim.logged_by)

    assert readers(claim) == {claim.logged_by, editor}
    assert LogEntry.objects.filter(chain=f"claim {claim.pk}").count() == 2


def test_a_claim_can_be_restricted_from_the_first_moment():
    author = make.reporter()

    made = recording.log_claim(Proposition("Zyxwort was paid.", "en"), Sighting(), by=author, restricted=True)

    assert readers(made) == {author}


def test_others_than_who_logged_it_and_editors_name_nobody(claim):
    reviewer = make.reviewer()
    restricting.name(claim, reviewer, by=claim.logged_by)

    with pytest.raises(NotPermitted):
        restricting.name(claim, make.user(), by=reviewer)


def test_the_last_person_cannot_be_removed(claim):
    with refused("last"):
        restricting.remove(claim, claim.logged_by, by=claim.logged_by)

    editor = make.editor()
    restricting.name(claim, editor, by=claim.logged_by)
    restricting.remove(claim, claim.logged_by, by=editor)

    assert readers(claim) == {editor}


def test_lifting_shows_the_claim_to_everybody(claim):
    restricting.lift(claim, by=claim.logged_by, reason="It is public now.")

    with hidden_rows.read_by(lambda: make.viewer().pk):
        assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_restricted_claim_is_not_published(claim):
    Claim.objects.filter(pk=claim.pk).update(status=Status.IN_REVIEW)
    Claim.objects.filter(pk=claim.pk).update(status=Status.DECIDED)
    decision = make.decision(claim)

    with refused("restricted"):
        reporting.freeze(decision, by=make.editor(), language="en")


def test_only_people_who_see_a_claim_count_as_others_who_can_decide(claim):
    make.editor()
    named = make.editor()
    restricting.name(claim, named, by=claim.logged_by)

    assert set(staff.deciders(claim, [])) == {named}


def test_claims_with_other_readers_are_not_linked(claim):
    with refused("restricted"):
        recording.link_claims(claim, by=claim.logged_by, other=make.claim(), relation="same")


def test_two_administrators_recover_a_claim_that_nobody_sees(claim):
    one, two, heir = make.admin(), make.admin(), make.editor()
    with refused("not_lost"):
        restricting.propose_recovery(claim.pk, heir, by=one, reason="Wrong.")
    claim.logged_by.is_active = False
    claim.logged_by.save()

    with hidden_rows.read_by(lambda: one.pk):
        assert restricting.lost(by=one) == [claim.pk]
        grant = restricting.propose_recovery(claim.pk, heir, by=one, reason="The reporter has left.")
        with refused("own_proposal"):
            restricting.agree(grant.pk, by=one)
    with hidden_rows.read_by(lambda: two.pk):
        restricting.agree(grant.pk, by=two)

    with hidden_rows.read_by(lambda: heir.pk):
        assert Claim.objects.filter(pk=claim.pk).exists()
    assert restricting.lost(by=one) == []


def test_a_number_of_no_claim_is_refused_as_that_of_a_claim_that_others_see(claim):
    admin = make.admin()
    refusals = []
    for number in (claim.pk, claim.pk + 1_000):
        with refused("not_lost") as problem:
            restricting.propose_recovery(number, admin, by=admin, reason="Curious.")
        refusals.append(str(problem.value))

    assert refusals[0] == refusals[1]


@pytest.fixture
def outside(claim):
    """A search of the claim at a provider, from before it was restricted, and one that an open claim shares."""
    make.provider_setting(Engine.SEARXNG)
    claim = make.claim("Zyxwort was paid again.", logged_by=claim.logged_by)
    alone, shared = make.search("Zyxwort", engine=Engine.SEARXNG), make.search("bridge", engine=Engine.SEARXNG)
    claim.searches.add(alone, shared)
    make.claim().searches.add(shared)
    restricting.name(claim, claim.logged_by, by=claim.logged_by)
    return claim, alone, shared


def test_what_was_searched_at_a_provider_before_a_claim_was_restricted_is_searched_there_no_more(outside):
    claim, alone, shared = outside

    assert list(Search.objects.due().exclude(engine=Engine.GATHERED)) == [shared]

    restricting.lift(claim, by=claim.logged_by, reason="It is public now.")

    assert set(Search.objects.due()) == {alone, shared}


def test_a_search_for_a_restricted_claim_that_somebody_asks_for_again_sends_nothing(outside, monkeypatch):
    _claim, alone, shared = outside
    sent = []
    monkeypatch.setattr(asking, "ask", lambda search, *_provider: sent.append(search) or Gathered())
    Search.objects.all().ask()

    drain(Search.objects.all(), searching.run)

    assert sent == [shared]
    assert Search.objects.get(pk=alone.pk).due_at is None


LETTER = "Mx Zyxwort was paid for the bridge, says the letter."
SIGHTING = Sighting(
    pasted=LETTER,
    quote="Mx Zyxwort was paid for the bridge",
    chain=[Link("Mx Zyxwort", SourceKind.PERSON, Modality.ASSERTS, Directness.DIRECT)],
)


def log(sighting, *, by, restricted=False):
    said = Proposition(f"Zyxwort was paid, says {by}.", "en")
    with hidden_rows.read_by(lambda: by.pk):
        return recording.log_claim(said, sighting, by=by, restricted=restricted)


def test_a_text_and_a_source_brought_for_a_restricted_claim_alone_are_hidden_with_it():
    log(SIGHTING, by=make.reporter(), restricted=True)

    with hidden_rows.read_by(lambda: make.admin().pk):
        assert not Document.objects.exists()
        assert not Passage.objects.exists()
        assert not Source.objects.exists()
        assert not LogEntry.objects.filter(facts__contains="Zyxwort").exists()


def test_who_brings_the_same_text_and_source_does_not_learn_that_they_were_there():
    other = make.reporter()
    log(SIGHTING, by=make.reporter(), restricted=True)

    claim = log(SIGHTING, by=other)

    with hidden_rows.read_by(lambda: other.pk):
        assert claim.appearances.get().document == Document.objects.get()
        assert Source.objects.get().added_by == other
    assert Document.objects.count() == 2


def test_who_asks_for_the_same_page_sees_it_from_then_on():
    other = make.reporter()
    page = Sighting(url="https://example.org/zyxwort")
    log(page, by=make.reporter(), restricted=True)

    log(page, by=other)

    with hidden_rows.read_by(lambda: other.pk):
        assert Document.objects.get().url == page.url


def test_who_adds_a_source_that_is_hidden_from_them_gets_no_refusal():
    other = make.reporter()
    log(SIGHTING, by=make.reporter(), restricted=True)

    with hidden_rows.read_by(lambda: other.pk):
        registering.add_source("Mx Zyxwort", SourceKind.PERSON, by=other)

    with hidden_rows.read_by(lambda: other.pk):
        assert Source.objects.get().name == "Mx Zyxwort"


def test_a_text_of_a_restricted_claim_is_no_evidence_for_another():
    author = make.reporter()
    log(SIGHTING, by=author, restricted=True)

    with refused("restricted"):
        weighing.add_evidence(make.claim(), Passage.objects.first(), by=author, stance=Stance.SUPPORTS)


def test_a_file_that_is_cited_only_there_is_seen_by_those_named_and_not_by_whoever_brings_it_too():
    named, other, third = make.reporter(), make.reporter(), make.reporter()
    claim = make.claim(logged_by=named)
    document = bringing.bring(io.BytesIO(b"The ledger of the bridge."), "ledger.txt", by=named)
    reading = make.reading("The ledger of the bridge.", capture_=document.captures.get())
    make.confirmed_evidence(claim, passage_=reading.passages.get(), by=named)
    restricting.name(claim, named, by=named)

    def sees(person):
        with hidden_rows.read_by(lambda: person.pk):
            return Document.objects.filter(pk=document.pk).exists()

    assert [sees(person) for person in (named, other, third)] == [True, False, False]
    with hidden_rows.read_by(lambda: other.pk):
        again = bringing.bring(io.BytesIO(b"The ledger of the bridge."), "other.txt", by=other)
    assert again.title == "other.txt"
    assert [sees(person) for person in (named, other, third)] == [True, False, False]


def bring(name, *, by, **said):
    with hidden_rows.read_by(lambda: by.pk):
        return bringing.bring(io.BytesIO(name.encode()), name, by=by, **said)


def seen_by(person):
    with hidden_rows.read_by(lambda: person.pk):
        return set(Document.objects.all())


def test_a_file_cited_in_a_restricted_claim_alone_is_no_evidence_for_another(claim):
    document = bring("ledger.txt", by=claim.logged_by)
    reading = make.reading("The ledger of the bridge.", capture_=document.captures.get())
    make.confirmed_evidence(claim, passage_=reading.passages.get(), by=claim.logged_by)

    with refused("restricted"):
        weighing.add_evidence(make.claim(), reading.passages.get(), by=claim.logged_by, stance=Stance.SUPPORTS)


def test_who_brings_the_same_file_cites_it_as_if_nobody_had_brought_it(claim):
    other = make.reviewer()
    document = bring("ledger.txt", by=claim.logged_by)
    reading = make.reading("The ledger of the bridge.", capture_=document.captures.get())
    make.confirmed_evidence(claim, passage_=reading.passages.get(), by=claim.logged_by)
    make.bringing(document.captures.get(), by=other)

    with hidden_rows.read_by(lambda: other.pk):
        passage = Passage.objects.get()
        assert weighing.add_evidence(make.claim(), passage, by=other, stance=Stance.SUPPORTS).passage == passage


def test_a_file_brought_on_the_page_of_a_restricted_claim_is_hidden_from_the_first_moment(claim, client):
    client.force_login(claim.logged_by)

    client.post(f"/claims/{claim.pk}/bring/", {"files": SimpleUploadedFile("ledger.txt", b"The ledger.")})

    assert claim.files.get().by == claim.logged_by
    assert (seen_by(claim.logged_by), seen_by(make.editor())) == ({claim.files.get().document}, set())


def test_a_file_in_place_of_a_hidden_page_is_hidden_with_its_log():
    named, editor = make.reporter(), make.editor()
    log(Sighting(url="https://example.org/zyxwort"), by=named, restricted=True)
    page = Document.objects.get()

    brought = bring("screenshot.txt", by=named, said=StatedOrigin(url=page.url), instead_of=page)
    again = bring("second.txt", by=named, instead_of=brought)

    assert (seen_by(named), seen_by(editor)) == ({page, brought, again}, set())
    with hidden_rows.read_by(lambda: editor.pk):
        assert not LogEntry.objects.filter(facts__contains="zyxwort").exists()
    told = LogEntry.objects.get(chain=f"document {brought.pk}", verb="brought a file")
    assert f'"instead_of":"document {page.pk}"' in told.facts.replace(": ", ":")


def test_the_address_of_a_file_with_which_a_restricted_claim_is_logged_is_hidden_too():
    named = make.reporter()
    file = bring("letter.txt", by=named)

    log(Sighting(url="https://example.org/zyxwort", brought=[file]), by=named, restricted=True)

    assert len(seen_by(named)) == 2
    assert not seen_by(make.editor())


def test_a_page_that_others_asked_for_stays_when_a_restricted_claim_has_a_file_in_its_place():
    named, other = make.reporter(), make.reporter()
    page = fetching.ask("https://example.org/zyxwort", by=other)
    file = bring("letter.txt", by=named)

    log(Sighting(url=page.url, brought=[file]), by=named, restricted=True)

    assert seen_by(other) == {page}


def test_the_address_of_a_hidden_page_is_fetched_on_the_page_of_a_file_as_any_other_address(client):
    log(Sighting(url="https://example.org/zyxwort"), by=make.reporter(), restricted=True)
    Document.objects.update(due_at=None)
    stranger = make.reporter()
    client.force_login(stranger)
    answers = []
    for name in ("zyxwort", "another"):
        file = bring(f"{name}.txt", by=stranger, said=StatedOrigin(url=f"https://example.org/{name}"))
        asked = client.post(f"/sources/documents/{file.pk}/fetch-stated/", follow=True)
        page = client.get(file.get_absolute_url()).content.decode()
        answers.append((asked.status_code, "We are fetching the address" in asked.content.decode()))
        answers[-1] += ("Fetch this address" in page, "We are fetching this address" in page)

    assert answers == [(200, True, False, True)] * 2
    assert Document.objects.get(url="https://example.org/zyxwort").due_at is None


def test_who_brought_a_file_before_reads_nothing_of_who_brings_it_for_a_restricted_claim(client):
    named, stranger = make.reporter(), make.editor()
    source = StatedOrigin("https://example.org/zyxwort", obtained="Handed over by Mx Zyxwort.")
    file = bring("letter.txt", by=named)
    assert bring("letter.txt", by=stranger) == bring("letter.txt", by=named, said=source) == file
    noting.note(file, "Zyxwort signed it.", by=named)
    log(Sighting(brought=[file]), by=named, restricted=True)
    with hidden_rows.read_by(lambda: named.pk):
        transcribing.add_transcript(file, b"00:00.000 --> 00:01.000\nZyxwort was paid.\n", by=named)

    assert not seen_by(make.reviewer())
    with hidden_rows.read_by(lambda: stranger.pk):
        assert file.captures.get().bringings.get().by == stranger
        assert not file.addresses.exists()
        assert not LogEntry.objects.filter(actor=named, chain=f"document {file.pk}").exists()
        noting.note(file, "It has a stamp.", by=stranger)
    client.force_login(stranger)
    pages = [client.get(url).content.decode() for url in (file.get_absolute_url(), "/log/")]
    assert [word for word in (named.username, "yxwort") if any(word in page for page in pages)] == []
    with hidden_rows.read_by(lambda: stranger.pk):
        assert list(Passage.objects.values_list("exact", flat=True)) == ["It has a stamp."]


@pytest.fixture
def left():
    """A reporter who logged a restricted claim with a file and a page, and was removed by an editor; and the claim."""
    reporter, editor = make.reporter(), make.editor()
    bring("old.txt", by=reporter)
    file = bring("letter.txt", by=reporter, on_form=True)
    made = log(Sighting(url="https://example.org/zyxwort", brought=[file]), by=reporter, restricted=True)
    restricting.name(made, editor, by=reporter)
    restricting.remove(made, reporter, by=editor)
    return reporter, editor


def test_who_is_removed_sees_nothing_more_of_what_they_gave_to_the_claim_but_their_other_files(left):
    reporter, editor = left

    assert {row.title for row in seen_by(reporter)} == {"old.txt"}
    assert len(seen_by(editor)) == 3
    with hidden_rows.read_by(lambda: reporter.pk):
        assert not LogEntry.objects.filter(facts__contains="letter").exists()


def test_who_is_removed_brings_the_file_and_asks_for_the_page_again_as_anybody_else(left):
    reporter, _editor = left

    again = bring("letter.txt", by=reporter)
    with hidden_rows.read_by(lambda: reporter.pk):
        page = fetching.ask("https://example.org/zyxwort", by=reporter)

    assert {row.title or row.url for row in seen_by(reporter)} == {"old.txt", "letter.txt", page.url}
    assert again.captures.get().bringings.get().by == reporter


def test_the_page_at_the_address_of_a_file_of_a_restricted_claim_is_hidden_too():
    named = make.reporter()
    file = bring("letter.txt", by=named, said=StatedOrigin("https://example.org/zyxwort"))
    log(Sighting(brought=[file]), by=named, restricted=True)

    with hidden_rows.read_by(lambda: named.pk):
        fetching.ask_stated(file, by=named)

    assert (len(seen_by(named)), seen_by(make.editor())) == (2, set())
    private = bring("private.txt", by=named, said=StatedOrigin("https://example.org/other"), on_form=True)
    with refused("private"):
        fetching.ask_stated(private, by=named)
