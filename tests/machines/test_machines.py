import re
import shutil
import subprocess
from dataclasses import replace
from uuid import uuid4

import pytest
import requests

from tests.machines import parts
from tests.machines.running import CAPTURES, DESK, Visitor, machines
from tests.sources.conftest import site  # noqa: F401 -- a fixture
from tests.tcp import await_that
from workbench.runner.paths import ROOT

PASSWORD = "a long bridge over the river"
NEW = (
    "from workbench.desk import people; from workbench.desk.models import User; "
    "person = people.add_person(User(username='remi', role='reviewer'), by=None).person; "
    f"people.change_own_password(person, '{PASSWORD}')"
)
PERSON, CHECK = ["shell", "-c", NEW], ["check", "--deploy", "--fail-level=WARNING"]
CLAIM = {"text": "Le pont d’Arvel a été fermé lundi.", "language": "fr", "type": "event", "form_key": str(uuid4())}
FORM = CLAIM | {"chain-TOTAL_FORMS": 8, "chain-INITIAL_FORMS": 0}
FETCHING = {"web", "worker"}  # they may open the site of this test, as they may those of the sample press
WITH_PRESS = {"DJANGO_SETTINGS_MODULE": "tests.machines.with_press"}
STORIES = {"guide": parts.of_guide, "compose": parts.of_compose, "units": parts.of_units}


def of_kind(described, kind):
    return [part for part in described if part.kind == kind]


@pytest.mark.parametrize("described", [parts.of_compose, parts.of_units])
def test_compose_and_systemd_run_the_commands_of_the_guide(described):
    commands = {part.kind: part.bare for part in described()}

    assert commands == {part.kind: part.command for part in parts.of_guide()}


def test_the_image_has_all_that_its_commands_need():
    lines = parts.instructions()
    copied = [source for word, rest in lines if word == "COPY" for source in rest.split()[:-1]]
    command = next(rest for word, rest in lines if word == "CMD")
    assert sorted(copied) == ["claims", "manage.py", "requirements.txt", "sources", "workbench"]
    assert all((ROOT / source).exists() for source in copied)
    assert re.findall(r'"([^"]+)"', command) == of_kind(parts.of_guide(), "web")[0].command


def test_the_example_sets_what_the_guide_sets():
    guide, example = parts.of_guide()[0].environment, parts.of_compose()[0].environment

    assert guide.keys() <= example.keys()
    assert {name: example[name] for name in guide} | {"SECRET_KEY": ""} == guide | {"SECRET_KEY": ""}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_units(tmp_path):
    for path in parts.UNITS.glob("*.service"):
        text = path.read_text().replace(parts.PROGRAMS, "/usr/bin/env ")  # it asks whether the program is there
        (tmp_path / path.name.replace("@", "@1")).write_text(text)
    units = sorted(map(str, tmp_path.glob("*.service")))

    verify = ["systemd-analyze", "verify", "--man=no", *units]
    said = subprocess.run(verify, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@pytest.mark.long
@pytest.mark.timeout(900)
def test_machines_that_share_only_servers_are_one_desk(site):  # noqa: F811
    with machines(*STORIES) as desk:
        prepare(desk)
        for name, described in STORIES.items():
            for part in described():
                sample = {"press": site.server_port, **WITH_PRESS} if part.kind in FETCHING else {}
                if part.kind != "migrate":
                    desk.start(part, name, **sample)
        for address in desk.hosts.values():
            await_that(lambda address=address: is_ready(address), within=240, every=1)
        only_probes_may_come_to_any_name(desk)
        what_one_machine_captures_another_shows(desk, site.says("/bridge"))
        assert desk.stop() == {("web", 0), ("worker", 0), ("clock", 0)}, desk.said()
        assert not [path for folder in desk.folders.values() for path in folder.glob("*key*")]
        assert len(list(desk.var.glob("*-clock-*/clock*"))) >= len(STORIES)
    assert not list(ROOT.glob("celerybeat-schedule*"))


def prepare(desk):
    """Migrate as each machine would, check the settings, and add a person."""
    guide, *others = (of_kind(described(), "migrate")[0] for described in STORIES.values())
    desk.complete(guide, on="guide")
    check, person = (replace(guide, command=["python", "manage.py", *words]) for words in (CHECK, PERSON))
    assert "System check identified no issues (3 silenced)." in desk.complete(*others, check, person, on="units")


def is_ready(address):
    """Ask as a load balancer does: by address and without TLS."""
    try:
        return requests.get(f"http://{address}:8000/readyz", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def only_probes_may_come_to_any_name(desk):
    stranger = Visitor()
    for address in desk.hosts.values():
        assert stranger.ask(address, "/healthz", host="10.0.0.7").content == b"alive\n"
        assert stranger.ask(address, "/sign-in/", host="10.0.0.7").status_code == 400
        answer = stranger.ask(address, "/sign-in/", host=DESK)
        assert (answer.status_code, answer.headers["Strict-Transport-Security"]) == (200, "max-age=31536000")


def what_one_machine_captures_another_shows(desk, url):
    north, east, west = desk.hosts.values()
    remi = Visitor()
    remi.ask(north, "/sign-in/")
    assert remi.ask(north, "/sign-in/", username="remi", password=PASSWORD).status_code == 302
    remi.ask(east, "/claims/log/")
    assert remi.ask(east, "/claims/log/", url=url, **FORM).headers["Location"] == "/claims/1/"
    await_that(lambda: "Douze personnes" in remi.ask(west, "/sources/documents/1/").text, within=300, every=2)
    page = remi.ask(north, "/sources/captures/1/").text
    frame = re.search(rf"https://{CAPTURES}(/[^\"]+)", page)[1]
    assert "Douze personnes" in Visitor().ask(east, frame, host=CAPTURES).text
