import pytest

from sources.formats.needs_browser import make_the_page

PROGRAM = "render();" * 100


@pytest.mark.parametrize(
    "page",
    [
        '<div id="root"></div><script src="/app.js"></script>',
        "<SCRIPT TYPE='module' defer SRC=/app.js></SCRIPT>",
        f"<script>{PROGRAM}</script>",
        f'<script type="text/javascript">{PROGRAM}',
        f'<script type="application/json">{{}}</script><script>{PROGRAM}</script>',
    ],
)
def test_a_program_makes_a_page(page):
    assert make_the_page(page.encode())


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>Nothing here.</p>",
        "<script>count();</script>",
        f'<script type="application/ld+json">{PROGRAM}</script>',
        f"<script type=speculationrules>{PROGRAM}</script>",
        f"<p>{PROGRAM}</p><script></script>",
        f"<scripted src=x>{PROGRAM}",
    ],
)
def test_what_is_no_program_does_not(page):
    assert not make_the_page(page.encode())


def test_a_hostile_page_is_told_at_once():
    assert not make_the_page(b"<script " * 250_000)
