"""Text of PDFs: words, their order and rows of tables, through our reader; pypdf, pdfminer.six, poppler beside it.

It makes PDFs in four languages, of one and two columns, and tables whose cells have several lines. pdfium's own order
is a reference too, and pdfplumber, where it is installed, for the rows of tables. ``--data`` may name a folder with
PDFs; beside one, a file of the same name that ends with .txt is its text. Without one, it
reports only pages a second and the files that it could not read.
"""

from __future__ import annotations

import argparse
import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

import pypdf
import pypdfium2 as pdfium
from pdfminer.high_level import extract_text
from rapidfuzz.distance import LCSseq

from benchmarks.measuring import report, say, unusable
from benchmarks.pdf_making import Made, made, repeated
from sources.formats.files import pdf
from sources.formats.unreadable import Unreadable

MANY = 1_000  # pages of the file whose memory is measured
LONG = 60  # pages of the file that is timed
POPPLER, PLUMBER = "pdftotext", "pdfplumber"
SLACK = 0.0005  # in which two accuracies count as the same

Read = Callable[[bytes], str]


class Score(NamedTuple):
    """Words that are right, of those in the text and those that were read; and the share of them in the right order."""

    accuracy: float
    found: float
    order: float


def main() -> None:
    """Take the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with PDFs, and texts beside them")
    given = parser.parse_args()
    files = list(made())
    cases = [(each.name, each.pdf, each.gold) for each in files]
    theirs = of_folder(given.data) if given.data else []
    ways = references()
    mine = scored(cases, ours, "ours")
    others = {name: scored(cases, way, name) for name, way in ways.items()}
    long_one = repeated(cases[1][1], LONG)
    best = max(each["accuracy"] for each in others.values())
    report(
        **mine,
        made=len(cases),
        rows=whole_rows(files, ours),
        best_reference=best,
        is_best=mine["accuracy"] >= best - SLACK,
        pages_per_cpu_second=pace(ours, long_one, LONG),
        **memory(repeated(cases[1][1], MANY)),
        data=told(theirs, ways) if theirs else None,
        poppler=POPPLER in ways or f"{POPPLER} is not installed",
        reference={
            name: {
                **each,
                "rows": whole_rows(files, ways[name]),
                "pages_per_cpu_second": pace(ways[name], long_one, LONG),
            }
            for name, each in others.items()
        },
        pdfplumber_rows=whole_rows(files, with_pdfplumber) if find_spec(PLUMBER) else f"{PLUMBER} is not installed",
        versions={name: version(name) for name in ("pypdfium2", "pypdf", "pdfminer.six")},
    )


def references() -> dict[str, Read]:
    """Return the other ways to read a PDF on this machine."""
    found = {"pypdf": with_pypdf, "pdfminer": with_pdfminer, "pdfium_order": with_pdfium}
    return found | ({POPPLER: with_poppler} if shutil.which(POPPLER) else {})


def ours(body: bytes) -> str:
    """Return the text as the product reads it."""
    return pdf.read(body).text


def with_pypdf(body: bytes) -> str:
    """Return the text as pypdf reads it."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def with_pdfminer(body: bytes) -> str:
    """Return the text as pdfminer.six reads it."""
    return extract_text(io.BytesIO(body))


def with_pdfium(body: bytes) -> str:
    """Return the text in the order of pdfium, as Chromium copies it."""
    with pdfium.PdfDocument(body) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def with_pdfplumber(body: bytes) -> str:
    """Return the tables that pdfplumber finds, one row a line."""
    with import_module(PLUMBER).open(io.BytesIO(body)) as document:
        found = [row for page in document.pages for table in page.extract_tables() for row in table]
    return "\n".join(" ".join(cell or "" for cell in row) for row in found)


def with_poppler(body: bytes) -> str:
    """Return the text as pdftotext reads it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(body)
        file.flush()
        run = subprocess.run([POPPLER, file.name, "-"], capture_output=True, check=False)
    return run.stdout.decode("utf-8", "replace")


def whole_rows(files: list[Made], read: Read) -> dict[str, float]:
    """Return the share of the rows of tables whose words stand together, and the same by how the table is drawn."""
    found: dict[str, list[bool]] = {}
    for file in files:
        text = _spaced(read(file.pdf)) if file.rows else ""
        found.setdefault(file.name.partition("-")[2], []).extend(_spaced(row) in text for row in file.rows)
    by_way = {way: round(fmean(whole), 4) for way, whole in found.items() if whole}
    return {"all": round(fmean(each for whole in found.values() for each in whole), 4), **by_way}


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def scored(cases: list[tuple[str, bytes, str]], read: Read, name: str) -> dict[str, Any]:
    """Return how well a way reads all cases: the mean of each figure, and the accuracy of each file."""
    scores = {case: compared(read(body), gold) for case, body, gold in cases}
    means = Score(*(fmean(each) for each in zip(*scores.values(), strict=True)))
    say(f"{name}: " + ", ".join(f"{case} {score.accuracy:.4f}/{score.order:.4f}" for case, score in scores.items()))
    by_file = {case: round(score.accuracy, 4) for case, score in scores.items()}
    return {**{field: round(value, 4) for field, value in means._asdict().items()}, "by_file": by_file}


def compared(text: str, gold: str) -> Score:
    """Return how the words of a text compare with those of the gold, with their punctuation."""
    read, right = (unicodedata.normalize("NFC", each).split() for each in (text, gold))
    both = sum((Counter(read) & Counter(right)).values())
    in_order = LCSseq.similarity(read, right)
    return Score(
        2 * both / (len(read) + len(right)) if read or right else 1.0,
        both / len(right) if right else 1.0,
        in_order / both if both else 0.0,
    )


def pace(read: Read, body: bytes, pages: int) -> float:
    """Return pages per second of processor time; a program that is run counts too."""
    began = _spent()
    read(body)
    return round(pages / max(_spent() - began, 0.001), 1)


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def memory(body: bytes) -> dict[str, float]:
    """Return the most memory that a process of its own takes for a file, with all that it has loaded, in megabytes."""
    with get_context("spawn").Pool(1) as pool:
        before, after, pages, took = pool.apply(_apart, (body,))
    return {"peak_mb": after, "start_mb": before, "peak_pages": pages, "peak_pages_per_cpu_second": pages / took}


def _apart(body: bytes) -> tuple[float, float, int, float]:
    pdf.SECONDS = float("inf")  # all pages, also on a machine with other work
    before, began = _peak(), time.process_time()
    found = pdf.read(body)
    return before, _peak(), len(found.parts), time.process_time() - began


def _peak() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def of_folder(folder: Path) -> list[tuple[str, bytes, str]]:
    """Return the PDFs of a folder, each with its text where there is one."""
    if not folder.is_dir():
        unusable(f"There is no folder {folder}.")
    paths = sorted(folder.rglob("*.pdf"))
    if not paths:
        unusable(f"There is no PDF in {folder}.")
    return [(path.name, path.read_bytes(), _gold(path)) for path in paths]


def _gold(path: Path) -> str:
    beside = path.with_suffix(".txt")
    return beside.read_text(encoding="utf-8") if beside.exists() else ""


def told(cases: list[tuple[str, bytes, str]], ways: dict[str, Read]) -> dict[str, Any]:
    """Return how the PDFs of a folder were read: pages, what could not be opened, and scores where there are texts."""
    pages, unread, began = 0, [], time.process_time()
    for name, body, _text in cases:
        try:
            pages += len(pdf.read(body, name).parts)
        except Unreadable as reason:
            unread.append(f"{name}: {reason}")
    took = time.process_time() - began
    known = [case for case in cases if case[2]]
    scores = {name: scored(known, way, name) for name, way in ({"ours": ours} | ways).items()} if known else {}
    return {"files": len(cases), "pages": pages, "pages_per_cpu_second": pages / took, "unread": unread, **scores}


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)  # pdfminer reads nested objects by recursion
    main()
