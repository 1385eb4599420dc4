import gzip
import hashlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import authority
from sources.archive import verifier_messages, verify
from sources.capturing import bringing, preserving
from sources.capturing.bringing import StatedOrigin
from sources.models import Capture
from sources.proving import evidence_package, package_readme, sealing
from sources.reading import pasting
from tests import make
from tests.refusing import refused
from tests.sealed import everything, fetched, seal
from workbench.desk import checkpointing, hidden_rows
from workbench.desk.roles import NotPermitted
from workbench.transparency import signed_note

pytestmark = pytest.mark.django_db(transaction=True)


def ran(*command, folder=None, **environment):
    """Run a program, in a folder if given, and return its exit code and output."""
    path = {"PATH": "/usr/bin:/bin", **environment}
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=path, cwd=folder)
    return result.returncode, result.stdout + result.stderr


@pytest.fixture
def package(site, settings, tmp_path):
    """The file of a package with everything the site published, and the root of the authority that stamped it."""
    _documents, root = everything(site, tmp_path / "authority", settings)
    made = evidence_package.export(Capture.objects.all(), by=make.reviewer(), title="Everything")
    path = tmp_path / "package.wacz"
    path.write_bytes(made.read())
    return path, root


def test_others_take_the_package_for_sound(package, tmp_path):
    path, _root = package
    with zipfile.ZipFile(path) as opened:
        opened.extract("archive/captures.warc.gz", tmp_path)

    programs = Path(sys.executable).parent
    code, said = ran(str(programs / "wacz"), "validate", "-f", str(path), HOME=str(tmp_path))
    assert (code, "succeeded" in said) == (0, True), said
    code, said = ran(str(programs / "warcio"), "check", "-v", str(tmp_path / "archive/captures.warc.gz"))
    assert (code, said.count("digest pass") > 10) == (0, True), said


def test_the_verifier_inside_needs_nothing_but_python(package, tmp_path):
    path, root = package
    with zipfile.ZipFile(path) as opened:
        program = Path(opened.extract("proof/verify.py", tmp_path))

    command = [sys.executable, "-I", "-S", str(program), "--stamped", "--root", root, str(path)]

    assert ran(*command)[0] == 0
    assert ran(*command)[1].splitlines()[-1] == verifier_messages.STAMPED
    assert "HORODATÉ" in ran(*command, LANG="fr_FR.UTF-8", PYTHONUTF8="1")[1]
    assert ran(*command[:-2], "0" * 64, str(path))[0] == 1


def test_the_package_holds_what_the_archive_holds(package):
    path, root = package

    out = verify.check(path, root)

    assert (out.faults, out.stamped) == ([], True)
    with zipfile.ZipFile(path) as opened:
        archive = opened.read("archive/captures.warc.gz")
        pages = opened.read("pages/pages.jsonl").decode().splitlines()
        chain = json.loads(opened.read("proof/chain.json"))
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}
    assert all(preserving.records_of(capture) in archive for capture in Capture.objects.all())
    assert len(pages) == 1 + Capture.objects.count() - 1  # but for the answer "not modified"
    assert [stamp["number"] for stamp in chain["stamps"]] == [5, 8]


def commands(language):
    """The commands that the README of a package tells people to type, without its comments."""
    line = r"(?m)^(?:\d\. | {3})((?:unzip|sha256sum|tail|sed|printf|openssl) .*?)(?:  .*)?$"
    return re.findall(line, package_readme.README[language])


def typed(line, folder, **blanks):
    """The words that such a command prints in a folder, with its blanks filled in."""
    for blank, value in blanks.items():
        line = line.replace(blank, shlex.quote(str(value)))
    return ran("sh", "-c", line, folder=folder)[1].split() or [""]


@pytest.fixture
def unpacked(site, settings, tmp_path):
    """A package unpacked by sh, with everything the site published and a page with quotation marks in its facts."""
    if shutil.which("unzip") is None:
        pytest.skip("unzip is not installed, with which the README begins")
    fetched(site.says("/quoted", Content_Type='text/html; charset="utf-8"; path="C:\\\\"'))
    everything(site, tmp_path / "authority", settings)
    path = tmp_path / "out.wacz"
    path.write_bytes(evidence_package.export(Capture.objects.all(), by=make.reviewer(), title="").read())
    typed(commands("en")[0], tmp_path, PACKAGE=path.with_suffix(""))
    return tmp_path / "package"


def test_the_way_by_hand_of_the_readme_leads_to_the_stamp(unpacked):
    _unpack, listed, every, cut, write, one, link, head, stamped = commands("en")
    sh = partial(typed, folder=unpacked)
    files, digest, chain = (
        json.loads((unpacked / name).read_text())
        for name in ("datapackage.json", "datapackage-digest.json", "proof/chain.json")
    )
    shown = [each for segment in chain["segments"] for each in segment["links"] if "facts" in each]
    assert any('\\"' in each["facts"] for each in shown)

    assert f"sha256:{sh(listed)[0]}" == digest["hash"]
    assert {f"sha256:{each}" for each in sh(every)[::2]} == {item["hash"] for item in files["resources"]}
    sh(write)
    for number, each in enumerate(shown, start=1):
        facts = json.loads(each["facts"])
        assert sh(cut, OFFSET=each["at"]["offset"], BYTES=facts["records_bytes"])[0] == facts["records_sha256"]
        assert sh(one, K=number)[0] == each["digest"]
    segment, number = chain["segments"][0], chain["stamps"][0]["number"]
    previous = segment["previous"]
    for each in segment["links"]:
        previous = sh(link, PREVIOUS=previous, DIGEST=each["digest"])[0]
    assert previous == segment["head"]
    sh(head, HASH=previous)
    assert "OK" in sh(stamped, **{"stamp-N": f"stamp-{number}", "ROOT.pem": unpacked.parent / "authority" / "root.pem"})


def test_the_readme_tells_the_same_way_in_french():
    words = {"PAQUET": "PACKAGE", "POSITION": "OFFSET", "OCTETS": "BYTES", "EMPREINTE": "HASH", "RACINE": "ROOT"}
    told = "\n".join(commands("fr"))
    for french, english in words.items():
        told = told.replace(french, english).replace(french.lower(), english.lower())

    assert told.splitlines() == commands("en")


def test_who_receives_a_package_is_told_what_no_stamp_covers(site, settings, tmp_path):
    settings.TIMESTAMP_EVERY = settings.TIMESTAMP_EVERY * 0
    with authority.opened(tmp_path / "authority") as stamps:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = stamps.url, str(stamps.root)
        (document,) = fetched(site.says("/same"))
        seal()
    make.external_archive(document, snapshot_url="https://web.archive.org/web/2024/x", snapshot_at=make.MONDAY)
    path = tmp_path / "package.wacz"
    path.write_bytes(evidence_package.export(document.captures.all(), by=make.reviewer(), title="Same").read())

    out = verify.check(path)

    bare = [where for where, what in out.notes if what == "no stamp covers this"]
    assert (out.faults, out.stamped, bare) == ([], True, ["datapackage.json, title", "proof/copies.json"])


def test_of_other_captures_a_package_tells_nothing_but_digests(site, settings, tmp_path):
    documents, root = everything(site, tmp_path / "authority", settings)

    made = evidence_package.export(documents[1].captures.all(), by=make.reviewer(), title="One")

    chain = zipfile.ZipFile(made).read("proof/chain.json").decode()
    assert documents[1].url in chain
    assert documents[2].url not in chain
    links = [link for segment in json.loads(chain)["segments"] for link in segment["links"]]
    assert len([link for link in links if "facts" in link]) == 2
    path = tmp_path / "one.wacz"
    made.seek(0)
    path.write_bytes(made.read())
    assert verify.check(path, root).stamped


def test_a_package_of_many_captures_takes_as_many_queries_as_one_of_a_few(site, settings, tmp_path):
    settings.TIMESTAMP_EVERY = settings.TIMESTAMP_EVERY * 0
    reviewer = make.reviewer()
    with authority.opened(tmp_path / "authority") as stamps:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = stamps.url, str(stamps.root)
        for number in range(8):
            fetched(site.says(f"/{number}", f"<p>{number}</p>"))
            seal()

    asked = []
    for chosen in (Capture.objects.all()[:1], Capture.objects.all()[:7]):
        with CaptureQueriesContext(connection) as queries:
            made = evidence_package.export(chosen, by=reviewer, title="")
        asked.append(len(queries))

    assert len(json.loads(zipfile.ZipFile(made).read("proof/chain.json"))["segments"]) == 7
    assert asked[0] == asked[1] < 10


def test_what_a_capture_repeats_comes_with_it(site):
    (document,) = fetched(site.says("/same"), times=2)
    seal()

    made = evidence_package.export([document.captures.first()], by=make.reviewer(), title="Same")

    archive = gzip.decompress(zipfile.ZipFile(made).read("archive/captures.warc.gz"))
    assert archive.count(b"WARC-Type: response") == 1
    assert archive.count(b"WARC-Type: revisit") == 1


def test_before_a_stamp_is_there_the_package_says_so(site, tmp_path):
    (document,) = fetched(site.says("/same"))
    seal()

    path = tmp_path / "package.wacz"
    path.write_bytes(evidence_package.export(document.captures.all(), by=make.reviewer(), title="Same").read())

    out = verify.check(path)
    assert (out.faults, out.stamped) == ([], False)


@pytest.mark.parametrize("title", ["Captures", "« Le pont » — 橋 — جسر"])
def test_the_title_is_that_of_the_package(site, title):
    (document,) = fetched(site.says("/same"))
    seal()

    made = evidence_package.export(document.captures.all(), by=make.reviewer(), title=title)

    assert json.loads(zipfile.ZipFile(made).read("datapackage.json"))["title"] == title


def test_what_cannot_be_handed_over_is_refused_with_a_reason(site):
    (document,) = fetched(site.says("/same"))
    with refused("not_sealed"):
        evidence_package.export(document.captures.all(), by=make.reviewer(), title="")
    with refused("nothing"):
        evidence_package.export([], by=make.reviewer(), title="")
    with pytest.raises(NotPermitted):
        evidence_package.export(document.captures.all(), by=make.reporter(), title="")
    seal()


@pytest.mark.parametrize("change", [lambda _data: b"gone", lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]])
def test_what_the_archive_does_not_hold_as_it_was_is_not_handed_over(site, settings, change):
    (document,) = fetched(site.says("/same"))
    seal()
    file = settings.ARCHIVE_FOLDER / document.captures.get().warc_file
    file.write_bytes(change(file.read_bytes()))

    with refused("missing"):
        evidence_package.export(document.captures.all(), by=make.reviewer(), title="")


def repacked(path, name, change):
    """The faults of a package with one file changed and every hash recomputed, as a forger would."""
    made = path.with_name("repacked.wacz")
    with zipfile.ZipFile(path) as source:
        files = {each: source.read(each) for each in source.namelist()}
    files[name] = change(files.get(name, b""))
    listed = json.loads(files["datapackage.json"])
    for item in listed["resources"]:
        data = files[item["path"]]
        item |= {"hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
    files["datapackage.json"] = json.dumps(listed).encode()
    digest = f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"
    files["datapackage-digest.json"] = json.dumps({"path": "datapackage.json", "hash": digest}).encode()
    with zipfile.ZipFile(made, "w") as target:
        for each, data in files.items():
            target.writestr(zipfile.ZipInfo(each), data)
    return verify.check(made).faults


def test_a_checkpoint_of_the_log_anchors_the_captures_of_a_package(tmp_path):
    reading = pasting.keep_pasted("The bridge was closed.", by=make.reporter())
    seal()
    checkpoint = checkpointing.now()
    path = tmp_path / "package.wacz"
    with evidence_package.export([reading.capture], by=make.reviewer(), title="One") as made:
        path.write_bytes(made.read())
    key = signed_note.key_text(checkpointing.origin(), checkpoint.key.data)
    name = f"proof/checkpoint-{checkpoint.heads['captures'][0]}.txt"

    out = verify.check(path, key=key)
    assert (out.faults, "signed by the desk" in [what for _where, what in out.notes]) == ([], True)
    assert verify.check(path, key=key.replace("+", "x+", 1)).faults
    assert repacked(path, name, lambda data: data.replace(b"time 20", b"time 19")) == [
        (name, "signature does not hold")
    ]
    assert repacked(path, name, lambda _data: b"x") == [(name, "not readable")]
    assert repacked(path, "proof/keys.txt", lambda _data: b"x") == [
        ("proof/keys.txt", "not readable"), (name, "signature does not hold")
    ]  # fmt: skip
    without = repacked(path, "proof/chain.json", lambda data: data.replace(b'"checkpoints"', b'"others"'))
    assert (name, "does not belong here") in without


@pytest.mark.parametrize("large", [20_000_000, 0], ids=["whole", "in_pieces"])
def test_a_file_that_a_person_brought_is_in_the_package_with_their_word_and_the_verifier_takes_it(
    tmp_path, settings, monkeypatch, large
):
    settings.UPLOAD_FOLDER = tmp_path / "uploads"
    monkeypatch.setattr(evidence_package, "LARGE", large)
    body = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9_000
    said = StatedOrigin(url="https://example.org/photo", account="@witness")
    document = bringing.bring(io.BytesIO(body), "تقرير.png", by=make.reporter(), said=said)
    seal()
    path = tmp_path / "package.wacz"

    chosen = document.captures.all()
    with evidence_package.export(chosen, by=make.reviewer(), title="One", with_private=True) as made:
        path.write_bytes(made.read())

    assert verify.check(path).faults == []
    with zipfile.ZipFile(path) as package:
        (told,) = json.loads(package.read("proof/brought.json"))
        index = gzip.decompress(package.read("indexes/index.cdx.gz")).decode()
    assert (told["url"], told["file"], told["said_account"]) == (document.url, "تقرير.png", "@witness")
    assert '"mime": "image/png", "status": "-"' in index
    assert sealing.verify() == sealing.verify_archive() == []


def test_a_picture_that_no_reader_has_read_counts_as_one_with_private_metadata():
    waiting, read = make.capture(content_type="image/jpeg"), make.capture(content_type="image/jpeg")
    make.reading("A cat.", capture_=read)
    make.due_reading(waiting)

    assert evidence_package.private_among([waiting, read, make.capture()]) == {waiting.pk}


def test_a_package_says_of_who_brought_a_file_what_everybody_may_know(settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path / "uploads"
    named, editor = make.reporter(), make.editor()
    claim = make.claim(logged_by=named)
    page = make.document("https://example.org/zyxwort", asked_by=named)
    make.appearance(claim, document=page, by=named)
    document = bringing.bring(io.BytesIO(b"The letter."), "letter.txt", by=make.reporter())
    bringing.bring(io.BytesIO(b"The letter."), "letter.txt", by=named, said=StatedOrigin(page.url), instead_of=page)
    make.claim_access(claim, named)
    seal()

    def told(person):
        with hidden_rows.read_by(lambda: person.pk):
            made = evidence_package.export(document.captures.all(), by=person, title="One")
        with made, zipfile.ZipFile(made) as package:
            return [row["said_url"] for row in json.loads(package.read("proof/brought.json"))]

    assert told(editor) == [""]
    make.claim_access(claim, editor)
    assert told(editor) == [""]  # who gets the package may not know of the claim
