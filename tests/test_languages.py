"""The French catalogue: complete, compiled, and in step with the code."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.places import ROOT

CATALOGUE = Path("workbench/locale/fr/LC_MESSAGES/django.po")
FRENCH = list(polib.pofile(str(ROOT / CATALOGUE)))

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|%%|<[^<>]+>")
STRAIGHT = re.compile(r"['\"]")
LOOSE = re.compile(r"[^\u00a0\u202f ][?!;»]|[^\u00a0\u202f\d]:(?!//)|[^\S\u00a0\u202f][:;?!»%]|«[^\u00a0\u202f]")


def key(entry):
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def told(entry):
    """An entry's French: one text, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def badly_set(text):
    words = PLACEHOLDER.sub("x", text)
    return STRAIGHT.search(words) or LOOSE.search(words)


def test_every_string_is_translated():
    assert [entry.msgid for entry in FRENCH if not all(told(entry))] == []


def test_no_translation_is_a_guess():
    assert [entry.msgid for entry in FRENCH if entry.fuzzy or entry.obsolete] == []


def test_every_translation_keeps_its_placeholders_and_its_markup():
    pairs = [
        (text, shown)
        for entry in FRENCH
        for text, shown in zip([entry.msgid, entry.msgid_plural or entry.msgid], told(entry), strict=False)
    ]

    broken = [pair for pair in pairs if len({tuple(sorted(PLACEHOLDER.findall(text))) for text in pair}) > 1]

    assert broken == []


def test_every_translation_is_set_as_french_is():
    assert [text for entry in FRENCH for text in told(entry) if badly_set(text)] == []


def test_what_is_compiled_is_what_was_written():
    written = polib.pofile(str(ROOT / CATALOGUE))

    compiled = polib.mofile(str((ROOT / CATALOGUE).with_suffix(".mo")))

    assert {key(entry): told(entry) for entry in compiled} == {key(entry): told(entry) for entry in written}
    assert compiled.metadata["Plural-Forms"] == written.metadata["Plural-Forms"]


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext, which reads the strings out of the code")
def test_the_catalogue_holds_every_string_of_the_code_and_no_other(tmp_path):
    for app in ("workbench", "sources", "claims"):
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / CATALOGUE).parent.mkdir(parents=True)

    command = [sys.executable, "manage.py", "makemessages", "-l", "fr", "--no-location", "--no-wrap"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)

    found = {key(entry) for entry in polib.pofile(str(tmp_path / CATALOGUE))}
    assert found == {key(entry) for entry in FRENCH}
