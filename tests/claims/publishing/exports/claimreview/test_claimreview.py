import json
import unicodedata
from datetime import UTC, date

import pytest

from claims.models.vocabulary import CorrectionKind, Rating, Said, Status
from claims.publishing import reporting
from claims.publishing.exports.claimreview import claimreview
from sources.models.vocabulary import DatePrecision, SourceKind
from tests import make, published

pytestmark = pytest.mark.django_db


def review(decision):
    return json.loads(claimreview.render(reporting.freeze(decision, by=make.editor(), language="en")))


def test_a_report_is_a_claim_review():
    report = published.report()

    data = json.loads(claimreview.render(report))

    assert {name: data[name] for name in ("@context", "@type", "claimReviewed", "inLanguage")} == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": published.CLAIM,
        "inLanguage": "en",
    }
    assert data["url"].endswith(f"/reports/{report.number}/")
    assert data["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Refuted",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    }


def test_a_correction_is_a_comment_on_the_review_and_an_update_makes_it_newer():
    report = published.report()
    correction = make.correction(report, text="The date was wrong.")
    update = make.correction(report, kind=CorrectionKind.UPDATE, text="The bridge is open again.")

    data = json.loads(claimreview.render(report))

    days = [f"{row.made_at.astimezone(UTC):%Y-%m-%d}" for row in (correction, update)]
    comment = {"@type": "CorrectionComment", "datePublished": days[0], "inLanguage": "en"}
    assert data["correction"] == [{**comment, "text": "The date was wrong."}]
    assert data["dateModified"] == days[1]


def test_a_review_that_was_not_put_right_says_nothing_of_it():
    data = json.loads(claimreview.render(published.report()))

    assert data.keys().isdisjoint({"correction", "dateModified"})


def test_the_desk_is_the_author(settings):
    settings.DESK_NAME, settings.DESK_URL = "Desk of Arvel", "https://newsroom.arvel"

    data = json.loads(claimreview.render(published.report()))

    assert data["author"] == {"@type": "Organization", "name": "Desk of Arvel", "url": "https://newsroom.arvel"}
    assert data["url"].startswith("https://newsroom.arvel/")


def test_the_claim_has_its_claimant_and_first_appearance():
    claim = published.claim()
    last = claim.appearances.get().attributions.last()

    item = review(published.decision(claim))["itemReviewed"]

    assert item["author"] == {"@type": "Organization", "name": last.named_as}
    assert item["datePublished"] == "2024-11-29"
    assert item["firstAppearance"]["url"].startswith("https://courier")
    assert "appearance" not in item


def test_a_post_has_its_account_as_author_and_says_that_it_is_gone():
    claim = published.claim()
    make.appearance(claim, url="https://social.example/1", account="@ministry", deleted_since=date(2026, 11, 3))

    (post,) = review(published.decision(claim))["itemReviewed"]["appearance"]

    assert (post["@type"], post["author"]["name"]) == ("SocialMediaPosting", "@ministry")
    assert post["creativeWorkStatus"] == "Deleted since 2026-11-03"


def test_nobody_is_invented_as_claimant():
    claim = make.claim(status=Status.DECIDED)
    make.appearance(claim, first_known=True)

    item = review(make.decision(claim))["itemReviewed"]

    assert item == {"@type": "Claim", "name": claim.text, "inLanguage": "en"}


@pytest.mark.parametrize("said", [Said.NOT_FOUND, Said.ALTERED])
def test_words_that_were_not_theirs_are_nobodys(said):
    claim = make.claim(status=Status.DECIDED, claimant=make.source(kind=SourceKind.PERSON))

    assert "author" not in review(make.decision(claim, said=said))["itemReviewed"]


ENGLISH = "Terrorists destroyed the bridge at Arvel, Iranian media say."
FRENCH = "Des terroristes auraient détruit le pont d’Arvel."
TURKISH = "Arvel Köprüsü’nü teröristler yıktı."


@pytest.mark.parametrize(
    ("language", "short", "reviewed"),
    [
        ("fr", ENGLISH, published.CLAIM),
        ("fr", FRENCH, FRENCH),
        ("en", ENGLISH, ENGLISH),
        ("en", "", "The bridge at Arvel was destroyed by terrorists."),
        ("en", FRENCH, "The bridge at Arvel was destroyed by terrorists."),
        ("fr", "Arvel", "Arvel"),
    ],
    ids=["no short text in it", "a short text", "another’s short text", "other words", "not short", "hardly words"],
)
def test_the_claim_is_told_in_the_language_of_the_review_where_it_was_logged_in_it(language, short, reviewed):
    claim = make.claim(published.CLAIM, language="fr", short_text=short, status=Status.DECIDED)
    make.wording(claim, text=TURKISH, language="tr")
    make.wording(claim, text="The bridge at Arvel was destroyed by terrorists.", language="en")
    report = reporting.freeze(make.decision(claim), by=make.editor(), language=language)

    data = json.loads(claimreview.render(report))

    assert (data["inLanguage"], data["claimReviewed"]) == (language, reviewed)
    assert (data["itemReviewed"]["inLanguage"], data["itemReviewed"]["name"]) == ("fr", published.CLAIM)


@pytest.mark.parametrize(("short", "reviewed"), [("", published.CLAIM), (FRENCH, FRENCH)])
def test_a_claim_that_nobody_put_in_the_language_of_the_review_is_told_as_it_is(short, reviewed):
    claim = make.claim(published.CLAIM, language="fr", short_text=short, status=Status.DECIDED)

    assert review(make.decision(claim))["claimReviewed"] == reviewed


def test_a_person_is_a_person():
    claim = make.claim(status=Status.DECIDED, claimant=make.source("Mayor of Arvel", kind=SourceKind.PERSON))

    assert review(make.decision(claim))["itemReviewed"]["author"] == {"@type": "Person", "name": "Mayor of Arvel"}


def test_a_rating_without_a_number_has_a_name_only():
    data = review(make.decision(rating=Rating.UNSUPPORTED))

    assert data["reviewRating"] == {"@type": "Rating", "alternateName": "No evidence found"}


@pytest.mark.parametrize(
    ("precision", "date"),
    [(DatePrecision.YEAR, "2024"), (DatePrecision.MONTH, "2024-11"), (DatePrecision.MINUTE, "2024-11-29T08:15:00Z")],
)
def test_a_date_is_no_finer_than_it_is_known(precision, date):
    claim = make.claim(status=Status.DECIDED, claimed_at=published.AUTUMN, claimed_precision=precision)

    assert review(make.decision(claim))["itemReviewed"]["datePublished"] == date


def test_an_address_nobody_can_open_is_left_out():
    claim = make.claim(status=Status.DECIDED)
    make.appearance(claim, first_known=True, url="javascript:alert(1)")

    assert "firstAppearance" not in review(make.decision(claim))["itemReviewed"]


def test_hidden_characters_are_named_as_on_pages_and_escaped_in_addresses():
    claim = published.claim("The \u202ebridge\u2066 is\x08 gone")
    make.appearance(claim, url="https://example.org/a\u202eb", quote="x")

    text = claimreview.render(reporting.freeze(published.decision(claim), by=make.editor(), language="fr")).decode()

    assert json.loads(text)["claimReviewed"] == "The ⟨U+202E⟩bridge⟨U+2066⟩ is⟨U+0008⟩ gone"
    assert "https://example.org/a%E2%80%AEb" in text
    assert not [letter for letter in text if unicodedata.category(letter) in {"Cf", "Cc"} and letter != "\n"]
