import time
from pathlib import Path

import pytest

from sources.formats import charset

PAGES = Path(__file__).parent / "characters"

TURKISH = "Şırnak’ta çatışma"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xef\xbb\xbf" + TURKISH.encode(), "text/html; charset=iso-8859-1"),
        (b"\xff\xfe" + TURKISH.encode("utf-16-le"), "text/html"),
        (TURKISH.encode("windows-1254"), "text/html; charset=windows-1254"),
        (TURKISH.encode("windows-1254"), 'text/html; charset="iso-8859-9"'),
        (TURKISH.encode(), "text/html"),
        (TURKISH.encode(), "text/html; charset=no-such-thing"),
    ],
)
def test_the_mark_counts_before_the_header_and_the_header_before_a_guess(body, content_type):
    text = charset.decode(body, content_type)

    assert text == TURKISH


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("<meta charset=windows-1256>", "windows-1256"),
        ("<META CharSet = 'windows-1256' >", "windows-1256"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">', "windows-1256"),
        ('<meta content="text/html; charset=windows-1256" http-equiv=content-type />', "windows-1256"),
        ("<!-- <meta charset=koi8-r> --><meta charset=windows-1256>", "windows-1256"),
        ("<html lang=ar>", "windows-1256"),
        ("<meta charset=utf-16>", "utf-8"),
    ],
)
def test_a_page_says_its_encoding_in_a_meta_element(declaration, encoding):
    body = f"{declaration}<p>حلب".encode(encoding)

    text = charset.decode(body, "text/html")

    assert text.endswith("<p>حلب")


def test_bytes_that_make_no_sense_become_question_marks_not_errors():
    text = charset.decode(b"caf\xe9 \xff ok", "text/html; charset=utf-8")

    assert text == "caf\ufffd \ufffd ok"


def test_what_a_database_refuses_is_left_out():
    text = charset.clean("a\x00b\ud800c\r\nd\re\x1bf")

    assert text == "abc\nd\nef"


@pytest.mark.parametrize(
    ("name", "content_type", "words", "used"),
    [
        ("P01-utf8-body-meta-latin1.html", "text/html", "Piena del Vauro: «tre comuni evacuati»", "utf-8"),
        ("P02-utf8-body-header-latin1.html", "text/html; charset=ISO-8859-1", "communes évacuées", "utf-8"),
        ("P03-undeclared-uk-lang.html", "text/html", "Влада повідомила про евакуацію", "windows-1251"),
        ("P03-undeclared-ar-nolang.html", "text/html", "أعلنت المحافظة إجلاء ثلاث بلدات", "windows-1256"),
        ("P03-undeclared-tr-nolang.html", "text/html", "üç beldenin boşaltıldığını açıkladı", "windows-1254"),
        ("Z4-utf8-meta-gb2312.html", "text/html", "沃尔河洪水", "utf-8"),
        ("Z4b-utf8-meta-iso-8859-9.html", "text/html", "Vaur’da taşkın: üç köy boşaltıldı", "utf-8"),
    ],
)
def test_the_bytes_of_a_page_are_asked_before_its_labels(name, content_type, words, used):
    found = charset.decoded((PAGES / name).read_bytes(), content_type)

    assert words in found.text
    assert (found.used, found.is_doubtful) == (used, False)


RUSSIAN = "Двенадцать семей разместили в спортзале, сообщил мэр; школа будет закрыта до понедельника."
CZECH = "Hejtman oznámil, že řeka v noci vylila z břehů; škola zůstane až do pondělí zavřená, řekl starosta města."
HEBREW = "הרשויות הודיעו ביום רביעי על פינוי שלושה יישובים לאחר שהנהר עלה על גדותיו בלילה."


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (RUSSIAN, "koi8-r", "windows-1251"),
        (RUSSIAN, "windows-1251", "iso-8859-1"),
        (RUSSIAN, "iso-8859-5", "utf-8"),
        (CZECH, "windows-1250", "iso-8859-1"),
        (CZECH, "windows-1250", "iso-8859-2"),
        (HEBREW, "windows-1255", "windows-1256"),
        ("河水上涨，三个镇的居民连夜撤离，目前没有人员伤亡的报告。", "gbk", "big5"),
        ("県は水曜日、川の氾濫を受けて三つの町の住民を避難させたと発表した。", "euc_jp", "shift_jis"),
        ("県は水曜日、川の氾濫を受けて三つの町の住民を避難させたと発表した。", "iso2022_jp", "utf-8"),
        ("강물이 넘치면서 세 개 마을 주민이 밤사이 대피했다고 발표했다.", "euc_kr", "utf-16"),
        (RUSSIAN, "windows-1251", "no-such-thing"),
        (RUSSIAN, "windows-1251", "iso-2022-jp"),
        (RUSSIAN, "windows-1251", "x-user-defined"),
        (RUSSIAN, "windows-1251", "replacement"),
    ],
)
def test_a_wrong_label_does_not_decide(text, encoding, label):
    body = f"<title>{text}</title><p>{text}".encode(encoding)

    found = charset.decoded(body, f"text/html; charset={label}")

    assert found.text == f"<title>{text}</title><p>{text}"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Þorskurinn er góður og ódýr, sagði bæjarstjórinn á Ísafirði í gær", "windows-1252"),
        ("La contrasenya està formada només per números", "iso-8859-1"),
        ("Les cœurs coûtent 3 € à l’œuvre", "iso-8859-15"),
        ("ネームスペースのビュー", "euc-jp"),
    ],
)
def test_a_right_label_stands_however_short_the_text(text, label):
    name = {"iso-8859-15": text.replace("’", "'")}.get(label, text)
    body = name.encode("windows-1252" if label == "iso-8859-1" else label)

    assert charset.decode(body, f"text/html; charset={label}") == name


def test_a_label_of_the_header_that_the_page_contradicts_loses_where_the_bytes_agree_with_the_page():
    body = f'<meta charset="windows-1251"><title>{RUSSIAN}</title>'.encode("windows-1251")

    found = charset.decoded(body, "text/html; charset=iso-8859-1")

    assert RUSSIAN in found.text
    assert found.declared == ("windows-1252", "windows-1251")


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_nul_bytes(order):
    assert charset.decode(f"<p>{RUSSIAN}</p><p>a b c d e f g h</p>".encode(order), "text/html").startswith("<p>Две")


def test_a_letter_that_was_cut_costs_one_mark_of_loss_and_the_page_stays_as_it_is():
    whole = f"<p>{TURKISH} {RUSSIAN}</p>".encode()
    cut = whole.replace("ç".encode(), b"\xc3", 1)

    found = charset.decoded(cut, "text/html")

    assert found.text == whole.decode().replace("ç", "\ufffd", 1)
    assert not found.is_doubtful


@pytest.mark.parametrize(
    "text",
    ["Il ponte fu chiuso mercoledì sera, dice il sindaco.", "Le pont ferm\xe9 hier, dit le maire.", "The boys’ bridge"],
)
def test_one_letter_at_the_end_of_a_word_is_no_cut_letter_of_the_declared_utf_8(text):
    found = charset.decoded(text.encode("windows-1252"), "text/html; charset=utf-8")

    assert found.text == text


def test_a_page_whose_only_letter_beyond_ascii_is_lost_is_doubtful():
    found = charset.decoded(b"Le pont est ferm\xc3 depuis hier.", "text/html; charset=utf-8")

    assert (found.text, found.is_doubtful) == ("Le pont est ferm\ufffd depuis hier.", True)


@pytest.mark.parametrize("label", ["", "gbk", "iso-8859-1"])
def test_a_letter_that_was_cut_in_an_encoding_of_two_bytes_a_letter_costs_no_more(label):
    whole = "<p>河水上涨，三个镇的居民连夜撤离，</p><p>目前没有人员伤亡的报告，学校将关闭到星期一。</p>"
    cut = whole.encode("gbk").replace("离，</p>".encode("gbk"), "离，".encode("gbk")[:-1] + b"</p>")

    found = charset.decoded(cut, f"text/html; charset={label}" if label else "text/html")

    assert (found.text, found.is_doubtful) == (whole.replace("离，", "离\ufffd"), False)


def test_an_article_that_ends_in_the_middle_of_a_letter_is_read():
    assert charset.decode(TURKISH.encode() + b"\xc5", "text/html") == TURKISH + "\ufffd"


@pytest.mark.parametrize(
    "text",
    [
        RUSSIAN.encode().decode("cp1252", "replace"),
        RUSSIAN.encode("windows-1251").decode("latin-1"),
        "On iki aile spor salonuna yerleþtirildi, dedi belediye baþkaný; köprüde çatlak görüldüðü için yol kapatýldý.",
        "La prÃ©fecture a annoncÃ© l’Ã©vacuation de trois communes",
        "Tr\ufffds peu de lettres sont rest\ufffdes apr\ufffds la conversion",
        HEBREW.encode("windows-1255").decode("cp1252"),
    ],
)
def test_mojibake_of_the_publisher_is_noticed(text):
    assert charset.looks_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        *[RUSSIAN, CZECH, HEBREW, TURKISH, "", "plain ASCII"],
        "Þorskurinn er góður og ódýr, sagði bæjarstjórinn á Ísafirði í gær.",
        "D’ici là, l’« œuvre » coûtera 3 000 € – soit 25 % de plus qu’à l’été.",
        "iPhone 15 وصل إلى الأسواق بسعر 1000€، بحسب الشركة",
        "Le signe Ã© est une erreur bien connue, écrit l’éditeur, « où l’été et l’école » perdent leurs accents.",
        "One letter was cut: \ufffd",
    ],
)
def test_sound_text_is_not_taken_for_mojibake(text):
    assert not charset.looks_garbled(text)


def test_what_two_encodings_explain_about_as_well_is_marked_as_doubtful():
    body = "<p>Povodeň: škoda větší, tři obce".encode("iso-8859-2")

    found = charset.decoded(body, "text/html; charset=windows-1250")

    assert found.is_doubtful or "škoda" in found.text


def test_hostile_bytes_take_no_time():
    bodies = [b"<" * 200_000 + b"\xff", b"<!--" * 50_000 + b"\xff", b'<a b="' * 40_000 + b"\xff", b"\xc3" * 500_000]

    start = time.monotonic()
    for body in bodies:
        charset.decode(body, "text/html")

    assert time.monotonic() - start < 20
