"""What every export has in common: internal notes of the desk are in none of them."""

import io
import zipfile

import pytest

from claims.models.vocabulary import Status
from claims.publishing import reporting
from claims.publishing.exports.case import case
from claims.publishing.exports.page import page
from claims.publishing.exports.registry import FORMATS
from claims.publishing.exports.wacz import wacz
from claims.review import discussing
from claims.review.discussing import About
from sources.reading import pasting
from tests import make
from tests.sealed import seal
from workbench.desk.refusal import Refusal

pytestmark = pytest.mark.django_db

WORD = "Zyxwort"


def unpacked(data):
    """The files in a package, and in the packages inside it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return [data, *(file for name in opened.namelist() for file in unpacked(opened.read(name)))]


def test_no_export_holds_an_internal_note_or_that_there_was_one(settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    claim, editor = make.claim(status=Status.DECIDED, due_at=None), make.editor()
    passage = pasting.keep_pasted("The bridge was closed.", by=make.reporter()).passages.first()
    item = make.confirmed_evidence(claim, passage_=passage)
    decision = make.decision(claim, cited=[item])
    for about in (About(), About(evidence=item), About(decision=decision)):
        discussing.write(claim, by=claim.logged_by, text=f"{WORD} says no.", about=about)
    seal()

    report = reporting.freeze(decision, by=editor, language="en")
    made = [report.content.encode(), page.render(report).encode()]
    for each in FORMATS.values():
        try:
            made.append(each.render(report))
        except Refusal:  # the program for PDF may be missing
            assert each.name == "pdf"
    for render in (case.render, wacz.render):
        with render(claim, by=editor) as package:
            made.append(package.read())

    files = [file for data in made for file in unpacked(data)]
    assert len(files) > 15
    assert [file for file in files if WORD.encode() in file or b"internal note" in file] == []
    assert [file for file in files if b"discussionnote" in file] == []
