"""A cheap part of the hostile files, through the readers in the sandbox; the benchmark of uploads brings them all."""

from datetime import UTC, datetime

from benchmarks import hostile_files
from benchmarks.hostile_files import NUMBER
from sources.formats import sandbox, sandbox_pages
from sources.formats.files import kinds, reader_names
from sources.formats.files.page_copy import Reference
from sources.formats.unreadable import Unreadable
from sources.models.vocabulary import Outcome

KNOWN = Reference(latest=datetime(2026, 11, 26, tzinfo=UTC))
CHEAP = {
    *("laughs.docx", "outside.docx", "template.docx", "deep.docx", "macro.docx", "climbing.docx", "encrypted.docx"),
    *("laughs.odt", "outside.odt", "deep.odt", "laughs.xlsx", "lying.xlsx", "numbers.xlsx", "formula.xlsx"),
    *("no-archive.wacz", "climbing.wacz", "negative.warc", "huge.warc", "chunks.warc", "canary.warc"),
    *("charset.eml", "no-charset.eml", "boundary.eml", "nul.eml", "nested.mhtml", "no-page.mhtml", "origin.mhtml"),
    *(
        "script.html",
        "frames.html",
        "base.html",
        "origin.html",
        "utf-7.html",
        "nul.html",
        "outside.xhtml",
        "turned.txt",
    ),
}


def outcome(file):
    """Read a file as a worker does; what is not one of its outcomes is raised."""
    body = file.make()
    kind = kinds.sniff_bytes(body, file.name).media_type
    try:
        if kind in reader_names.SAVED_PAGES:
            sandbox_pages.read(body, kind, KNOWN)
        elif kind in reader_names.NAMES:
            sandbox.file(body, kind, file.name)
    except Unreadable as reason:
        return reason.outcome
    return Outcome.OK


def test_there_are_as_many_files_as_the_benchmark_says_all_different():
    files = list(hostile_files.made())

    assert len({file.what for file in files}) == len(files) == NUMBER


def test_hostile_files_have_an_outcome_and_the_sandbox_outlives_them():
    files = [file for file in hostile_files.made() if file.what in CHEAP or file.what.startswith(("cut", "mangled"))]

    found = {file.what: outcome(file) for file in files}

    assert len(found) > len(CHEAP)
    assert set(found.values()) <= set(Outcome.values)
    refused = ("laughs.docx", "outside.docx", "laughs.odt", "outside.odt", "laughs.xlsx", "encrypted.docx")
    assert {found[name] for name in refused} == {Outcome.NOT_TEXT}
