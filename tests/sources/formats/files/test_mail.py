import pytest

from sources.formats.file_text import DATED_BY_MAIL, Fact
from sources.formats.files import mail
from tests.sources.formats.files import samples


def test_a_mail_gives_its_text_and_tells_who_sent_it_by_which_way_with_what():
    found = mail.read(samples.mail())

    assert found.text.splitlines() == [*samples.SAID]
    assert (found.title, found.byline) == ("Köprü kapandı", "Yollar Müdürlüğü <press@roads.example>")
    facts = {fact.name: fact for fact in found.facts}
    assert facts["Received"].is_private
    assert facts["To"].is_private
    assert Fact("mail", "attachment", "كشف.pdf (application/pdf, 8 bytes)") in found.facts


def test_a_mail_in_markup_has_a_line_for_each_paragraph_and_no_script():
    head = b"From: a@b.example\nSubject: =?utf-9?q?x?=\nContent-Type: text/html\n\n"

    assert mail.read(head + b"<p>One<br>two</p><script>x()</script>three").text.splitlines() == ["One", "two", "three"]


def test_parts_within_parts_have_a_limit():
    nested = b"From: a@b.example\nSubject: deep\n"
    for number in range(400):
        nested += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number)

    found = mail.read(nested + b"Content-Type: text/plain\n\ndeep\n")

    assert (found.text, found.note) == ("", "This message holds no words.")


@pytest.mark.parametrize(
    ("written", "dated"),
    [
        ("Tue, 3 Mar 2026 09:15:00 +0300", "2026-03-03T06:15:00+00:00"),
        ("Tue, 3 Mar 2026 09:15:00 -0000", "2026-03-03T09:15:00+00:00"),
        ("yesterday", ""),
        ("Tue, 3 Mar 99999 09:15:00 +0300", ""),
    ],
)
def test_a_mail_is_dated_by_its_header(written, dated):
    found = mail.read(f"From: a@b.example\nSubject: Dam\nDate: {written}\n\nThe dam held.\n".encode())

    assert (found.dated, found.dated_by) == (dated, DATED_BY_MAIL)
