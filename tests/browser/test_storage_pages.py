"""The pages of storage and retention, and a page whose text was removed, in a real browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sources.models import RetentionRule
from sources.tasks import remove_texts
from tests import make
from tests.browser.conftest import PHONE, follow

DESKTOP = {"width": 1280, "height": 900}
OLD = timezone.now() - timedelta(days=400)
ARABIC = ("أغلق الجسر يوم الاثنين.", "أصيب اثنا عشر شخصا.")


def desk():
    """A desk with figures of some days, old texts, rules, and a text that was removed; returns its document."""
    for _day in range(9):
        make.daily_size(archive={"2026-10": 5_000_000, "2026-11": 7_000_000}, tables={"sources_passage": [1, 0]})
    make.reading(*ARABIC, language="ar", title="إغلاق الجسر", read_at=OLD)
    make.retention_rule(6, once=True)
    return make.removed_reading("Closed on Monday.", rule=make.retention_rule(12)).capture.document


def addresses(document):
    return [reverse("storage"), f"{reverse('sources:retention')}?months=12", document.get_absolute_url()]


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")])
def test_every_page_is_accessible_and_fits_the_screen(enter, page, live_server, faults, overhang, size, scheme):
    document = desk()
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    enter(make.admin())
    wrong = {}

    for address in addresses(document):
        page.goto(live_server.url + address)
        if (found := faults(page)) or overhang(page) > 0:
            wrong[address] = (found, overhang(page))

    assert wrong == {}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_fits_the_screen_from_right_to_left(enter, page, live_server, overhang, size):
    document = desk()
    page.set_viewport_size(size)
    enter(make.admin())
    wide = {}

    for address in addresses(document):
        page.goto(live_server.url + address)
        page.evaluate("document.documentElement.dir = 'rtl'")
        if overhang(page) > 0:
            wide[address] = overhang(page)

    assert wide == {}


def test_an_administrator_sees_what_would_go_and_sets_the_rule_without_javascript(browser, live_server, client):
    old = make.reading(read_at=OLD)
    client.force_login(make.admin())
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()

    page.goto(live_server.url + reverse("sources:retention"))
    page.fill("[name=months]", "12")
    follow(page, "text=Show")
    shown = page.inner_text("[role=status]")
    follow(page, "text=Set this rule")
    said = page.inner_text("main")
    context.close()
    remove_texts()

    old.refresh_from_db()
    assert "Texts that would go now: 1. Their passages: 2." in shown
    assert "Rule in force: Remove texts after 12 months." in said
    assert (old.text, RetentionRule.objects.get().texts) == ("", 1)
