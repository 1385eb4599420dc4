import json
import os
import subprocess
import sys

import pytest

from workbench.runner.paths import ROOT

SAY = "import json; from workbench import settings; print(json.dumps([str(getattr(settings, n)) for n in %r]))"


def settings_of(names, **variables):
    """Return settings as a program of its own reads them from the environment."""
    command = [sys.executable, "-c", SAY % (names,)]
    said = subprocess.run(command, env=os.environ | variables, cwd=ROOT, capture_output=True, check=True)
    return json.loads(said.stdout)


HSTS = ["SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"]
BOTH = {"WORKBENCH_HSTS_SUBDOMAINS": "1", "WORKBENCH_HSTS_PRELOAD": "1"}


@pytest.mark.parametrize(("more", "reach"), [({}, ["False", "False"]), (BOTH, ["True", "True"])])
def test_hsts_reaches_beyond_this_server_only_where_it_is_asked_to(more, reach):
    assert settings_of(HSTS, WORKBENCH_HTTPS="1", **more) == ["31536000", *reach]


def test_the_archive_can_be_a_folder_that_machines_share(tmp_path):
    names = ["ARCHIVE_FOLDER", "ARCHIVE_STORAGE"]

    assert settings_of(names, WORKBENCH_VAR=str(tmp_path)) == [str(tmp_path / "archive"), ""]
    assert settings_of(names, ARCHIVE_STORAGE="/srv/archive") == ["/srv/archive", ""]
    assert settings_of(names, ARCHIVE_STORAGE="s3://desk/captures")[1] == "s3://desk/captures"


def test_the_clock_keeps_its_file_in_the_data_folder(tmp_path):
    assert settings_of(["CELERY_BEAT_SCHEDULE_FILENAME"], WORKBENCH_VAR=str(tmp_path)) == [str(tmp_path / "clock")]


@pytest.mark.parametrize(
    ("given", "owner"),
    [
        ({"DATABASE_URL": ""}, "workbench_owner@/"),
        ({"DATABASE_URL": "", "DATABASE_OWNER_URL": "postgres://other@db.example/desk"}, "workbench_owner@/"),
        ({"DATABASE_URL": "postgres://app@db.example/desk", "DATABASE_OWNER_URL": ""}, ""),
        ({"DATABASE_URL": "postgres://app@d/d", "DATABASE_OWNER_URL": "postgres://desk@d/d"}, "postgres://desk@d/d"),
    ],
)
def test_the_owner_is_that_of_the_embedded_database_or_the_one_who_is_named(given, owner, tmp_path):
    (said,) = settings_of(["DATABASE_OWNER_URL"], **given, WORKBENCH_VAR=str(tmp_path))

    assert said == owner or (owner and owner in said)
