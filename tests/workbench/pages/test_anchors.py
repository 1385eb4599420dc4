import base64
import shutil
from pathlib import Path

import pytest
from django.urls import reverse

from sources.models.vocabulary import SourceVerb
from tests import make
from workbench.desk import audit, checkpointing, signing_key
from workbench.desk.anchors import Checkpoint, SigningKey, Witness
from workbench.desk.roles import Role
from workbench.transparency import merkle, signed_note

pytestmark = pytest.mark.django_db

NOT_ANCHORED = "The log is not anchored outside this machine"


@pytest.fixture
def made():
    source = make.source()
    for _time in range(3):
        audit.record(None, SourceVerb.CHANGED_SOURCE, source)
    return checkpointing.now()


def test_anybody_reads_the_newest_checkpoint_and_the_keys(client, made):
    answer, keys = client.get("/checkpoint"), client.get("/checkpoint/keys").content.decode()

    note = signed_note.read(answer.content.decode())
    assert (note, answer["Content-Type"]) == (made.note, "text/plain; charset=utf-8")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert signing_key.signer(note, [signed_note.public_key(keys)]) is not None


def test_without_a_checkpoint_there_is_nothing_at_the_address(client):
    assert client.get("/checkpoint").status_code == 404
    assert client.get("/checkpoint/keys").content == b""
    assert client.get("/checkpoint/1/2").status_code == 404


def test_a_witness_elsewhere_checks_that_the_log_only_grew(client, made):
    audit.record(None, SourceVerb.CHANGED_SOURCE, make.source())
    newer = checkpointing.now()

    lines = client.get(f"/checkpoint/{made.size}/{newer.size}").content.decode().split()

    roots = merkle.roots_of_consistency(made.size, newer.size, made.note.root, [*map(base64.b64decode, lines)])
    assert roots == (made.note.root, newer.note.root)
    assert client.get(f"/checkpoint/{newer.size}/{newer.size + 1}").status_code == 404
    assert client.get(f"/checkpoint/0/{newer.size}").status_code == 404


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_the_line_and_how_to_check_it(client, made, role):
    client.force_login(make.user(role))

    page = client.get(reverse("anchors")).content.decode()

    assert made.line in page
    assert NOT_ANCHORED in page
    assert ("Note the witness" in page) == (role in {Role.EDITOR, Role.ADMIN})
    assert ("Make a checkpoint now" in page) == (role == Role.ADMIN)


def test_the_page_says_when_there_is_no_checkpoint_yet(client):
    client.force_login(make.viewer())

    assert "There is no checkpoint yet" in client.get(reverse("anchors")).content.decode()


def test_a_noted_witness_anchors_the_log(client, made):
    client.force_login(make.editor())

    page = client.post(reverse("anchors"), {"kind": "desk", "holder": "https://other.example"}, follow=True)

    assert Witness.objects.get().checkpoint == made
    assert "https://other.example" in page.content.decode()
    assert NOT_ANCHORED not in page.content.decode()


def test_a_witness_without_a_name_is_not_noted(client, made):
    client.force_login(make.editor())

    assert client.post(reverse("anchors"), {"kind": "desk", "holder": " "}).status_code == 422
    assert not Witness.objects.exists()


@pytest.mark.parametrize(("name", "data"), [("anchors", {"kind": "desk", "holder": "x"}), ("make_checkpoint", {})])
def test_others_are_refused(client, made, name, data):
    client.force_login(make.reviewer())

    assert client.post(reverse(name), data).status_code == 403


def test_an_administrator_makes_a_checkpoint_at_once(client, made):
    audit.record(None, SourceVerb.CHANGED_SOURCE, make.source())
    client.force_login(make.admin())

    client.post(reverse("make_checkpoint"))

    assert Checkpoint.objects.made().first().size > made.size


def test_the_page_costs_the_same_with_one_row_and_with_thirty(client, django_assert_num_queries, made):
    editor = make.editor()
    client.force_login(editor)
    checkpointing.note_witness(made, by=editor, kind="paper", holder="safe")
    client.get(reverse("anchors"))
    with django_assert_num_queries(12):
        client.get(reverse("anchors"))
    for _time in range(29):
        checkpointing.note_witness(checkpointing.now(), by=editor, kind="paper", holder="safe")

    with django_assert_num_queries(12):
        client.get(reverse("anchors"))


def test_a_key_that_replaced_another_is_shown_with_it(client, made, settings, tmp_path):
    settings.SIGNING_KEY = Path(shutil.copy(settings.SIGNING_KEY, tmp_path / "key.pem"))
    checkpointing.rotate()
    client.force_login(make.viewer())

    page = client.get(reverse("anchors")).content.decode()

    assert "signed by the key before" in page
    origin = checkpointing.origin()
    assert all(signed_note.key_text(origin, key.data) in page for key in SigningKey.objects.all())
