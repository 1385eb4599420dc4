import base64
import textwrap

import pytest

from workbench.transparency import signed_note
from workbench.transparency.signed_note import NoCheckpoint, Note, Signature

ORIGIN = "desk.example.org/log"
KEY = bytes(range(32))
NOTE = Note(
    ORIGIN,
    1234,
    b"\x07" * 32,
    ("time 2026-11-26T12:00:00Z", f"captures 88:{'ab12' * 16}"),
    (Signature(ORIGIN, signed_note.key_id(ORIGIN, KEY), bytes(range(64))),),
)


def test_a_note_has_the_form_of_the_specification():
    root, told = base64.b64encode(b"\x07" * 32).decode(), NOTE.signatures[0]
    signature = base64.b64encode(told.key_id + told.signature).decode()

    assert NOTE.body == f"{ORIGIN}\n1234\n{root}\ntime 2026-11-26T12:00:00Z\ncaptures 88:{'ab12' * 16}\n"
    assert NOTE.text == f"{NOTE.body}\n— {ORIGIN} {signature}\n"
    assert (NOTE.said("captures"), NOTE.said("nothing")) == (f"88:{'ab12' * 16}", "")


def test_the_one_line_form_holds_every_byte():
    assert "\n" not in NOTE.line
    assert (signed_note.read(NOTE.line), signed_note.read(NOTE.text)) == (NOTE, NOTE)


@pytest.mark.parametrize("width", [30, 37, 50, 77])
def test_a_line_that_print_has_broken_is_read(width):
    printed = textwrap.fill(NOTE.line.replace("—", "-"), width, break_on_hyphens=False)

    assert signed_note.read(printed) == NOTE


@pytest.mark.parametrize(
    "text",
    [
        "{line}\n{line}\n",
        "{text}\n{text}",
        "{broken}\n\n{broken}\n",
        "\n{line}\n\n{line}",
    ],
)
def test_a_file_may_hold_several(text):
    broken = textwrap.fill(NOTE.line, 70)

    assert signed_note.read_all(text.format(line=NOTE.line, text=NOTE.text, broken=broken)) == [NOTE, NOTE]


def test_a_line_is_given_itself_or_by_the_name_of_a_file(tmp_path):
    file = tmp_path / "kept.txt"
    file.write_text(NOTE.line)

    assert signed_note.given(NOTE.line) == signed_note.given(str(file)) == [NOTE]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x | y",
        NOTE.line.replace("1234", "-1"),
        NOTE.line.replace("1234", "01"),
        NOTE.line.replace("BwcH", "!"),
        NOTE.text.replace("BwcH", "", 1),
        f"{NOTE.line} | more",
        f"{NOTE.body}\n— {ORIGIN} AAAA\n",
    ],
)
def test_other_texts_are_no_checkpoints(text):
    with pytest.raises(NoCheckpoint):
        signed_note.read(text)


def test_a_public_key_is_handed_on_as_text():
    text = signed_note.key_text(ORIGIN, KEY)

    assert signed_note.public_key(f" {text}\n") == KEY
    for wrong in ["", text.replace("desk", "disk"), text.partition("+")[2], text[:-4]]:
        with pytest.raises(NoCheckpoint):
            signed_note.public_key(wrong)
