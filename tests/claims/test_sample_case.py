import json
from importlib import import_module

import pytest
from django.apps import apps

from claims import sample_case
from claims.models import Claim
from claims.models.vocabulary import CorrectionKind, Modality, Rating, Status
from claims.publishing import correcting, reporting
from claims.review import reviewing
from claims.review.reviewing import Finding
from sources.models import Feed, Source
from tests import make
from tests.refusing import refused
from workbench.desk import granting
from workbench.desk.models import User
from workbench.desk.roles import Role
from workbench.sample import outlets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stage(settings, tmp_path):
    ports = {outlet.slug: 20_000 + number for number, outlet in enumerate(outlets.outlets())}
    settings.SAMPLE, settings.VAR, settings.PRESS_FILE = True, tmp_path, tmp_path / "press.json"
    settings.PRESS_FILE.write_text(json.dumps({"outlets": ports}))


def test_the_sample_is_loaded_once_however_often_it_is_asked_for():
    sample_case.load()
    sample_case.load()

    assert User.objects.count() == len(sample_case.PEOPLE)
    assert Feed.objects.count() == len(outlets.outlets())
    assert Claim.objects.count() == 1


def test_the_lead_is_logged_with_the_passive_that_names_nobody():
    sample_case.load()

    chain = Claim.objects.get().appearances.get().attributions.order_by("position")

    assert [(str(link.source), link.modality) for link in chain] == [
        ("Ufuk Manşet", Modality.ASSERTS),
        ("None", Modality.UNATTRIBUTED_PASSIVE),
    ]
    assert Source.objects.get(name="Ufuk Manşet").standings.count() == 1


def test_passwords_are_kept_where_only_their_owner_reads_them_and_stay_the_same(tmp_path):
    first = sample_case.load_people(tmp_path)["editor"].password
    path = tmp_path / sample_case.USERS_FILE
    written = path.read_text()

    second = sample_case.load_people(tmp_path)["editor"].password

    assert path.stat().st_mode & 0o077 == 0
    assert (first, written) == (second, path.read_text())
    assert User.objects.get(username="editor").check_password(
        dict(line.split()[:2] for line in written.splitlines())["editor"]
    )


def test_the_sample_people_get_from_the_claim_to_the_report_with_four_eyes(tmp_path):
    people = sample_case.load_people(tmp_path)
    editor, reviewer = people["editor"], people["reviewer"]
    claim = make.claim(status=Status.IN_REVIEW, logged_by=people["reporter"])
    finding = Finding(Rating.REFUTED, "The road authority closed the bridge for repairs.")
    for name in ("reviewer", "reviewer2"):
        reviewing.submit_review(claim, finding, by=people[name])
    cited = make.confirmed_evidence(claim, by=reviewer)
    decision = reviewing.decide(claim, finding, by=editor, cited=[cited])

    with refused("own_decision"):
        reporting.freeze(decision, by=editor, language="en")
    report = reporting.agree(reporting.propose(decision, by=editor, language="en"), by=reviewer).made
    wrong = {"kind": CorrectionKind.RETRACTION, "text": "Wrong bridge."}
    correcting.agree(correcting.propose(report, by=editor, **wrong), by=people["reviewer2"])
    granting.agree(granting.grant(people["viewer"], Role.REVIEWER, by=people["admin"]), by=editor)

    assert json.loads(report.content)["four_eyes"]["waivers"] == []
    assert User.objects.get(username="viewer").role == Role.REVIEWER


def test_people_who_work_here_already_are_not_touched(tmp_path):
    real = make.editor(username="editor")

    with pytest.raises(sample_case.DatabaseInUse, match="editor"):
        sample_case.load()

    real.refresh_from_db()
    assert User.objects.get(username="editor").password == real.password


def test_sample_people_of_an_earlier_version_are_known_as_such(tmp_path):
    sample_case.load_people(tmp_path)
    User.objects.update(is_sample=False)
    real = make.reporter()

    import_module("workbench.migrations.0012_mark_sample_accounts").mark(apps, None)

    assert User.objects.filter(is_sample=True).count() == len(sample_case.PEOPLE)
    assert not User.objects.get(pk=real.pk).is_sample
