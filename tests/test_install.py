"""What is set for pip holds for uv as well, or pip does the work; and a real package comes in by either."""

import os
import subprocess
import venv
import zipfile
from pathlib import Path

import pip
import pytest

from scripts import install
from tests.places import ROOT

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


@pytest.fixture
def environment(tmp_path):
    """An empty environment that borrows our pip; the only package to be had is a wheel in a folder."""
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    borrowed = tmp_path / "borrowed"
    borrowed.mkdir()
    (borrowed / "pip").symlink_to(Path(pip.__file__).parent)
    with zipfile.ZipFile(tmp_path / "bridge-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("bridge.py", "OPEN = True\n")
        wheel.writestr("bridge-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: bridge\nVersion: 1\n")
        wheel.writestr("bridge-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("bridge-1.dist-info/RECORD", "bridge.py,,\nbridge-1.dist-info/RECORD,,\n")
    (tmp_path / "requirements.txt").write_text("bridge==1\n")
    nothing = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "0"}
    told = {"PYTHONPATH": str(borrowed), "PIP_FIND_LINKS": str(tmp_path), "PIP_CONFIG_FILE": os.devnull}

    def run(*command):
        python = [tmp_path / "venv" / "bin" / "python", *command]
        how = {"cwd": tmp_path, "env": os.environ | nothing | told, "capture_output": True, "text": True}
        return subprocess.run(python, check=False, **how)

    return run


def test_pip_installs_where_uv_cannot_be_had(environment):
    assert environment(ROOT / "scripts" / "install.py", "requirements.txt").returncode == 0
    assert environment("-c", "import bridge; assert bridge.OPEN").returncode == 0


def test_what_cannot_be_had_ends_in_the_words_of_pip(environment, tmp_path):
    (tmp_path / "requirements.txt").write_text("tunnel==1\n")

    ended = environment(ROOT / "scripts" / "install.py", "requirements.txt")

    assert ended.returncode != 0
    assert "No matching distribution found for tunnel==1" in ended.stderr
