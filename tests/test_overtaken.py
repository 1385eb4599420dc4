"""No form loses words when another person is faster: every form in which a person writes is opened, overtaken and sent.

The forms are found in the addresses of the site. One that is in no list below fails the first test.
"""

import html
import re
from contextlib import nullcontext

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests import make, overtaken, url_forms
from tests.overtaken import OVERTAKEN, WORDS
from tests.racing import a_moment_earlier
from workbench.desk import people
from workbench.desk.roles import Role

pytestmark = pytest.mark.django_db

# Forms that add something beside what others add: nothing that these do refuses them. Their session or role may end.
BESIDE_OTHERS = {
    "claims:log_claim": (),
    "claims:material": (),
    "claims:mark_claims": ("pasted",),
    "claims:change_many": (),
    "claims:save_view": (),
    "claims:cases": (),
    "claims:lost_claims": (),
    "claims:lift_restriction": ("claim",),
    "claims:plan": ("claim",),
    "claims:bring_evidence": ("claim",),
    "claims:discussion": ("claim",),
    "claims:copy_edit_gloss": ("report",),
    "sources:add_source": (),
    "sources:add_name": ("source",),
    "sources:add_domain": ("source",),
    "sources:state_standing": ("source",),
    "sources:add_feed": (),
    "sources:set_policy": (),
    "sources:bring": (),
    "sources:bring_instead": ("document",),
    "sources:set_date": ("document",),
    "sources:rule_page": ("document",),
    "sources:mark_place": ("capture",),
    "sources:add_transcript": ("document",),
    "invite": (),
    "byline": (),
    "add_channel": (),
    "anchors": (),
}
SHOWN_ONLY = "It only shows forms that are sent to other addresses."
FILTER = "It only reads: its words stand in the address."
SIGN_IN = "It is sent before a person is signed in, and holds a name or a code."
BUTTONS = "It holds answers and versions, and no words of a person."
EXCUSED = {
    "sources:add_confidential": "The name of a confidential source is never kept, not even in a page.",
    **dict.fromkeys(("claims:queue", "claims:claims", "claims:case", "claims:claim", "claims:access"), SHOWN_ONLY),
    **dict.fromkeys(("sources:source", "sources:hosts", "sources:document"), SHOWN_ONLY),
    **dict.fromkeys(("claims:export", "claims:reports", "log"), FILTER),
    **dict.fromkeys(("sources:sources", "sources:feeds", "sources:documents", "sources:searches"), FILTER),
    **dict.fromkeys(("claims:weigh", "claims:put_off", "claims:undo", "claims:settle"), BUTTONS),
    **dict.fromkeys(("login", "two_step"), SIGN_IN),
}
OUTSIDE = "claims:answer_by_link"  # whoever has the link has no session and no role
FOR_ALL = {"byline", "claims:save_view"}  # what every person of the desk may send
AS_WELL = {"claims:move": {"to": "withdraw"}, "byline": {"printed": "pen"}, "anchors": {"kind": "paper"}}


def written():
    """Return every form with words but those of people outside, as name and address on the rows of a desk."""
    rows = {each.name: each.rows for each in OVERTAKEN if each.name != OUTSIDE} | BESIDE_OTHERS
    return sorted(rows.items())


def sent(name):
    """Return words in every field of the forms of an address."""
    [view] = [view for each, view in url_forms.addresses() if each == name]
    words = {field: WORDS for form in url_forms.forms_of(view) for field in url_forms.texts_of(form)}
    return words | AS_WELL.get(name, {})


def test_every_form_in_which_a_person_writes_is_tried():
    with_words = {
        name for name, view in url_forms.addresses() if any(map(url_forms.texts_of, url_forms.forms_of(view)))
    }
    tried = {each.name for each in OVERTAKEN} | set(BESIDE_OTHERS)

    assert tried | set(EXCUSED) == with_words
    assert not tried & set(EXCUSED)


def test_a_session_that_ended_loses_no_words():
    rows, client = overtaken.desk(), Client()

    answers = {name: client.post(overtaken.address(name, keys, rows), sent(name)) for name, keys in written()}

    assert {name for name, answer in answers.items() if answer.status_code != 403 or WORDS not in text(answer)} == set()


def test_a_role_that_was_taken_away_loses_no_words_and_the_page_says_who_did_it():
    rows, client = overtaken.desk(), Client(raise_request_exception=False)
    client.force_login(rows["me"])
    make.checkpoint()  # whose witnesses people note
    rows["me"].role = Role.VIEWER
    people.change_person(rows["me"], by=rows["chief"], changed={"role"})
    wrong = {}

    for name, keys in written():
        answer = client.post(overtaken.address(name, keys, rows), sent(name))
        is_refused = answer.status_code == 403 and is_told(answer)
        is_kept = answer.status_code == 302 if name in FOR_ALL else is_refused and WORDS in text(answer)
        if not is_kept:
            wrong[name] = answer.status_code

    assert wrong == {}


def test_who_is_overtaken_keeps_the_words_and_reads_who_did_what_and_when():
    rows, client, wrong = overtaken.desk(), Client(raise_request_exception=False), {}

    for number, each in enumerate(OVERTAKEN):
        client.force_login(rows[each.by])
        with transaction.atomic():
            answer = overtake(client, each, rows)
            transaction.set_rollback(True)
        kept = any(words in text(answer) for words in each.sent.values() if is_words(words))
        if (answer.status_code, kept) != (each.status, True) or (each.is_told and not is_told(answer)):
            wrong[number, each.name] = (answer.status_code, kept, is_told(answer), errors(answer))

    assert wrong == {}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_the_same_at_once_the_later_one_is_told_and_loses_no_words():
    rows, client, wrong = overtaken.desk(), Client(raise_request_exception=False), {}

    for each in (each for each in OVERTAKEN if each.is_change):
        client.force_login(rows[each.by])
        answer = overtake(client, each, rows, at_once=True)
        kept = any(words in text(answer) for words in each.sent.values() if is_words(words))
        if (answer.status_code, kept, is_told(answer)) != (422, True, True) or "stands-now" not in text(answer):
            wrong[each.name] = (answer.status_code, kept, is_told(answer), errors(answer))

    assert wrong == {}


def overtake(client, each, rows, *, at_once=False):
    """Open a form, let another person act, and send it with what its page holds and what its person wrote."""
    address = each.address(rows)
    page = BeautifulSoup(client.get(address).content, "lxml")
    forms = [form for form in page.select("main form") if form.get("action", address) in {"", address}]
    hidden = {
        field["name"]: field.get("value", "") for form in forms for field in form.select("input[type=hidden][name]")
    }
    passage = {"passage": rows["evidence"].passage_id} if each.name == "claims:pick" else {}
    hidden.pop("save_draft", None)
    due = {"due_on": timezone.localdate().isoformat()} if each.name == "claims:ask_by_link" else {}
    with a_moment_earlier(lambda: each.act(rows)) if at_once else nullcontext(each.act(rows)):
        return client.post(address, {**hidden, **passage, **due, **each.sent})


def is_words(value):
    return isinstance(value, str) and " " in value


def text(answer):
    return html.unescape(answer.content.decode())


def is_told(answer):
    """Say whether a page names the other person, and in the same paragraph when they acted."""
    page = BeautifulSoup(answer.content, "lxml")
    told = [part.get_text(" ", strip=True) for part in page.select("main p, main li, main dd")]
    year = str(timezone.localdate().year)
    return any("Edith Overtaker" in each and year in re.sub(r"\s+", " ", each) for each in told)


def errors(answer):
    found = BeautifulSoup(answer.content, "lxml").select_one("#errors")
    return found.get_text(" ", strip=True) if found else answer.get("Location", "")
