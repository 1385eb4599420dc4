import pytest
from django import forms
from django.http import QueryDict

from sources.pages.find_source import SOURCES
from tests import make
from workbench.pages.find import MOST_OFFERED, FindField

pytestmark = pytest.mark.django_db


class SourceForm(forms.Form):
    source = FindField(SOURCES, label="Source")


class OptionalForm(forms.Form):
    source = FindField(SOURCES, label="Source", required=False)


def sent(query, form=SourceForm):
    return form(QueryDict(query))


def codes(form):
    return [error.code for error in form.errors.as_data().get("source", [])]


def test_words_that_match_one_row_take_it():
    make.source("Another")
    source = make.source("Arvel Courier")

    form = sent("source_words=courier")

    assert form.is_valid()
    assert form.cleaned_data == {"source": source}


def test_several_matches_come_back_as_buttons_to_choose_from():
    first, second = make.source("Arvel Courier"), make.source("Arvel Herald")

    form = sent("source_words=arvel")

    assert codes(form) == ["several"]
    page = str(form["source"])
    assert [f'type="radio" name="source" value="{row.pk}"' in page for row in (first, second)] == [True, True]
    assert '<input type="hidden" name="source_for" value="arvel">' in page


def test_the_button_that_was_chosen_is_taken():
    make.source("Arvel Courier")
    source = make.source("Arvel Herald")

    form = sent(f"source_words=arvel&source_for=arvel&source={source.pk}")

    assert form.is_valid()
    assert form.cleaned_data == {"source": source}


def test_a_choice_made_for_other_words_does_not_count():
    old, new = make.source("Arvel Herald"), make.source("Lighthouse Echo")

    form = sent(f"source_words=echo&source_for=arvel&source={old.pk}")

    assert form.is_valid()
    assert form.cleaned_data == {"source": new}


def test_an_exact_name_is_taken_although_others_hold_it():
    make.source("Arvel Courier")
    source = make.source("Arvel")

    form = sent("source_words=ARVEL")

    assert form.is_valid()
    assert form.cleaned_data == {"source": source}


def test_two_of_the_same_name_are_told_apart_by_a_person():
    make.source("Arvel", kind="outlet")
    make.source("Arvel", kind="agency")

    form = sent("source_words=arvel")

    assert codes(form) == ["several"]
    assert ["Outlet" in str(form["source"]), "News agency" in str(form["source"])] == [True, True]


def test_no_more_than_twenty_are_offered_and_the_person_is_asked_to_type_more():
    for number in range(MOST_OFFERED + 5):
        make.source(f"Arvel {number}")

    form = sent("source_words=arvel")

    assert codes(form) == ["several"]
    assert str(form["source"]).count('type="radio"') == MOST_OFFERED
    assert "type more" in str(form.errors)


@pytest.mark.parametrize(
    "query", ["source_words=nobody", "source_words=%00", "source=x", "source=0", "source=" + "9" * 40]
)
def test_what_matches_nothing_is_an_error_that_keeps_what_was_written(query):
    make.source("Arvel Courier")

    form = sent(query)

    assert codes(form) in (["none"], ["required"])
    assert ("nobody" in query) == ('value="nobody"' in str(form["source"]))


@pytest.mark.parametrize("query", ["", "source_words=", "source_words=+", "source_words=&source=1&source_for=x"])
def test_nothing_written_is_nothing_asked(query):
    form = sent(query, OptionalForm)

    assert form.is_valid()
    assert form.cleaned_data == {"source": None}
    assert codes(sent(query)) == ["required"]


def test_a_key_from_a_link_is_taken_and_shown_by_its_name():
    source = make.source("Arvel Courier")

    form = sent(f"source={source.pk}")

    assert form.is_valid()
    assert form.cleaned_data == {"source": source}
    assert 'value="Arvel Courier"' in str(form["source"])


@pytest.mark.parametrize("of", [lambda source: source, lambda source: source.pk, lambda source: str(source.pk)])
def test_an_initial_row_is_shown_by_its_name(of):
    source = make.source("Arvel Courier")

    page = str(SourceForm(initial={"source": of(source)})["source"])

    assert 'value="Arvel Courier"' in page
    assert f'name="source" value="{source.pk}"' in page


def test_one_form_keeps_its_offers_from_the_next():
    make.source("Arvel Courier")
    make.source("Arvel Herald")

    assert codes(sent("source_words=arvel")) == ["several"]
    assert "radio" not in str(SourceForm()["source"])


def test_names_of_others_never_become_part_of_the_page():
    make.source("<b>Arvel</b> one")
    make.source("<b>Arvel</b> two")

    assert "<b>" not in str(sent('source_words="><i>arvel')["source"])
    assert "<b>" not in str(sent("source_words=arvel")["source"])
