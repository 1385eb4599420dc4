import pytest

from sources.models.vocabulary import Outcome
from sources.pages.document_state import document_badge, shown_attempt
from tests import make
from workbench.pages.badges import BAD, GOOD, Badge

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("columns", "badge"),
    [
        ({}, Badge("Waiting to be fetched")),
        ({"trouble": "It broke."}, Badge("Problem", BAD)),
        ({"trouble": "It broke.", "due_at": None}, Badge("Needs attention", BAD)),
        ({"last_outcome": Outcome.PAYWALL, "trouble": "It broke."}, Badge("Behind a paywall", BAD)),
        ({"last_outcome": Outcome.OK}, Badge("Fetched", GOOD)),
        ({"last_outcome": Outcome.OK, "url": "pasted:1"}, Badge("Pasted", GOOD)),
        ({"last_outcome": Outcome.NOT_MODIFIED}, Badge("Unchanged", GOOD)),
    ],
)
def test_a_document_has_come_so_far(columns, badge):
    assert document_badge(make.document(**columns)) == badge


def test_an_attempt_says_what_the_server_answered_and_from_where():
    document = make.document()
    elsewhere = make.attempt(document, status=200, final_url="https://other.example/x")
    here = make.attempt(document, outcome=Outcome.DNS, final_url=document.url)
    peer = make.attempt(document, outcome=Outcome.BLOCKED, peer="10.0.0.1", reason="It said no.")

    shown = [shown_attempt(attempt) for attempt in (elsewhere, here, peer)]

    assert [(each.badge, each.reason, each.answer, each.elsewhere) for each in shown] == [
        (Badge("Fetched", GOOD), "–", "HTTP 200", "https://other.example/x"),
        (Badge("No server found under this name", BAD), "–", "–", ""),
        (Badge("The server refused access", BAD), "It said no.", "", ""),
    ]
