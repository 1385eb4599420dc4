"""Every way of tampering that we can think of, on a package that the product made."""

import io
import zipfile

import pytest

from benchmarks import forging, tampering
from benchmarks.repacking import ON_FILES, ON_ZIP
from sources.archive import records, verify, warc
from sources.models import Capture
from sources.proving import evidence_package
from tests import make
from tests.sealed import everything
from tests.sources.archive.test_warc import PART, SEEN, Exchange

CONSISTENT = {
    "all proof dropped, hashes recomputed",
    "stamp: left out, hashes recomputed",
    "payload changed, everything recomputed, stamps dropped",
    "payload changed, everything recomputed, stamps of another authority",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_tampering_goes_unnoticed(site, settings, tmp_path):
    documents, root = everything(site, tmp_path / "authority", settings)
    chosen = Capture.objects.exclude(document=documents[-1])
    package = evidence_package.export(chosen, by=make.reviewer(), title="Everything").read()
    path = tmp_path / "package.wacz"

    missed, consistent, seen = [], set(), 0
    for name, tampered in forging.tamperings(package, tampering.restamped(tmp_path)):
        path.write_bytes(tampered)
        seen += 1
        out = verify.check(path, root)
        missed += [name] if not out.faults and out.stamped else []
        consistent |= set() if verify.check(path).faults else {name}

    assert missed == []
    assert consistent == CONSISTENT  # these only who asks for a stamp, and knows its root, can tell
    assert seen > 200
    assert len(ON_FILES) + len(ON_ZIP) > 60


@pytest.mark.parametrize("text", [b"", b"PK", b"WARC/1.1\r\n", b"\x1f\x8b\x08", b"\x00" * 5000])
def test_what_is_no_package_is_said_to_be_broken(tmp_path, text):
    path = tmp_path / "x.wacz"
    path.write_bytes(text)

    assert bool(verify.check(path).faults) is bool(text)


def test_a_file_without_records_is_no_package(tmp_path):
    path = tmp_path / "x.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", '{"resources": []}')

    faults = {what for _where, what in verify.check(path).faults}

    assert faults == {"missing"}


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--stamped"], 1), (["--root", "00"], 1)])
def test_who_asks_for_a_stamp_is_not_content_without_one(tmp_path, monkeypatch, capsys, arguments, code):
    path = tmp_path / "one.warc"
    path.write_bytes(
        b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: 2024-11-29T10:00:00Z\r\n"
        b"Content-Length: 2\r\n\r\nok\r\n\r\n"
    )
    monkeypatch.setattr("sys.argv", ["verify.py", *arguments, str(path)])

    assert verify.main() == code
    assert "NOT STAMPED" in capsys.readouterr().out


def view():
    """The records of a page that a browser made."""
    return list(records.records("x", io.BytesIO(warc.view([Exchange()], [PART], SEEN, {}))))


def faults_of(found):
    out = verify.Checked()
    verify.check_records(found, out, whole=True)
    return {what for _where, what in out.faults}


def test_what_a_browser_made_must_have_its_page_beside_it():
    found = view()

    assert faults_of(found) == set()
    assert faults_of(found[3:]) == {"refers to a record that is not here"}


def test_what_a_browser_made_is_of_its_own_address():
    found = view()
    next(one for one in found if one.kind == "conversion").url = "http://paper.example/another"

    assert faults_of(found) == {"refers to another payload"}
