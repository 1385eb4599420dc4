"""Files that people bring, in a real browser: chosen, dropped and pasted ones, each with what became of it."""

import pytest
from playwright.sync_api import expect

from sources.models import Bringing
from sources.models.vocabulary import Outcome
from tests import make
from tests.browser.conftest import PHONE, follow

GIVE = """([kind, name]) => {
  const data = new DataTransfer();
  data.items.add(new File([`${kind} ${name}`], name, {type: 'text/plain'}));
  const event = kind === 'paste'
    ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
    : new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true});
  document.querySelector('[data-bring]').dispatchEvent(event);
}"""


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER, settings.UPLOAD_FOLDER = tmp_path / "archive", tmp_path / "uploads"


def test_files_that_are_chosen_dropped_and_pasted_are_kept_before_the_form_is_sent(enter, tmp_path):
    chosen, empty = tmp_path / "تقرير.txt", tmp_path / "empty.txt"
    chosen.write_text("The bridge is closed.")
    empty.touch()
    page = enter(make.reporter(), "/sources/bring/")

    page.set_input_files("#id_files", [chosen, empty])
    page.evaluate(GIVE, ["drop", "dropped.txt"])
    page.evaluate(GIVE, ["paste", "image.png"])
    expect(page.locator(".came [name=brought]")).to_have_count(3)
    expect(page.locator(".came .error")).to_have_text("This file is empty: it has no bytes.")
    page.fill("#id_obtained", "A screenshot.")
    follow(page, "button.main")
    page.wait_for_url("**/sources/bring/?brought=**")
    told = Bringing.objects.filter(obtained="A screenshot.")
    assert {row.file_name for row in told} == {"تقرير.txt", "dropped.txt", "image.png"}


def test_the_pages_of_files_fit_a_phone_and_break_no_rule_of_wcag(enter, faults, overhang):
    walled = make.document("https://wall.example/" + "long-" * 30, last_outcome=Outcome.PAYWALL, due_at=None)
    row = make.bringing(file_name="تقرير-" * 20 + ".pdf", said_url=walled.url, instead_of=walled, obtained="أرسله قارئ")
    page = enter(make.reporter(), "/sources/bring/")
    page.set_viewport_size(PHONE)

    for path in ("/sources/bring/", walled.get_absolute_url(), row.get_absolute_url()):
        page.goto(page.url.split("/sources")[0] + path)
        assert (faults(page), overhang(page)) == ({}, 0)


def test_somebody_without_an_account_answers_a_personal_link_with_a_file(page, live_server, tmp_path):
    minutes = tmp_path / "minutes.txt"
    minutes.write_text("Minutes of the day.")
    make.personal_link(token="t" * 43)

    page.goto(f"{live_server.url}/answer/{'t' * 43}/")
    page.fill("#id_text", "It can hold.")
    page.set_input_files("#id_file", minutes)
    follow(page, "button.main")

    expect(page.locator("h1")).to_have_text("Thank you")
    assert set(Bringing.objects.values_list("file_name", flat=True)) >= {"minutes.txt"}
