import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims.publishing.exports.pdf import pdf

ROOT = Path(__file__).resolve().parents[1]
PARSERS = {
    *("docx", "openpyxl", "pypdfium2", "PIL", "pillow_heif", "c2pa", "trafilatura", "htmldate", "courlan"),
    *("dateparser", "feedparser"),
}
OF_BUCKETS = {"boto3", "botocore", "storages.backends.s3"}
# What the web server, a worker, the clock and every command load before they do anything.
ALL_PROGRAMS = """
import django

django.setup()
from django.core.management import get_commands, load_command_class
from django.urls import get_resolver
from workbench.celery import app

get_resolver().url_patterns
app.loader.import_default_modules()
for name, package in get_commands().items():
    if package.partition(".")[0] in {"workbench", "sources", "claims"}:
        load_command_class(package, name)
"""
AFTER_SETUP = "import django; django.setup()"


def said(code):
    """Return the lines that a program writes which runs this code."""
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "workbench.settings"}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def loaded(code):
    """Return the modules that a program has loaded which runs this code."""
    return set(said(f"{code}\nimport sys; print('', *sys.modules, sep='\\n')"))


def test_no_program_but_the_sandbox_loads_what_parses_hostile_files():
    """They take time and memory in every program, and out of the sandbox nothing holds them if they are called."""
    modules = loaded(ALL_PROGRAMS)

    assert {"claims.tasks", "sources.tasks", "claims.pages.urls", "sources.formats.sandbox"} <= modules
    assert modules & (PARSERS | OF_BUCKETS | {"weasyprint"}) == set()


@pytest.mark.skipif(pdf.layout() is None, reason=f"no pango: apt-get install {pdf.SYSTEM_PACKAGE}")
def test_what_draws_reports_is_loaded_by_the_web_server_alone():
    """WeasyPrint and the Pillow that it has for itself take half a second and 27 MB of a program."""
    assert {"weasyprint", "PIL"} <= loaded("import workbench.wsgi")


def test_the_sandbox_loads_them():
    modules = loaded("import sources.formats.sandbox_program")

    assert modules >= PARSERS


def test_programs_look_through_their_garbage_seldom():
    """With the thresholds of Python, collections take twice the time of each start."""
    assert said(f"{AFTER_SETUP}; import gc; print(gc.get_threshold())") == ["(10000, 20, 20)"]
