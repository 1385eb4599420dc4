"""Recognize text in pictures of pages with Tesseract, where the operator has installed it; each page has a deadline."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache

from sources.formats import confinement

PROGRAM = "tesseract"
SECONDS = 30  # for one page; a page of print takes five
MEMORY = 768 * 2**20  # bytes
LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,29}")
NOT_LANGUAGES = {"osd", "equ"}  # how a page is turned, and formulas
# The languages of the desk by the codes of Tesseract, with the Debian package of each.
CODES = {"en": "eng", "fr": "fra", "tr": "tur", "ar": "ara"}
PACKAGES = ("tesseract-ocr", *(f"tesseract-ocr-{code}" for code in CODES.values()))


class NotRecognized(Exception):
    """Tesseract failed on a page, or took too long. The message may be shown to a person."""


def found() -> str:
    """Return the path of Tesseract; empty where it is not installed."""
    return shutil.which(PROGRAM) or ""


def languages() -> list[str]:
    """Return the languages that Tesseract can read here, by its codes; none where it is not installed."""
    return list(_languages(found())) if found() else []


def version() -> str:
    """Return the version of Tesseract, such as ``5.3.0``; empty where it is not installed."""
    return _version(found()) if found() else ""


def recognize(picture: bytes, language: str) -> str:
    """Return the table (TSV) of the words that Tesseract sees in a picture (PNG). Raises ``NotRecognized``."""
    if language not in languages():
        raise NotRecognized(f"Tesseract cannot read {language} on this server.")
    return _run([found(), "stdin", "stdout", "-l", language, "--psm", "3", "tsv"], picture)


@cache
def _languages(program: str) -> tuple[str, ...]:
    try:
        lines = _run([program, "--list-langs"], b"").splitlines()[1:]
    except NotRecognized:
        return ()
    return tuple(sorted(line for line in lines if LANGUAGE.fullmatch(line) and line not in NOT_LANGUAGES))


@cache
def _version(program: str) -> str:
    try:
        first = _run([program, "--version"], b"").partition("\n")[0]
    except NotRecognized:
        return ""
    return first.rpartition(" ")[2].strip()


def _run(command: list[str], given: bytes) -> str:
    """Return what a command writes. It has no environment of ours, writes no files, and ends at its limits."""
    try:
        run = subprocess.run(
            confinement.command(command, memory=MEMORY, seconds=SECONDS),
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            cwd=confinement.ROOT,
            env={"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,  # no terminal
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotRecognized(f"Tesseract did not finish a page in {SECONDS} seconds.") from problem
    if run.returncode:
        raise NotRecognized(f"Tesseract ended with an error ({run.returncode}).")
    return run.stdout.decode("utf-8", "replace")
