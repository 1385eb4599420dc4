import pytest

from sources.proving.sanitizer import inert


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ('<a href="https://x.example/">', '<a href="#"  href="https://x.example/">'),
        ("<A\nHREF=x>", '<a href="#" \nHREF=x>'),
        ("<a/href=x>", '<a href="#" /href=x>'),
        ("<area\thref=x>", '<area href="#" \thref=x>'),
        ("<link rel=preconnect href=x>", "<basefont  rel=preconnect href=x>"),
        ("<LINK/rel=preconnect/href=x>", "<basefont /rel=preconnect/href=x>"),
        ("<meta\fhttp-equiv=refresh>", "<basefont \fhttp-equiv=refresh>"),
        ("<iframe src=x>", '<iframe srcdoc=""  src=x>'),
        ("<frame src=x>", '<frame src=""  src=x>'),
        ("<set attributeName=href>", '<set attributeName=""  attributeName=href>'),
        ("<animate attributeName=href>", '<animate attributeName=""  attributeName=href>'),
    ],
)
def test_what_could_connect_has_nothing_to_connect_to(tag, shown):
    assert inert(tag) == shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<svg><style><p><link rel=preconnect href=x>",
        "<!-- --!><link rel=preconnect href=x>-->",
        "<title><link rel=preconnect href=x>",
        "<noscript><link rel=preconnect href=x>",
        '<p title="<link rel=preconnect href=x>">',
    ],
)
def test_a_hint_is_found_wherever_a_browser_might_see_it(hidden):
    assert "<link" not in inert(hidden)


@pytest.mark.parametrize(
    "text",
    [
        '<h1 class="a">Le pont d’Arvel</h1><p>1 < 2, a<b; <abbr>a</abbr> <article>x</article></p>',
        "<linked> <link> <settle x> <metal y> <iframes z>",
        "</a> </iframe> a href link",
        "",
    ],
)
def test_everything_else_stays_as_it_was(text):
    assert inert(text) == text


def test_a_page_of_nothing_but_beginnings_takes_no_longer_than_its_length():
    assert inert("<a" * 1_000_000) == "<a" * 1_000_000
