"""What an outlet answers changes with the reader's consent and with time, and with nothing else."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from workbench.sample.edition import Edition
from workbench.sample.outlets import catalog, outlets

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
EDIT_AFTER = timedelta(seconds=180)
EDITED = catalog()["vadi-toll"]
WALLED = catalog()["quayside-analysis"]


def edition(slug):
    outlet = next(outlet for outlet in outlets() if outlet.slug == slug)
    return Edition(outlet, "http://127.0.0.1:20000", START, EDIT_AFTER)


def test_until_the_edit_the_first_version_is_served():
    answer = edition(EDITED.outlet).answer(EDITED.path, now=START + timedelta(seconds=179))

    assert "12 sivil hayatını kaybetti, en az 30" in answer.body.decode("windows-1254")
    assert answer.modified_at == START - timedelta(hours=34)


def test_from_the_edit_on_the_changed_version_is_served_with_its_own_date():
    answer = edition(EDITED.outlet).answer(EDITED.path, now=START + EDIT_AFTER)

    text = answer.body.decode("windows-1254")
    assert "can kaybı 21’e yükseldi" in text
    assert "12 sivil" not in text
    assert answer.modified_at == START + EDIT_AFTER


def test_an_edit_shows_in_the_feed_of_its_outlet_as_well():
    answer = edition(EDITED.outlet).answer("/besleme/atom.xml", now=START + EDIT_AFTER)

    assert EDITED.edit.title in answer.body.decode()
    assert answer.modified_at == START + EDIT_AFTER


def test_an_article_without_an_edit_stays_as_it_was():
    other = catalog()["vadi-translation"]

    answer = edition(other.outlet).answer(other.path, now=START + timedelta(days=9))

    assert answer.modified_at == START - timedelta(hours=41)


def test_a_query_does_not_change_the_page():
    plain = edition("radio-ostavie").answer("/", now=START)

    assert edition("radio-ostavie").answer("/?utm_source=x", now=START) == plain


def test_behind_the_consent_wall_the_article_is_not_shown():
    answer = edition(WALLED.outlet).answer(WALLED.path)

    assert answer.status == HTTPStatus.OK
    assert WALLED.paragraphs[0] not in answer.body.decode()
    assert b"Before you continue" in answer.body


def test_with_consent_the_article_is_shown():
    accepted = edition(WALLED.outlet).answer(f"/consent?return={WALLED.path}")

    cookie = dict(accepted.headers)["Set-Cookie"].split(";")[0]
    answer = edition(WALLED.outlet).answer(dict(accepted.headers)["Location"], cookies=cookie)

    assert "echo" in answer.body.decode()
    assert answer.headers == (("Vary", "Cookie"),)


def test_consent_never_leads_off_the_outlet():
    answer = edition(WALLED.outlet).answer("/consent?return=//elsewhere.invalid/")

    assert dict(answer.headers)["Location"] == "/"


def test_an_article_that_is_gone_is_still_in_the_feed():
    gone = catalog()["talvoria-gone"]
    outlet = edition(gone.outlet)

    assert outlet.answer(gone.path).status == HTTPStatus.NOT_FOUND
    assert gone.title in outlet.answer("/news/rss.xml").body.decode()
