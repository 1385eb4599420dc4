from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from claims.models.vocabulary import Move, Status
from claims.pages.queues import MOST_SHOWN
from claims.review import rules
from tests import make
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db


def titles(page, name="page"):
    return [claim.text for claim in page.context[name]]


def waiting(page, name):
    return [claim.text for claim in queue_of(page, name)]


def queue_of(page, name):
    return next((cards.waiting.claims for cards in page.context["for_you"] if cards.waiting.name == name), [])


def test_a_reviewer_finds_the_claims_to_review_but_not_their_own(client):
    reviewer = make.reviewer()
    make.claim("Of another", status=Status.IN_REVIEW)
    make.claim("Of mine", status=Status.IN_REVIEW, logged_by=reviewer)
    client.force_login(reviewer)

    page = client.get(reverse("claims:queue"))

    assert waiting(page, "review") == ["Of another"]


def test_an_editor_finds_the_claims_that_two_have_reviewed(client):
    make.claim_in_review(text="Ready", reviews=2)
    make.claim_in_review(text="Not ready", reviews=1)
    client.force_login(make.editor())

    page = client.get(reverse("claims:queue"))

    assert waiting(page, "decide") == ["Ready"]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
@pytest.mark.parametrize("reviews", [0, 1, 2])
def test_the_queue_holds_just_what_the_rules_of_review_allow(client, role, reviews):
    person = make.user(role)
    claims = [make.claim_in_review(reviews=reviews), make.claim_in_review(reviews=reviews, logged_by=person)]
    claims += [make.review(reviewer=person).claim, make.claim(), make.claim(status=Status.DECIDED)]
    client.force_login(person)

    page = client.get(reverse("claims:queue"))

    for name, moves in (("review", {Move.REVIEW}), ("decide", {Move.DECIDE, Move.DECIDE_ALONE})):
        assert set(queue_of(page, name)) == {claim for claim in claims if moves & rules.allowed(claim, person)}


def test_a_reporter_finds_their_open_claims_and_the_suggestions_on_those_of_others(client):
    reporter = make.reporter()
    make.claim("Mine", logged_by=reporter)
    make.evidence(make.claim("Of another, with a suggestion"))
    make.claim("Of another, with none")
    client.force_login(reporter)

    page = client.get(reverse("claims:queue"))

    assert waiting(page, "mine") == ["Mine"]
    assert waiting(page, "weigh") == ["Of another, with a suggestion"]


def test_a_queue_that_is_cut_says_how_many_there_are_and_leads_to_all(client):
    reporter = make.reporter()
    for _each in range(32):
        make.claim("Mine", logged_by=reporter)
    make.claim("Of another")
    client.force_login(reporter)

    page = client.get(reverse("claims:queue"))
    html = " ".join(page.content.decode().split())
    first = client.get(f"{reverse('claims:claims')}?queue=mine").context["page"]
    rest = client.get(f"{reverse('claims:claims')}{first.next_url}")

    assert len(waiting(page, "mine")) == MOST_SHOWN
    assert 'Your open claims <span class="count">32</span>' in html
    assert f'<a href="{reverse("claims:claims")}?queue=mine" aria-describedby="queue-mine"> Show all 32 </a>' in html
    assert (first.count.number, titles(rest)) == (32, ["Mine", "Mine"])
    assert "queue=mine" in rest.context["page"].previous_url


def test_a_queue_that_is_shown_whole_leads_nowhere_else(client):
    reporter = make.reporter()
    make.claim(logged_by=reporter)
    client.force_login(reporter)

    assert "Show all" not in client.get(reverse("claims:queue")).content.decode()


def test_everybody_finds_the_claims_on_which_the_desk_works(client):
    make.claim("In work")
    make.claim("Withdrawn", status=Status.WITHDRAWN)
    client.force_login(make.viewer())

    page = client.get(reverse("claims:queue"))

    assert titles(page) == ["In work"]
    assert "Nothing waits for you." in page.content.decode()


def test_work_in_trouble_is_told_on_the_queue(client):
    make.claim(trouble="It broke.", due_at=None)
    client.force_login(make.viewer())

    assert "1 problem with background work" in client.get(reverse("claims:queue")).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=in_review", ["Le pont"]),
        ("language=fr", ["Le pont"]),
        ("words=bridge", ["The bridge"]),
        ("words=BRIDGE the", ["The bridge"]),
        ("words=nothing", []),
        ("queue=mine", []),
        ("queue=nonsense", ["Le pont", "The bridge"]),
        ("status=nonsense", ["Le pont", "The bridge"]),
        ("page=99999", ["Le pont", "The bridge"]),
        ("words=%00", ["Le pont", "The bridge"]),
    ],
)
def test_claims_are_found_by_status_language_and_words(client, query, expected):
    make.claim("The bridge")
    make.claim("Le pont", language="fr", status=Status.IN_REVIEW)
    client.force_login(make.viewer())

    page = client.get(f"{reverse('claims:claims')}?{query}")

    assert titles(page, "page") == expected


def test_a_claim_is_found_once_by_the_words_of_all_its_wordings(client):
    claim = make.claim("The bridge")
    make.wording(claim, text="Le pont d'Arvel")
    make.wording(claim, text="Le pont, un autre")
    client.force_login(make.viewer())

    page = client.get(reverse("claims:claims"), {"words": "pont arvel autre bridge"})

    assert titles(page, "page") == ["The bridge"]


def test_more_words_ask_no_more_of_the_database(client, django_assert_num_queries):
    make.wording(make.claim("a"), text="a")
    client.force_login(make.viewer())
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("claims:claims"), {"words": "a"})

    with django_assert_num_queries(len(one)):
        page = client.get(reverse("claims:claims"), {"words": "a " * 100})

    assert titles(page, "page") == ["a"]


@pytest.mark.parametrize("name", ["claims:queue", "claims:claims"])
def test_a_list_of_thirty_needs_as_many_queries_as_a_short_one(
    client, name, django_assert_num_queries, django_assert_max_num_queries
):
    editor = make.editor()
    for _each in range(MOST_SHOWN + 1):  # queues of which not all is shown are counted
        make.evidence(make.claim())
        make.claim_in_review()
    client.force_login(editor)
    with django_assert_max_num_queries(38) as first:
        client.get(reverse(name))
    for _each in range(30):
        make.evidence(make.claim())
        make.claim_in_review()

    with django_assert_num_queries(len(first)):
        client.get(reverse(name))


def test_all_searches_for_a_claim_are_listed_and_no_others(client):
    claim, search = make.claim(), make.search("pont d’Arvel")
    claim.searches.add(search)
    make.search("of another claim")
    client.force_login(make.viewer())

    page = client.get(reverse("claims:claim_searches", args=[claim.pk]))

    assert list(page.context["page"]) == [search]


@pytest.mark.parametrize("name", ["claims:claim_searches", "claims:claim"])
def test_both_lists_of_searches_count_alike_and_tell_that_nothing_was_found_at_first(client, name):
    claim = make.claim()
    own, other = (make.reading().capture.document for _each in range(2))
    make.appearance(claim, document=own)
    search = make.answered_search(found=2)
    first = make.search_answer(search, answered_at=timezone.now() - timedelta(days=1))
    for rank, document in enumerate((own, other), start=1):
        make.hit(search, document, rank=rank)
    claim.searches.add(search)
    client.force_login(make.viewer())

    page = " ".join(client.get(reverse(name, args=[claim.pk])).content.decode().split())

    assert "1 document " in page
    assert "2 documents" not in page
    assert (
        f"{date_format(localtime(first.answered_at), 'DATETIME_FORMAT')} it had found nothing in 7 documents." in page
    )


@pytest.mark.parametrize("number", [1, 30])
def test_more_searches_ask_no_more_of_the_database(client, number, django_assert_num_queries):
    claim = make.claim()
    for _each in range(number):
        search = make.answered_search(found=1)
        make.search_answer(search)
        make.hit(search)
        claim.searches.add(search)
    client.force_login(make.viewer())
    client.get(reverse("claims:claim_searches", args=[claim.pk]))

    with django_assert_num_queries(13):
        client.get(reverse("claims:claim_searches", args=[claim.pk]))


def test_the_page_of_a_claim_shows_its_newest_searches_and_leads_to_all(client):
    claim = make.claim()
    claim.searches.add(*[make.search(f"words {number:02}") for number in range(25)])
    client.force_login(make.viewer())

    page = client.get(claim.get_absolute_url()).content.decode()

    assert ("words 24" in page, "words 05" in page, "words 04" in page) == (True, True, False)
    assert reverse("claims:claim_searches", args=[claim.pk]) in page


@pytest.mark.parametrize(
    ("query", "says"), [("", "No claims yet."), ("words=", "No claims yet."), ("words=x", "No claim matches.")]
)
def test_an_empty_desk_and_a_filter_that_matches_nothing_say_so(client, query, says):
    client.force_login(make.reporter())

    page = client.get(f"{reverse('claims:claims')}?{query}").content.decode()

    assert says in page
    assert ("Log the first one." in page) == (says == "No claims yet.")


@pytest.mark.parametrize("name", ["claim_log", "claim_searches"])
def test_a_long_history_of_a_claim_costs_as_much_as_a_short_one_and_comes_a_page_at_a_time(
    client, name, django_assert_num_queries, django_assert_max_num_queries
):
    claim = make.claim()
    claim.searches.add(make.search())
    make.log_entry(claim)
    client.force_login(make.viewer())
    address = reverse(f"claims:{name}", args=[claim.pk])
    with django_assert_max_num_queries(40) as first:  # a few for each kind of row that the log has sealed
        client.get(address)
    for _each in range(34):
        make.log_entry(claim)
    claim.searches.add(*[make.answered_search(found=1) for _each in range(34)])

    with django_assert_num_queries(len(first)):
        page = client.get(address)

    assert len(page.context["page"]) == 30
    assert page.context["page"].next_url == f"?page=after-{page.context['page'][29].pk}"
