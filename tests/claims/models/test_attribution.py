import pytest
from django.db import IntegrityError, transaction

from claims.vocabulary import Modality
from tests import make

pytestmark = pytest.mark.django_db


def test_a_claim_has_one_first_known_appearance():
    claim = make.claim()
    make.appearance(claim, first_known=True)
    make.appearance(claim)

    with pytest.raises(IntegrityError, match="one_first_known"), transaction.atomic():
        make.appearance(claim, first_known=True)


def test_a_passage_is_one_appearance():
    appearance = make.appearance(passage=make.passage())

    with pytest.raises(IntegrityError, match="once_per_passage"), transaction.atomic():
        make.appearance(appearance.claim, passage=appearance.passage)


def test_a_chain_has_one_link_at_each_place():
    link = make.attribution()

    with pytest.raises(IntegrityError, match="one_link_per_position"), transaction.atomic():
        make.attribution(link.appearance)


def test_a_passive_names_nobody():
    make.attribution(modality=Modality.UNATTRIBUTED_PASSIVE)

    with pytest.raises(IntegrityError, match="passive_names_nobody"), transaction.atomic():
        make.attribution(modality=Modality.UNATTRIBUTED_PASSIVE, source=make.source())


def test_a_link_reads_as_a_phrase():
    named = make.attribution(source=make.source("Vadi"), modality=Modality.ALLEGES)
    nobody = make.attribution(modality=Modality.UNATTRIBUTED_PASSIVE)

    assert (str(named), str(nobody)) == ("Vadi alleges", "nobody named passive, nobody named")
