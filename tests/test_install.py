"""What is set for pip holds for uv as well, or pip does the work; and a real package comes in by either."""

import json
import os
import subprocess
import venv
import zipfile
from pathlib import Path

import pip
import pytest

from scripts import install
from tests.places import ROOT

SCRIPT = f"uv-{install.UV.partition('==')[2]}.data/scripts/uv"
ALWAYS = {"UV_INDEX_STRATEGY": "unsafe-best-match"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", {}),
        ("global.index-url='https://mirror.example/simple'", {"UV_DEFAULT_INDEX": "https://mirror.example/simple"}),
        (
            "global.extra-index-url='\\nhttps://one.example/simple\\nfile:///two'",
            {"UV_INDEX": "https://one.example/simple file:///two"},
        ),
        ("global.find-links='/a /b'", {"UV_FIND_LINKS": "/a,/b"}),
        (
            ":env:.index-url='https://a.example'\nglobal.index-url='https://b.example'",
            {"UV_DEFAULT_INDEX": "https://a.example"},
        ),
        (
            "global.index-url='https://a.example'\ninstall.index-url='https://b.example'",
            {"UV_DEFAULT_INDEX": "https://b.example"},
        ),
        ("global.timeout='60'\nglobal.retries='9'\nglobal.quiet='1'", {"UV_HTTP_TIMEOUT": "60"}),
        ("freeze.no-binary='all'", {}),
        (":env:.index-url=''\nglobal.index-url='https://b.example'", {"UV_DEFAULT_INDEX": "https://b.example"}),
        (":env:.cache-dir='/kept'\n:env:.config-file='/dev/null'", {"UV_CACHE_DIR": "/kept"}),
    ],
)
def test_what_is_set_for_pip_is_said_to_uv(said, told):
    assert install.settings_of_uv(said) == ALWAYS | told


@pytest.mark.parametrize(
    "said",
    [
        "global.no-binary=':all:'",
        "global.proxy='http://proxy.example'",
        "install.require-hashes='1'",
        "global.cert='/a file with spaces.pem'",
    ],
)
def test_a_setting_that_uv_has_no_word_for_leaves_the_work_to_pip(said):
    assert install.settings_of_uv(said) is None


def wheel(folder, name, version, files):
    """Make a package that pip can install."""
    about = f"{name}-{version}.dist-info"
    given = {
        **files,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    given[f"{about}/RECORD"] = "".join(f"{path},,\n" for path in [*given, f"{about}/RECORD"])
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        for path, content in given.items():
            about_file = zipfile.ZipInfo(path)
            about_file.external_attr = 0o100755 << 16  # pip keeps what may be run
            archive.writestr(about_file, content)


@pytest.fixture
def environment(tmp_path):
    """An empty environment that borrows our pip; the only package to be had is a wheel in a folder."""
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    borrowed = tmp_path / "borrowed"
    borrowed.mkdir()
    (borrowed / "pip").symlink_to(Path(pip.__file__).parent)
    wheel(tmp_path, "bridge", "1", {"bridge.py": "OPEN = True\n"})
    (tmp_path / "requirements.txt").write_text("bridge==1\n")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    nothing = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_QUIET": "1"}
    told = {"PYTHONPATH": str(borrowed), "PIP_FIND_LINKS": str(tmp_path), "PIP_CONFIG_FILE": os.devnull}

    def run(*command):
        python = [tmp_path / "venv" / "bin" / "python", *command]
        how = {"cwd": tmp_path, "env": kept | nothing | told, "capture_output": True, "text": True}
        return subprocess.run(python, check=False, **how)

    return run


def installed(environment):
    ended = environment(ROOT / "scripts" / "install.py", "requirements.txt")
    return ended.returncode, environment("-c", "import bridge; assert bridge.OPEN").returncode


def test_pip_installs_where_uv_cannot_be_had(environment):
    assert installed(environment) == (0, 0)


@pytest.mark.parametrize("uv", ["#!python\nraise SystemExit(2)\n", "\x7fELF of another machine"])
def test_pip_installs_where_uv_fails(environment, tmp_path, uv):
    wheel(tmp_path, "uv", install.UV.partition("==")[2], {SCRIPT: uv})

    assert installed(environment) == (0, 0)


def test_uv_is_told_what_is_set_for_pip_and_pip_is_not_asked_again(environment, tmp_path):
    script = "#!python\nimport json, os, sys\njson.dump([sys.argv, dict(os.environ)], open('told.json', 'w'))\n"
    wheel(tmp_path, "uv", install.UV.partition("==")[2], {SCRIPT: script})

    assert installed(environment) == (0, 1)
    arguments, variables = json.loads((tmp_path / "told.json").read_text())
    assert arguments[-2:] == ["-r", "requirements.txt"]
    assert (variables["UV_DEFAULT_INDEX"], variables["UV_FIND_LINKS"]) == ("http://127.0.0.1:9/simple", str(tmp_path))


def test_what_cannot_be_had_ends_in_the_words_of_pip(environment, tmp_path):
    (tmp_path / "requirements.txt").write_text("tunnel==1\n")

    ended = environment(ROOT / "scripts" / "install.py", "requirements.txt")

    assert ended.returncode != 0
    assert "No matching distribution found for tunnel==1" in ended.stderr
