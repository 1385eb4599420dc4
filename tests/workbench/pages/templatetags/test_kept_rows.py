import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from sources.models import Publication
from sources.pages.listed_rows import ListedDocument
from tests.places import ROOT
from workbench.pages.badges import Badge
from workbench.pages.templatetags.kept_rows import kept_row

NAME = "sources/_document_row.html"
ROW = ListedDocument(
    url="/sources/documents/7/",
    title="Ten <b>people</b>",
    language="ar",
    place="courier.example",
    badge=Badge("Waiting to be fetched"),
    published=Publication(datetime(2026, 11, 26, 23, 30, tzinfo=UTC), "", None),
    found_at=datetime(2026, 11, 26, 23, 30, tzinfo=UTC),
    found="3 hours ago",
    source="Courier",
)
USED = re.compile(r"{% kept_row \"([^\"]+)\" \w+ %}")
INCLUDED = re.compile(r"{% include \"([^\"]+)\"")
# What is not the same for every reader and at every moment, and what needs the request.
CHANGING = re.compile(r"\b(ago|naturaltime|naturalday|timesince|timeuntil|now|user|request|may|perms|csrf_token)\b")


def test_a_row_with_other_values_is_written_anew_and_one_with_the_same_is_not():
    first = kept_row(NAME, ROW)

    assert 'dir="rtl" lang="ar">Ten &lt;b&gt;people&lt;/b&gt;</bdi>' in first
    assert isinstance(first, SafeString)
    assert kept_row(NAME, replace(ROW)) is first
    assert "4 hours ago" in kept_row(NAME, replace(ROW, found="4 hours ago"))


def test_a_row_is_written_for_each_language_and_time_zone():
    english = kept_row(NAME, replace(ROW, source=""))
    with translation.override("fr"):
        french = kept_row(NAME, replace(ROW, source=""))
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        there = kept_row(NAME, replace(ROW, source=""))

    assert ("unknown" in english, "inconnu" in french) == (True, True)
    assert ("2026-11-26T23:30" in english, "2026-11-27T08:30" in there) == (True, True)


def test_html_in_a_row_is_refused_as_it_equals_the_text_of_the_same_characters():
    for changed in ({"place": mark_safe("<b>courier.example</b>")}, {"badge": Badge(mark_safe("<b>Fetched</b>"))}):
        with pytest.raises(TypeError, match="not HTML"):
            kept_row(NAME, replace(ROW, **changed))


def test_html_does_not_stand_for_the_same_characters_as_text():
    text = kept_row(NAME, replace(ROW, place="<i>courier.example</i>"))

    assert kept_row(NAME, replace(ROW, place=mark_safe("<i>courier.example</i>"))) is text
    assert "&lt;i&gt;" in text


def test_a_row_that_can_change_is_refused():
    @dataclass
    class Changing:
        url: str = ""

    with pytest.raises(TypeError, match="unhashable"):
        kept_row(NAME, Changing())


def test_no_template_of_a_kept_row_shows_what_changes_by_itself():
    templates = {path.relative_to(path.parents[1]).as_posix(): path for path in ROOT.glob("*/templates/*/*.html")}
    templates |= {f"partials/{path.name}": path for path in ROOT.glob("workbench/pages/templates/partials/*.html")}
    used = {name for path in templates.values() for name in USED.findall(path.read_text(encoding="utf-8"))}

    assert {"sources/_document_row.html", "sources/_source_row.html", "claims/_report_row.html"} <= used
    used |= {name for row in used for name in INCLUDED.findall(templates[row].read_text(encoding="utf-8"))}
    assert "partials/_badge.html" in used
    assert [name for name in used if CHANGING.search(templates[name].read_text(encoding="utf-8"))] == []
