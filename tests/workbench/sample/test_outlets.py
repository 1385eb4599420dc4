"""The catalog of the sample press says the truth about its own texts."""

import re

import pytest

from workbench.sample.outlets import (
    PressAttribution,
    PressRole,
    Relation,
    Served,
    articles_of,
    catalog,
    declared,
    lead,
    outlets,
    press_addresses,
)

ARTICLES = list(catalog().values())
WRITTEN = [article for article in ARTICLES if article.served != Served.GONE]


def key(article):
    return article.key


def test_the_press_is_one_agency_and_seven_outlets():
    assert [outlet.slug for outlet in outlets() if outlet.kind == "agency"] == ["lantern-wire"]
    assert len(outlets()) == 8


def test_every_outlet_has_published_something_in_a_language_of_its_own():
    spoken = {outlet.slug: set(outlet.languages) for outlet in outlets()}
    published = {outlet.slug: {article.language for article in articles_of(outlet.slug)} for outlet in outlets()}

    assert published == spoken


def test_the_story_has_every_role():
    roles = sorted(article.role for article in ARTICLES)

    assert set(roles) == set(PressRole)
    assert roles.count(PressRole.COPY) == 3


def test_the_lead_is_french_and_holds_the_claim_in_its_exact_words():
    article = lead()

    assert (article.outlet, article.language) == ("ufuk-manset", "fr")
    assert article.claim.quote in article.text
    assert len(article.claim.short_text) <= 75


def test_the_lead_attributes_the_claim_to_nobody():
    assert lead().claim.attribution == (
        PressAttribution("Ufuk Manşet", "outlet", "asserts", "own words"),
        PressAttribution(None, "unnamed", "unattributed_passive", "indirect", "affirmer"),
    )


def test_the_lead_contradicts_itself_on_the_villages():
    article = lead()

    assert re.findall(r"(\d+) villages", article.text) == ["56", "39"]
    assert article.figures["villages taken"] == (56, 39, 5)


@pytest.mark.parametrize("article", WRITTEN, ids=key)
def test_what_bears_on_the_claim_stands_in_the_text(article):
    passages = [one.quote for one in article.bearing] + list(article.context)
    assert [passage for passage in passages if passage not in article.text] == []
    assert len(set(passages)) == len(passages)
    assert {one.stance for one in article.bearing} <= {"supports", "refutes", "discusses"}


@pytest.mark.parametrize("article", WRITTEN, ids=key)
def test_a_text_is_long_enough_to_be_read_as_an_article(article):
    assert 130 <= len(article.text.split()) <= 450


@pytest.mark.parametrize("language", ["fr", "en", "tr", "ar"])
def test_each_language_has_the_claim_repeated_and_denied(language):
    stances = {one.stance for article in ARTICLES if article.language == language for one in article.bearing}

    assert {"supports", "refutes"} <= stances


@pytest.mark.parametrize("language", ["fr", "en", "tr", "ar"])
def test_each_language_has_a_version_of_the_dispatch(language):
    versions = [a for a in ARTICLES if a.key == "lantern-dispatch" or a.copied_from == "lantern-dispatch"]

    assert language in {article.language for article in versions}


def test_a_copy_says_whose_text_it_is_and_how_it_credits():
    copies = {a.key: (a.copied_from, a.credit) for a in ARTICLES if a.role == PressRole.COPY}

    assert copies == {
        "quayside-copy": ("lantern-dispatch", "named"),
        "sada-copy": ("lantern-dispatch", "vague"),
        "talvoria-copy": ("lantern-dispatch", "none"),
    }


def test_silent_and_unrelated_articles_have_nothing_that_bears_on_the_claim():
    assert [a.key for a in ARTICLES if a.relation in {Relation.SILENT, Relation.UNRELATED} and a.bearing] == []


def test_the_edit_changes_every_passage_it_names():
    article = catalog()["vadi-toll"]

    assert [before for before, _ in article.edit.replacements if before not in article.text] == []
    assert "12" not in article.edited().text
    assert "21’e yükseldi" in article.edited().title


def test_before_the_first_start_nothing_is_declared(tmp_path):
    assert press_addresses(tmp_path / "ports.json") == {}
    assert declared(tmp_path / "ports.json") == frozenset()


def test_exactly_the_ports_of_the_file_are_declared(tmp_path):
    ports_file = tmp_path / "ports.json"
    ports_file.write_text('{"first_started_at": "2026-01-02T03:04:05+00:00", "outlets": {"a": 20001, "b": 20002}}')

    assert press_addresses(ports_file) == {"a": "http://127.0.0.1:20001", "b": "http://127.0.0.1:20002"}
    assert declared(ports_file) == {("127.0.0.1", 20001), ("127.0.0.1", 20002)}
