from sources.formats.files import pdf, tesseract
from sources.pages.file_pages import SAID


def test_all_that_the_readers_of_pdfs_say_can_be_said_in_the_language_of_the_page():
    said = [
        pdf.SCANNED,
        pdf.EMPTY,
        pdf.LAYERED,
        pdf.LOCKED,
        pdf.BROKEN,
        pdf.IN_PART,
        tesseract.RECOGNIZED,
        tesseract.NOTHING,
    ]

    assert {each.format(n="%(n)d") for each in said} == set(SAID)
