from sources.formats.files import pdf_notes, tesseract
from sources.pages.file_pages import SAID


def test_all_that_the_readers_of_pdfs_say_can_be_said_in_the_language_of_the_page():
    said = [
        pdf_notes.SCANNED,
        pdf_notes.EMPTY,
        pdf_notes.LAYERED,
        pdf_notes.LOCKED,
        pdf_notes.BROKEN,
        pdf_notes.IN_PART,
        tesseract.RECOGNIZED,
        tesseract.NOTHING,
    ]

    assert {each.format(n="%(n)d") for each in said} == set(SAID)
