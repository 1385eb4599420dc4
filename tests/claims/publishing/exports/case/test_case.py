import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks import authority
from claims.models.vocabulary import ClaimVerb, Status
from claims.publishing import reporting
from claims.publishing.exports.case import case
from sources.archive import trust, verifier_messages, verify
from sources.reading import pasting
from tests import make
from tests.sealed import seal
from workbench.desk import audit, checkpointing
from workbench.desk.anchors import Checkpoint, SigningKey
from workbench.desk.roles import NotPermitted
from workbench.transparency import commitments, signed_note

pytestmark = pytest.mark.django_db

SECRET = "The Ministry asked us to wait."


@pytest.fixture
def claim(settings, tmp_path):
    """A claim with evidence, reviews, a verdict, a report and a second round that is still blind."""
    settings.ARCHIVE_FOLDER = tmp_path / "archive"
    made = make.claim(status=Status.DECIDED, due_at=None)
    audit.record(made.logged_by, ClaimVerb.LOGGED, made, text=made.text)
    reading = pasting.keep_pasted("The bridge was closed.", by=make.reporter())
    cited = make.confirmed_evidence(made, passage_=reading.passages.first(), note=SECRET)
    make.comment_request(made, question=SECRET)
    make.claim_version(made, note=SECRET, reason=SECRET)
    make.review(made, reasoning="It was closed for repairs.")
    search = make.answered_search(found=1)
    made.searches.add(search)
    for found in (0, 1):
        make.search_answer(search, found=found)
    reporting.freeze(make.decision(made, cited=[cited]), by=make.editor(), language="en")
    make.review(made, round=2, reasoning="Still secret.")
    seal()
    return made


def packed(claim, tmp_path, **options):
    path = tmp_path / "case.zip"
    with case.render(claim, by=make.reviewer(), **options) as made:
        path.write_bytes(made.read())
    return path


def said(out):
    return "\n".join(f"{where}: {what}" for where, what in [*out.faults, *out.notes])


def test_others_check_the_whole_case_with_the_one_program_in_it(claim, tmp_path):
    path = packed(claim, tmp_path)
    with zipfile.ZipFile(path) as opened:
        program = Path(opened.extract("proof/verify.py", tmp_path))
        key = opened.read("proof/keys.txt").decode().strip()
    command = [sys.executable, "-I", "-S", str(program)]

    def ran(*arguments):
        done = subprocess.run([*command, *arguments, str(path)], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    code, told = ran("--key", key)
    assert (code, "SIGNED, NOT STAMPED" in told) == (0, True), told
    assert ran("--key", key.replace("+", "x+", 1))[0] == 1
    assert ran("--root", "0" * 64)[0] == 1


def test_it_holds_every_answer_of_the_searches_also_that_nothing_was_found(claim, tmp_path):
    with zipfile.ZipFile(packed(claim, tmp_path)) as opened:
        records = json.loads(opened.read("case.json"))

    found = [each["fields"]["found"]["value"] for each in records if each["kind"] == "searchanswer"]
    assert found == [0, 1]


def test_it_holds_report_verdict_reviews_evidence_log_and_captures(claim, tmp_path):
    with zipfile.ZipFile(packed(claim, tmp_path)) as opened:
        names, log = set(opened.namelist()), json.loads(opened.read("log.json"))
        kinds = {record["kind"] for record in json.loads(opened.read("case.json"))}
        text = opened.read("case.json").decode()

    assert {"captures.wacz", "proof/case.txt", "README.fr.txt"} <= names
    assert [name for name in names if name.startswith("reports/")] == ["reports/report-1.json"]
    assert {"claim", "evidence", "passage", "review", "decision", "citation", "report", "person"} <= kinds
    assert ("It was closed for repairs." in text, "Still secret." in text) == (True, False)
    form, *_columns, facts, _sealed_rows, _seals, nonce = json.loads(log["entries"][-1]["text"])
    assert (form, '"number": 1, "sha256"' in facts, len(nonce)) == ("claim-workbench-log-v3", True, 32)


def test_what_is_withheld_is_gone_and_still_bound(claim, tmp_path):
    full = packed(claim, tmp_path)
    with zipfile.ZipFile(full) as opened:
        whole, all_of_it = opened.read("proof/case.txt").decode(), json.loads(opened.read("case.json"))

    path = packed(claim, tmp_path, withhold=["notes", "comments", "people"])

    out = verify.check(path)
    with zipfile.ZipFile(path) as opened:
        short = opened.read("proof/case.txt").decode()
        left = b"".join(opened.read(name) for name in ("case.json", "log.json"))
        records = json.loads(opened.read("case.json"))
    assert (out.faults, SECRET.encode() in left) == ([], False)
    assert "fields are withheld, and still bound" in said(out)
    assert "log entries are withheld, and still bound" in said(out)
    assert re.search("records .*", short)[0] == re.search("records .*", whole)[0]
    assert [commitments.record_hash(each) for each in records] == [commitments.record_hash(each) for each in all_of_it]


def changed(path, name, change):
    """The package with one file changed, left out (None) or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            data = change(data) if entry.filename == name else data
            if data is not None:
                target.writestr(entry, data)
        if name not in source.namelist():
            target.writestr(zipfile.ZipInfo(name), change(b""))
    return made.getvalue()


def in_json(change):
    def changing(data):
        value = json.loads(data)
        change(value)
        return commitments.canonical(value).encode()

    return changing


def field(kind, name, what):
    def change(records):
        next(each for each in records if each["kind"] == kind)["fields"][name].update(what)

    return in_json(change)


TAMPERINGS = [
    ("case.json", field("decision", "rating", {"value": "false"})),
    ("case.json", field("evidence", "note", {"salt": "0" * 32})),
    ("case.json", field("claim", "text", {"salt": "0"})),
    ("case.json", in_json(lambda records: records.pop())),
    ("case.json", in_json(lambda records: records.reverse())),
    ("case.json", in_json(lambda records: records[0].update(more=1))),
    ("case.json", in_json(lambda records: records[0].update(key="99"))),
    ("case.json", lambda data: data + b"\n"),
    ("case.json", lambda data: data.replace(b'":', b'": ', 1)),
    ("log.json", in_json(lambda log: log["entries"].pop())),
    ("log.json", in_json(lambda log: log["entries"].pop(0))),
    ("log.json", in_json(lambda log: log["entries"][0].update(text="another act"))),
    ("log.json", in_json(lambda log: log["entries"][0].update(hash="0" * 64))),
    ("log.json", in_json(lambda log: log["entries"][0].update(number=1))),
    ("log.json", in_json(lambda log: log["entries"][0].update(path=[]))),
    ("log.json", in_json(lambda log: log["entries"][0].update(more="x"))),
    ("log.json", in_json(lambda log: log.update(size=log["size"] + 1))),
    ("reports/report-1.json", lambda data: data.replace(b"bridge", b"brigde", 1)),
    ("reports/report-2.json", lambda _data: b"{}"),
    ("proof/case.txt", lambda data: data.replace(b"records", b"Records", 1)),
    ("proof/case.txt", lambda data: data.replace(b"time 20", b"time 19", 1)),
    ("proof/case.txt", lambda data: data + data.splitlines(keepends=True)[-1]),
    ("proof/checkpoint.txt", lambda data: data.replace(b"time 20", b"time 19", 1)),
    ("proof/keys.txt", lambda data: data[:-6] + b"AAAA=\n"),
    ("README.en.txt", lambda data: data + b"x"),
    ("more.txt", lambda _data: b"x"),
    *[(name, lambda _data: None) for name in ("case.json", "log.json", "captures.wacz", "proof/checkpoint.txt")],
    *[(name, lambda _data: None) for name in ("proof/keys.txt", "README.fr.txt", "reports/report-1.json")],
    ("captures.wacz", lambda data: data[:-1] + b"x"),
    ("proof/verify.py", lambda data: data + b"#"),
]


def test_no_tampering_goes_unnoticed(claim, tmp_path):
    path = packed(claim, tmp_path)
    assert verify.check(path).faults == []
    missed = []
    for number, (name, change) in enumerate(TAMPERINGS):
        other = tmp_path / "other.zip"
        other.write_bytes(changed(path, name, change))
        missed += [] if verify.check(other).faults else [(number, name)]

    assert missed == []


def test_a_case_signed_by_another_is_seen_by_who_knows_the_key(claim, tmp_path, settings):
    key = signed_note.key_text(checkpointing.origin(), SigningKey.objects.get().data)
    settings.SIGNING_KEY = tmp_path / "forger.pem"
    checkpointing.replace_lost()

    path = packed(claim, tmp_path)

    assert verify.check(path).faults == []
    assert ("proof/keys.txt", "is not the key you named") in verify.check(path, key=key).faults


def test_the_timestamp_on_the_checkpoint_is_checked_too(claim, tmp_path):
    folder = tmp_path / "authority"
    folder.mkdir()
    (folder / "serial").write_text("01\n")
    authority.make_keys(folder, "P-256")
    made = checkpointing.now()
    pem = (folder / "signer.pem").read_text() + (folder / "root.pem").read_text()
    token = authority.stamped(folder, made.text)
    Checkpoint.objects.filter(pk=made.pk).update(token=token, certificates=pem, stamped_at=made.made_at)
    root = trust.certificates((folder / "root.pem").read_text())[0].fingerprint

    path = packed(claim, tmp_path)

    out = verify.check(path, root)
    assert (out.faults, out.conclusion) == ([], verifier_messages.CASE_STAMPED)
    assert verify.check(path, "0" * 64).faults == [("proof/stamp.tsr", "does not lead to the root you named")]


def test_a_claim_without_captures_is_packed_without_them(tmp_path):
    made = make.claim()
    audit.record(made.logged_by, ClaimVerb.LOGGED, made, text=made.text)

    path = packed(made, tmp_path)

    assert verify.check(path).faults == []
    assert "captures.wacz" not in zipfile.ZipFile(path).namelist()


def test_only_who_may_read_bytes_gets_a_case():
    with pytest.raises(NotPermitted):
        case.render(make.claim(), by=make.reporter())
