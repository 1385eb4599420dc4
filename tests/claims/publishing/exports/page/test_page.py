import json
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation

from claims.models.vocabulary import CorrectionKind, Status
from claims.publishing import reporting
from claims.publishing.exports.page import correction_notices, page, readable
from sources.models.vocabulary import Outcome
from tests import make, published
from workbench.pages.templatetags.words import spelled

pytestmark = pytest.mark.django_db

HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "\u202egnihton dias eH",
    "{{ 7|add:7 }} {% load x %}",
    "]]> & &lt; \u2028 \u2029",
    "=cmd|' /C calc'!A0",
    "x" * 2_000,
    "قال «لا» </p> (AFP) 39",
    "😀👩‍👩‍👧 e\u0301",
]


TURN = "\u202e"  # turns round what follows it
# What in a report's content is no word of people.
CODES = {*readable.WORDS, "rating", "said", "said_label", "language", "format", "method", "chain", "head", "address"}
CODES |= {"reader", "warc_file", "claimed_precision", "published_precision", "since", "until", "low", "high"}


def poisoned(value, name=""):
    """The content of a report with a control in every text that a person wrote."""
    if isinstance(value, dict):
        return {key: poisoned(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, name) for each in value]
    if not isinstance(value, str) or name in CODES or name.endswith(("_at", "as_of", "sha256")):
        return value
    return f"{value}{TURN}x"


def soup(report, **around):
    return BeautifulSoup(page.render(report, **around), "lxml")


def test_the_headline_is_the_claim_with_who_said_it():
    report = published.report()

    shown = soup(report)

    assert shown.h1.get_text(strip=True) == published.CLAIM
    assert shown.h1.q["lang"] == "fr"
    said = " ".join(shown.select_one(".byline dd").get_text(" ", strip=True).split())
    assert re.match(r"Haber Ufuk \d+ citing Agence Lanterne \d+ citing médias iraniens \d+", said)


def test_the_verdict_stands_in_words_in_both_aspects():
    words = soup(published.report()).select_one(".headline").get_text(" ", strip=True)

    assert words.index("Our verdict Refuted") < words.index(published.CLAIM) < words.index("Was it said? It was said")


def test_quotes_keep_their_language_and_direction():
    quotes = soup(published.report()).select(".evidence blockquote")

    assert [(quote["lang"], quote["dir"]) for quote in quotes] == [("tr", "ltr"), ("ar", "rtl"), ("fr", "ltr")]
    assert [quote.mark.get_text() for quote in quotes] == [
        published.TURKISH[0],
        published.ARABIC[0],
        published.FRENCH[1],
    ]


def test_a_post_is_printed_with_its_account_and_the_day_on_which_it_was_found_deleted():
    claim = published.claim()
    make.appearance(claim, account="@ministry", deleted_since=date(2026, 11, 3))
    make.appearance(claim, document=make.document(last_outcome=Outcome.GONE, due_at=None))

    text = soup(reporting.freeze(published.decision(claim), by=make.editor(), language="en")).get_text(" ", strip=True)

    assert "account @ministry" in " ".join(text.split())
    assert "deleted since Nov. 3, 2026" in " ".join(text.split())
    assert text.count("the desk found no page at this address") == 1
    assert "the page is no longer at this address" not in text


def test_a_page_that_the_desk_captured_is_no_longer_there():
    claim = published.claim()
    captured = make.capture(make.document(last_outcome=Outcome.GONE, due_at=None)).document
    make.appearance(claim, document=captured)

    text = soup(reporting.freeze(published.decision(claim), by=make.editor(), language="en")).get_text(" ", strip=True)

    assert text.count("the page is no longer at this address") == 1
    assert "the desk found no page at this address" not in text


def test_searches_that_found_nothing_are_findings():
    text = soup(published.report()).find(id="sought").parent.get_text(" ", strip=True)

    assert "pont Arvel terroristes" in text
    assert "nothing found" in text
    assert "Consent required – 1" in text


def test_a_page_says_how_to_check_it():
    report = published.report()

    hashes = [code.get_text() for code in soup(report).select(".check code.hash")]

    checkpoint = json.loads(report.content)["checkpoint"]
    assert hashes == [report.sha256, report.log_head, checkpoint["line"], checkpoint["key"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text):
    report = published.report(text)

    shown = soup(report)

    data = shown.find("script", type="application/ld+json")
    assert json.loads(data.get_text())["itemReviewed"]["name"] == spelled(text)
    assert [script.get("type") for script in shown.find_all("script")] == ["application/ld+json"]
    assert shown.find("img") is None
    assert not [tag for tag in shown.find_all(True) if any(name.startswith("on") for name in tag.attrs)]


def test_characters_that_hide_are_shown():
    assert "⟨U+202E⟩" in soup(published.report("\u202egnihton dias eH")).h1.get_text()


@pytest.mark.parametrize("template", ["claims/report.html", "claims/report_pdf.html"])
def test_no_word_of_people_turns_a_page_round(template):
    decision = published.decision()
    report = reporting.freeze(decision, by=make.editor(), language="fr", summary="Le pont était en travaux.")
    correction = make.correction(report, text=f"La date{TURN}.")

    facts = page.shown(poisoned(json.loads(report.content)), report.sha256)
    html = render_to_string(template, {**facts, "corrections": correction_notices.of(report, [correction])})

    shown = BeautifulSoup(html, "lxml")
    words = [*shown.stripped_strings, *(tag["content"] for tag in shown.select("meta[content]"))]
    assert [each for each in words if TURN in each] == []
    assert html.count("⟨U+202E⟩") > 50


def test_only_web_addresses_become_links():
    claim = make.claim(status=Status.DECIDED)
    make.appearance(claim, url="javascript:alert(1)")
    report = reporting.freeze(make.decision(claim), by=make.editor(), language="en")

    assert [link["href"] for link in soup(report).select("a.out")] == []


def test_those_who_were_asked_for_comment_are_told_with_their_answer_or_without():
    decision = published.decision()
    make.comment_request(decision.claim, to_whom="The ministry", answer="It is not so.", answered_at=make.MONDAY)
    report = reporting.freeze(decision, by=make.editor(), language="en")

    told = [" ".join(each.get_text(" ", strip=True).split()) for each in soup(report).select(".questions dd")]

    assert told[1].startswith("No answer by")
    assert told[2] == "Answered on Dec. 2, 2024 : It is not so."


def test_a_correction_shows_on_top_and_the_report_below_stays():
    report = published.report()
    before = soup(report).select_one("article.report")
    published.correct(report, by=make.editor(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.")

    shown = soup(report, corrections=report.put_right())

    first = shown.main.find(True)
    assert first["class"] == ["corrections"]
    assert "This report was retracted" in first.get_text()
    assert "Wrong bridge." in first.get_text()
    assert shown.select_one("article.report") == before


def test_a_correction_shows_on_the_report_in_another_language_in_its_own_words():
    report = published.report()
    french = reporting.freeze(report.decision, by=make.editor(), language="fr")
    published.correct(french, by=make.editor(), kind=CorrectionKind.CORRECTION, text="La date était fausse.")

    [shown] = soup(report, corrections=report.put_right()).select(".corrections article")

    assert shown.h3.a.get_text() == "Correction of report 2 on the same verdict, in French"
    assert (shown.div["lang"], shown.div.get_text(strip=True)) == ("fr", "La date était fausse.")


def test_a_report_is_not_retracted_because_it_is_in_another_language():
    report = published.report()
    french = reporting.freeze(report.decision, by=make.editor(), language="fr")
    retraction = {"kind": CorrectionKind.RETRACTION, "text": "Traduction fautive."}
    published.correct(french, by=make.editor(), replaced_by=report, **retraction)

    shown = soup(report, corrections=report.put_right())

    assert shown.select_one(".corrections h2").get_text() == "Another language version was corrected"
    assert shown.select_one(".corrections h3 a")["href"] == french.get_absolute_url()
    assert "instead" not in shown.select_one(".corrections").get_text()
    assert shown.find("script", type="application/ld+json")


def test_that_a_report_was_retracted_stands_before_what_else_was_put_right():
    report = published.report()
    make.correction(report, text="The date was wrong.")
    make.correction(make.report(report.decision, language="fr"), text="Traduction fautive.")
    make.correction(report, kind=CorrectionKind.RETRACTION, text="Wrong bridge.")

    shown = soup(report, corrections=report.put_right(), reader=make.editor())

    told = [each.div.get_text(strip=True) for each in shown.select(".corrections article")]
    assert told == ["Wrong bridge.", "The date was wrong.", "Traduction fautive."]
    assert "Correct this report" not in shown.select_one(".back").get_text()


def test_a_report_that_took_the_place_of_another_is_not_corrected_by_what_it_put_right():
    report = published.report()
    published.correct(report, by=make.editor(), kind=CorrectionKind.RETRACTION, text="Wrong bridge.")

    again = reporting.freeze(report.decision, by=make.editor(), language="en")

    assert list(again.put_right()) == []


def test_a_summary_in_another_language_says_in_which():
    english = published.report()
    french = reporting.freeze(english.decision, by=make.editor(), language="fr")

    pages = [soup(report) for report in (english, french)]

    assert [shown.select_one(".summary")["lang"] for shown in pages] == ["en", "en"]
    assert [len(shown.select(".summary + .source:not(.holdings)")) for shown in pages] == [0, 1]


def test_a_summary_written_for_the_report_says_by_whom_and_what_was_decided_is_printed():
    decision = published.decision()
    edith = make.editor(first_name="Édith")
    report = reporting.freeze(decision, by=edith, language="fr", summary="Le pont était en travaux.")

    shown = soup(report)

    summary = shown.select_one(".summary")
    assert (summary["lang"], summary.get_text(strip=True)) == ("fr", "Le pont était en travaux.")
    assert shown.select_one(".summary + .source bdi").get_text() == "Édith"
    assert decision.summary in [words.get_text(strip=True) for words in shown.select("section div[lang=en]")]


def test_a_page_is_in_the_language_of_its_report_whoever_reads_it():
    report = published.report(language="fr")

    with translation.override("en"):
        english = page.render(report)
    with translation.override("fr"):
        french = page.render(report)

    assert english == french
    assert 'lang="fr" dir="ltr"' in english


def test_a_reader_from_outside_sees_no_way_into_the_workbench():
    report = published.report()

    outside, inside = soup(report), soup(report, reader=make.editor())

    assert outside.select(".back") == []
    assert [link.get_text() for link in inside.select(".back a")] == [
        "Back to the workbench",
        "The claim",
        "Correct this report",
        "Copy-edit",
    ]
