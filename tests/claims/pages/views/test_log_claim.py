from uuid import uuid4

import pytest
from django.urls import reverse

from claims.models import Claim
from claims.models.vocabulary import Modality, WordingKind
from sources.models import Document, Source
from tests import make
from tests.refusing import codes
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

TEXT = "Des terroristes liés à l’Ostavie sont derrière l’embuscade."


def filled(*links, **changes):
    """A form as a browser sends it, with the links of a chain as dictionaries."""
    rows = {f"chain-{row}-{name}": value for row, link in enumerate(links) for name, value in link.items()}
    sent = {"text": TEXT, "language": "fr", "type": "event", "form_key": str(uuid4())}
    return {"chain-TOTAL_FORMS": 8, "chain-INITIAL_FORMS": 0, **sent, **rows, **changes}


@pytest.fixture
def reporter(client):
    person = make.reporter()
    client.force_login(person)
    return person


def test_a_claim_is_logged_with_where_it_was_seen_and_its_chain(client, reporter):
    outlet = {"named_as": "Ufuk Manşet", "kind": "outlet", "modality": "reports", "directness": "own_words"}
    nobody = {"modality": "unattributed_passive", "verb": "affirmé"}

    answer = client.post(reverse("claims:log_claim"), filled(outlet, nobody, quote="liés à l’Ostavie"))

    claim = Claim.objects.get()
    assert answer.url == claim.get_absolute_url()
    assert (claim.text, claim.language, claim.logged_by) == (TEXT, "fr", reporter)
    chain = claim.appearances.get().attributions.values_list("named_as", "modality")
    assert list(chain) == [("Ufuk Manşet", Modality.REPORTS), ("", Modality.UNATTRIBUTED_PASSIVE)]


def test_the_language_is_told_from_the_words_when_nobody_chose_it(client, reporter):
    client.post(reverse("claims:log_claim"), filled(language=""))

    assert Claim.objects.get().language == "fr"


def test_no_language_is_chosen_beforehand(client, reporter):
    form = client.get(reverse("claims:log_claim")).context["form"]

    assert form["language"].value() is None


def test_a_language_that_cannot_be_told_is_asked_for(client, reporter):
    answer = client.post(reverse("claims:log_claim"), filled(language="", text="12 / 21"))

    assert list(answer.context["form"].errors) == ["language"]


def test_a_form_sent_twice_logs_one_claim(client, reporter):
    form = filled()
    first = client.post(reverse("claims:log_claim"), form)

    told_first = client.get(first.url).content.decode()
    second = client.post(reverse("claims:log_claim"), form)
    told_then = client.get(second.url).content.decode()

    assert first.url == second.url
    assert Claim.objects.count() == 1
    assert ["was already logged" in told for told in (told_first, told_then)] == [False, True]
    assert ["The claim is logged." in told for told in (told_first, told_then)] == [True, False]


def test_another_claim_in_a_form_that_a_browser_went_back_to_is_said_and_logged_when_sent_again(client, reporter):
    form = filled()
    client.post(reverse("claims:log_claim"), form)

    answer = client.post(reverse("claims:log_claim"), {**form, "text": "Le pont est fermé."})
    kept = answer.context["form"]
    client.post(reverse("claims:log_claim"), {**form, **{name: kept[name].value() for name in ("text", "form_key")}})

    assert (answer.status_code, list(kept.errors), kept["text"].value()) == (422, ["text"], "Le pont est fermé.")
    assert set(Claim.objects.values_list("text", flat=True)) == {TEXT, "Le pont est fermé."}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 100_000}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"short_text": "x" * 76}, "short_text"),
        ({"url": "http://169.254.169.254/latest"}, "url"),
        ({"url": "http://127.0.0.1:5432/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "not an address"}, "url"),
        ({"url": "https://example.org/" + "x" * 3000}, "url"),
        ({"pasted": "x" * 200_001}, "pasted"),
        ({"quote": "a\0b"}, "quote"),
        ({"appeared_at": "0001-01-01"}, "appeared_at"),
        ({"claimed_at": "2999-01-01"}, "claimed_at"),
        ({"type": "gossip"}, "type"),
        ({"language": "xx"}, "language"),
        ({"form_key": "nonsense"}, "form_key"),
    ],
)
def test_what_cannot_be_logged_is_said_at_its_field_and_nothing_is_lost(client, reporter, changes, field):
    answer = client.post(reverse("claims:log_claim"), filled(**{"note": "Why it matters", **changes}))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Why it matters" in answer.content.decode()
    assert changes[field][:200] in answer.context["form"][field].value()
    assert not Claim.objects.exists()


def test_a_claim_with_bidi_controls_is_kept_as_it_is_and_shown_with_them_marked(client, reporter):
    client.post(reverse("claims:log_claim"), filled(text="Il a dit \u202etxet\u202c hier à Miradène."))

    claim = Claim.objects.get()
    assert "\u202e" in claim.text
    assert "⟨U+202E⟩" in client.get(claim.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("link", "field"),
    [
        ({"named_as": "An agency", "kind": "agency"}, "modality"),
        ({"kind": "agency", "modality": "reports"}, "named_as"),
        ({"named_as": "Never heard of", "modality": "reports"}, "kind"),
        ({"named_as": "Vadi", "kind": "agency", "modality": "unattributed_passive"}, "named_as"),
        ({"named_as": "x" * 201, "kind": "agency", "modality": "reports"}, "named_as"),
        ({"named_as": "a\0b", "kind": "agency", "modality": "reports"}, "named_as"),
    ],
)
def test_a_link_that_is_not_whole_is_said_at_its_field(client, reporter, link, field):
    answer = client.post(reverse("claims:log_claim"), filled(link))

    assert field in answer.context["chain"].forms[0].errors
    assert not Claim.objects.exists()


def test_what_is_wrong_with_a_link_is_said_with_its_number(client, reporter):
    first = {"named_as": "An agency", "kind": "agency", "modality": "reports"}

    answer = client.post(reverse("claims:log_claim"), filled(first, {"named_as": "Another", "modality": "reports"}))

    label = "Kind (needed for a source that is new to the desk)"
    told = f"Link 2 – {label} – This source is new to the desk. Choose its kind."
    assert f'<a href="#id_chain-1-kind">{told}</a>' in answer.content.decode()


def test_a_known_source_needs_no_kind(client, reporter):
    agency = make.source("Lantern Wire", kind="agency")

    client.post(reverse("claims:log_claim"), filled({"named_as": "lantern wire", "modality": "reports"}))

    assert Claim.objects.get().appearances.get().attributions.get().source == agency
    assert Source.objects.count() == 1


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_log_claims_is_refused(client, role, method):
    client.force_login(make.user(role))

    answer = getattr(client, method)(reverse("claims:log_claim"), filled())

    assert answer.status_code == 403
    assert not Claim.objects.exists()


def test_another_place_is_added_to_a_claim(client, reporter):
    claim = make.claim()

    answer = client.post(reverse("claims:add_appearance", args=[claim.pk]), filled(role="denies", quote="Rien de tel."))

    assert answer.url == f"{claim.get_absolute_url()}#appearances"
    assert claim.appearances.get().role == "denies"
    assert "The appearance is saved." in client.get(answer.url).content.decode()


def test_a_place_of_which_nothing_is_written_is_refused(client, reporter):
    claim = make.claim()

    answer = client.post(reverse("claims:add_appearance", args=[claim.pk]), filled(role="repeats"))

    assert (answer.status_code, claim.appearances.exists()) == (422, False)
    assert codes(answer.context["form"]) == {"__all__": ["blank"]}


def test_a_quote_that_is_not_in_the_pasted_text_is_said_at_its_field_and_nothing_is_lost(client, reporter):
    written = {"pasted": "Nobody was hurt.", "quote": "Three hundred houses were destroyed."}

    answer = client.post(reverse("claims:log_claim"), filled(**written))

    form = answer.context["form"]
    assert list(form.errors) == ["quote"]
    assert {name: form[name].value() for name in written} == written


def test_a_private_address_is_refused_at_its_field_for_another_place_too(client, reporter):
    claim = make.claim()

    answer = client.post(
        reverse("claims:add_appearance", args=[claim.pk]), filled(role="repeats", url="http://10.0.0.1/")
    )

    assert list(answer.context["form"].errors) == ["url"]


def test_other_words_are_added_to_a_claim(client, reporter):
    claim = make.claim()

    client.post(
        reverse("claims:add_wording", args=[claim.pk]),
        {"text": "Le pont a été fermé hier soir.", "kind": "translation", "language": ""},
    )

    wording = claim.wordings.get()
    assert (wording.text, wording.language, wording.kind) == (
        "Le pont a été fermé hier soir.", "fr", WordingKind.TRANSLATION,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["add_appearance", "add_wording"])
def test_an_empty_form_says_what_is_missing(client, reporter, name):
    answer = client.post(reverse(f"claims:{name}", args=[make.claim().pk]), {})

    assert answer.status_code == 422


@pytest.mark.parametrize("name", ["add_appearance", "add_wording"])
def test_a_viewer_adds_nothing(client, name):
    client.force_login(make.viewer())

    assert client.post(reverse(f"claims:{name}", args=[make.claim().pk]), filled()).status_code == 403


@pytest.mark.parametrize(
    "text",
    [TEXT, TEXT.upper(), "Terrorists linked to Ostavia are behind the ambush.", "“Des terroristes liés à l’Ostavie” ?"],
)
def test_a_claim_logged_before_is_pointed_out_with_a_link_and_every_word_stays(client, reporter, text):
    before = make.claim(TEXT if "?" not in text else "Des terroristes liés à l’Ostavie", language="fr")

    answer = client.post(reverse("claims:log_claim"), filled(text=text, language="", note="Heard on the radio."))

    page = answer.content.decode()
    assert (answer.status_code, Claim.objects.count()) == (422, 1)
    told = [before.get_absolute_url(), "Log it anyway", "Heard on the radio."]
    assert [each for each in told if each not in page] == []
    assert codes(answer.context["form"]) == {"__all__": ["logged_before"]}


def test_who_has_seen_the_claims_alike_logs_it_all_the_same(client, reporter):
    make.claim(TEXT, language="fr")
    form = filled()
    shown = client.post(reverse("claims:log_claim"), form)

    answer = client.post(
        reverse("claims:log_claim"), {**form, "seen_claims": shown.context["form"]["seen_claims"].value()}
    )

    assert (answer.status_code, Claim.objects.count()) == (302, 2)


def test_a_form_sent_twice_does_not_point_at_its_own_claim(client, reporter):
    form = filled()

    answers = [client.post(reverse("claims:log_claim"), form).status_code for _time in range(2)]

    assert (answers, Claim.objects.count()) == ([302, 302], 1)


def test_a_post_has_its_account_and_the_day_on_which_it_was_found_deleted(client, reporter):
    post = {"account": "@ministry", "appeared_at": "2026-11-01", "deleted_since": "2026-11-03", "quote": "closed"}

    client.post(reverse("claims:log_claim"), filled(**post))

    appearance = Claim.objects.get().appearances.get()
    assert (appearance.account, str(appearance.deleted_since)) == ("@ministry", "2026-11-03")


def test_the_address_of_a_deleted_post_is_kept_and_not_fetched(client, reporter):
    post = {"url": "https://social.example/1", "deleted_since": "2026-11-03"}

    client.post(reverse("claims:log_claim"), filled(**post))

    appearance = Claim.objects.get().appearances.get()
    assert (appearance.url, appearance.document) == ("https://social.example/1", None)
    assert not Document.objects.exists()


def test_a_post_is_not_deleted_before_it_appeared(client, reporter):
    post = {"account": "@ministry", "appeared_at": "2026-11-03", "deleted_since": "2026-11-01"}

    answer = client.post(reverse("claims:log_claim"), filled(**post))

    assert codes(answer.context["form"]) == {"deleted_since": ["deleted_early"]}
