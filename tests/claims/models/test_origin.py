import pytest
from django.db import IntegrityError, transaction

from claims.models.vocabulary import OriginKind
from tests import make

pytestmark = pytest.mark.django_db


def test_own_reporting_comes_from_nobody_and_everything_else_from_somewhere():
    make.origin_link(kind=OriginKind.OWN_REPORTING)
    make.origin_link(kind=OriginKind.CREDITS, origin_source=make.source())

    with pytest.raises(IntegrityError, match="says_where_from"), transaction.atomic():
        make.origin_link(kind=OriginKind.OWN_REPORTING, origin_source=make.source())
    with pytest.raises(IntegrityError, match="says_where_from"), transaction.atomic():
        make.origin_link(kind=OriginKind.WIRE_COPY, origin_document=None)


def test_a_document_is_not_its_own_origin():
    document = make.document()

    with pytest.raises(IntegrityError, match="not_its_own_origin"), transaction.atomic():
        make.origin_link(document_=document, origin_document=document)


def test_an_origin_is_noted_once():
    link = make.origin_link()

    with pytest.raises(IntegrityError, match="origin_once"), transaction.atomic():
        make.origin_link(link.claim, link.document, origin_document=link.origin_document)
