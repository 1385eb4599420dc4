import pytest

from sources.formats.files import transcript
from sources.formats.unreadable import Unreadable

VTT = """WEBVTT - Arvel

STYLE
::cue { color: red }

NOTE made by hand

1
00:01:02.500 --> 00:01:10.000 align:start
<v Mayor Lund>The bridge <b>was closed</b>
on Monday.

00:01:10.000 --> 00:01:12.000
Nobody was hurt &amp; nobody fled.
"""
SRT = "1\r\n00:01:02,500 --> 00:01:10,000\r\n{\\an8}The bridge was closed.\r\n\r\n2\r\nno times here\r\n"


def test_cues_are_lines_of_the_text_with_their_times():
    read = transcript.read(VTT.encode())

    assert read.text == "Mayor Lund: The bridge was closed on Monday.\nNobody was hurt & nobody fled."
    assert [(part.kind, read.text[part.start : part.end], part.at) for part in read.parts] == [
        ("cue", "Mayor Lund: The bridge was closed on Monday.", "00:01:02.500 --> 00:01:10.000"),
        ("cue", "Nobody was hurt & nobody fled.", "00:01:10.000 --> 00:01:12.000"),
    ]
    assert read.language == "en"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_subrip_is_read_in_any_coding_and_line_end(coding):
    assert transcript.read(SRT.encode(coding)).text == "The bridge was closed."


@pytest.mark.parametrize("text", ["", "WEBVTT\n\n", "The bridge was closed.", "9:99:99 --> x\nWords", "5 --> 2\nWords"])
def test_what_has_no_words_with_times_is_refused(text):
    with pytest.raises(Unreadable) as refused:
        transcript.read(text.encode())

    assert refused.value.outcome == "empty_extraction"


def test_the_time_of_a_cue_is_read_back():
    assert transcript.span("00:01:02.500 --> 00:01:10.000") == (62.5, 70.0)
    assert transcript.span("") is None
