import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from sources.formats import recognizer
from sources.formats.files import tesseract
from sources.formats.recognizer import NotRecognized

needs_tesseract = pytest.mark.skipif(
    "eng" not in recognizer.languages(), reason="no Tesseract with English: apt-get install tesseract-ocr"
)


@needs_tesseract
def test_printed_words_are_recognized_with_their_confidence():
    picture = Image.new("L", (1_200, 200), 255)
    ImageDraw.Draw(picture).text((40, 60), "The bridge was closed on Monday.", fill=0, font=ImageFont.load_default(60))
    out = io.BytesIO()
    picture.save(out, "PNG")

    words = tesseract.words_of(recognizer.recognize(out.getvalue(), "eng"))

    assert " ".join(word.text for word in words) == "The bridge was closed on Monday."
    assert min(word.confidence for word in words) > 60


def test_a_language_that_is_not_installed_is_not_read():
    with pytest.raises(NotRecognized):
        recognizer.recognize(b"", "../../etc/passwd")
