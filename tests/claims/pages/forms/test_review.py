import pytest
from bs4 import BeautifulSoup

from claims.pages.forms.evidence import EvidenceForm
from claims.pages.forms.review import DecisionForm, ReviewForm
from claims.pages.forms.weigh import NoteForm
from tests import make


@pytest.mark.django_db
def test_nothing_is_chosen_before_a_person_chooses_it():
    for form in (ReviewForm(), DecisionForm(claim=make.claim())):
        assert not BeautifulSoup(f"{form['said']}{form['rating']}", "lxml").select("[checked]")


@pytest.mark.parametrize("aspect", ["said", "rating"])
def test_both_aspects_of_a_finding_are_asked_for(aspect):
    given = {"said": "unknown", "rating": "refuted", "reasons": "No record."}

    assert list(ReviewForm({**given, aspect: ""}).errors) == [aspect]


def test_no_stance_is_chosen_before_a_person_chooses_it():
    for form in (NoteForm(), EvidenceForm()):
        assert not BeautifulSoup(str(form["stance"]), "lxml").select("[checked], select")
