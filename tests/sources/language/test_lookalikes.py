import pytest

from sources.language.lookalikes import disguises, host_disguises, is_mixed, plain_word
from tests.effort import at_most


def kinds(text):
    return [(found.kind, found.plain) for found in disguises(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sign in at p\u0430yp\u0430l today", [("mixed", "paypal")]),  # Cyrillic а
        ("\u041aremlin", [("mixed", "Kremlin")]),
        ("G\u03bfogle and g\u043e\u03bfgle", [("mixed", "Google"), ("mixed", "google")]),
        ("𝗕𝗿𝗶𝗱𝗴𝗲 closed", [("style", "Bridge")]),
        ("ℍello Ⓐ", [("style", "H"), ("style", "A")]),
        ("z\u0335\u0321\u0353\u0319\u031e\u0340al", [("heap", "")]),
        ("e\u0301\u0301", [("heap", "")]),
        ("see \u0430\u0440\u0440\u04cf\u0435.com", [("host", "apple")]),
        ("https://xn--80ak6aa92e.com/login", [("host", "apple")]),
    ],
)
def test_what_is_not_what_it_looks_like_is_found(text, found):
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        *["Обычный русский текст, сосуд и хор.", "Ελληνικό κείμενο", "Việt Nam", "Việt Nam", "Müller’s straße"],
        *["β-carotene, 5μm, ΔT, kΩ", "COVID-19’un بالـCOVID", "YouTube-канал", "שָׁלוֹם", "あいうABC漢字", "№ ™ ½ ﬁ"],
        *["хор.рф", "xn--mnchen-3ya.de", "münchen.de", "BBC.com", "ﷺ", "👩‍👩‍👧 1️⃣", ""],
    ],
)
def test_ordinary_text_in_every_script_has_no_mark(text):
    assert kinds(text) == []


def test_the_host_of_a_page_is_told_by_each_of_its_names():
    assert [found.plain for found in host_disguises("www.xn--80ak6aa92e.com")] == ["apple"]
    assert host_disguises("xn--") == host_disguises("xn--99999999") == []


@pytest.mark.parametrize(("word", "plain"), [("p\u0430ypal", "paypal"), ("\u043aremlin", "kremlin"), ("места", "")])
def test_a_disguised_word_has_a_plain_form(word, plain):
    assert plain_word(word) == plain


def test_scripts_that_do_not_look_alike_may_mix():
    assert [is_mixed(word) for word in ("ABC漢字", "ـBBC", "a\u0430", "\u03b1\u0430")] == [False, False, True, True]


@pytest.mark.parametrize("text", ["a" * 100_000 + "é", "a\u0430" * 50_000, "\u0301" * 100_000, "a.b-" * 25_000 + "é"])
def test_no_text_takes_long(text):
    with at_most(8):
        disguises(text)
