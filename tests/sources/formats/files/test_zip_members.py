import pytest

from sources.formats.files import docx, odt, xlsx
from sources.formats.unreadable import Unreadable
from tests.sources.formats.files import samples

BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def reason(read, body):
    with pytest.raises(Unreadable) as told:
        read(body)
    return told.value.outcome, str(told.value)


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
def test_entities_are_refused(doctype):
    outcome, told = reason(odt.read, samples.opendocument(doctype=doctype))

    assert outcome == "not_text"
    assert "entities" in told


def test_a_member_that_unpacks_to_more_than_is_read_is_refused():
    huge = b"<a>" + b" " * 31_000_000 + b"</a>"
    body = samples.zipped({**samples.members(samples.word()), "word/document.xml": huge})

    assert reason(docx.read, body)[0] == "too_large"


@pytest.mark.parametrize("read", [docx.read, odt.read, xlsx.read])
@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", samples.zipped({"a.txt": "a"}), samples.mail()])
def test_what_is_no_office_file_is_refused(read, body):
    assert reason(read, body)[0] == "not_text"


def test_deep_nesting_is_refused():
    lines = "<text:section>" * 5_000 + "<text:p>deep</text:p>" + "</text:section>" * 5_000

    assert reason(odt.read, samples.opendocument(lines))[0] == "not_text"
