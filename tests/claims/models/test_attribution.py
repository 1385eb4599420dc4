import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from claims.models import Appearance
from claims.models.vocabulary import AssertionStatus, Modality
from tests import make

pytestmark = pytest.mark.django_db


def test_a_claim_has_one_first_known_appearance():
    claim = make.claim()
    make.appearance(claim, first_known=True)
    make.appearance(claim)

    with pytest.raises(IntegrityError, match="one_first_known"), transaction.atomic():
        make.appearance(claim, first_known=True)


def test_a_first_known_appearance_that_was_rejected_makes_room_for_another():
    claim = make.claim()
    make.appearance(claim, first_known=True, standing=AssertionStatus.REJECTED)

    first = make.appearance(claim, first_known=True)

    assert claim.appearances.confirmed().get(first_known=True) == first


def test_the_passage_of_an_appearance_is_noted_once():
    appearance, passage, other = make.appearance(), make.passage(), make.passage()
    noted = Appearance.objects.filter(pk=appearance.pk)

    noted.update(passage=passage)
    with pytest.raises(ProgrammingError, match="passage_is_kept"), transaction.atomic():
        noted.update(passage=other)

    assert noted.get().passage == passage


def test_a_chain_has_one_link_at_each_place():
    link = make.attribution()

    with pytest.raises(IntegrityError, match="one_link_per_position"), transaction.atomic():
        make.attribution(link.appearance)


def test_a_passive_names_nobody():
    make.attribution(modality=Modality.UNATTRIBUTED_PASSIVE)

    with pytest.raises(IntegrityError, match="passive_names_nobody"), transaction.atomic():
        make.attribution(modality=Modality.UNATTRIBUTED_PASSIVE, source=make.source())
    with pytest.raises(IntegrityError, match="passive_names_nobody"), transaction.atomic():
        make.attribution(modality=Modality.UNATTRIBUTED_PASSIVE, named_as="Vadi")


def test_a_link_reads_as_a_phrase():
    named = make.attribution(source=make.source("Vadi"), modality=Modality.ALLEGES)
    nobody = make.attribution(modality=Modality.UNATTRIBUTED_PASSIVE)

    assert (str(named), str(nobody)) == ("Vadi alleges", "nobody named passive, nobody named")
