import shutil
import subprocess

import pytest

from claims.publishing.exports.pdf import pdf
from tests import published
from tests.refusing import refused

pytestmark = pytest.mark.django_db

needs_pango = pytest.mark.skipif(pdf.layout() is None, reason=f"no pango: apt-get install {pdf.SYSTEM_PACKAGE}")
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="no poppler: apt-get install poppler-utils"
)


@needs_pango
def test_the_same_report_is_the_same_file(monkeypatch, tmp_path):
    report = published.report()

    first = pdf.render(report)
    monkeypatch.setattr(pdf, "FOLDER", tmp_path / "elsewhere")

    assert pdf.render(report) == first
    assert first.startswith(b"%PDF-1.7")


@needs_pango
def test_a_report_is_laid_out_once_on_a_machine(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FOLDER", tmp_path / "pdf")
    report = published.report()
    first = pdf.render(report)

    [file] = (tmp_path / "pdf").iterdir()
    file.write_bytes(first + b"%kept")

    assert pdf.render(report) == first + b"%kept"


@needs_pango
def test_a_report_is_laid_out_anew_for_a_new_style(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FOLDER", tmp_path)

    pdf.render(report := published.report())
    monkeypatch.setattr(pdf, "STYLE", "workbench/bring.css")
    pdf.render(report)

    assert len(list(tmp_path.iterdir())) == 2


@needs_pango
@needs_poppler
def test_the_words_can_be_read_back_in_every_script(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.render(published.report()))

    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout

    words = " ".join(text.split())
    assert "Le pont d’Arvel a été détruit par des terroristes liés à Ostavie." in words
    assert "Şaşkınlık büyük, ığdır çığlığı." in words
    assert "الاثنين" in words
    names = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
    assert {name.rpartition("Report-")[0] for name in names} == {""}
    assert "Report-Arabic" in names


@needs_pango
@pytest.mark.parametrize(
    "text", ["x" * 2_000, "ا" * 2_000, "</style><img src='http://192.0.2.1/x'>", "\u202e\u2066evil"]
)
def test_hostile_words_are_laid_out(text):
    assert pdf.render(published.report(text)).startswith(b"%PDF")


def test_a_server_without_pango_says_which_package_is_missing(monkeypatch):
    monkeypatch.setattr(pdf, "layout", lambda: None)

    with refused("unavailable") as refusal:
        pdf.render(published.report())

    assert pdf.SYSTEM_PACKAGE in str(refusal.value)
