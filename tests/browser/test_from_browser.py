"""The bookmarklet on the page of another site, under that site's policy and among its scripts."""

from claims.models import Claim
from tests import make
from tests.browser.conftest import PHONE

SITE = "https://other.example/news?a=1&b=%26"
POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline'; connect-src 'none'; form-action 'none'"
PAGE = """<!doctype html><title>Bridge "closed" &amp; more</title>
<p id=said>Köprü &lt;script&gt;alert(1)&lt;/script&gt; kapandı, dedi.</p>"""


def test_the_page_reads_well_on_a_phone(page, enter, faults, overhang):
    page.set_viewport_size(PHONE)

    enter(make.reporter(), "/claims/from-browser/")

    assert (faults(page), overhang(page)) == ({}, 0)


def test_the_bookmarklet_opens_the_form_with_what_the_person_sees_and_logs_nothing(page, enter, context):
    enter(make.reporter(), "/claims/from-browser/")
    script = page.get_attribute("#bookmarklet", "href").removeprefix("javascript:")
    headers = {"Content-Security-Policy": POLICY}
    page.route(
        "https://other.example/**",
        lambda route: route.fulfill(body=PAGE, content_type="text/html; charset=utf-8", headers=headers),
    )
    page.goto(SITE)
    page.evaluate("getSelection().selectAllChildren(document.getElementById('said'))")

    with context.expect_page() as opened:
        page.evaluate("script => { document.head.append(Object.assign(document.createElement('script'),"
                      " {textContent: decodeURIComponent(script)})) }", script)  # fmt: skip
    form = opened.value
    form.wait_for_load_state()

    said = "Köprü <script>alert(1)</script> kapandı, dedi."
    assert form.input_value("[name=url]") == SITE
    assert form.input_value("[name=text]") == form.input_value("[name=quote]") == said
    assert 'Bridge "closed" & more' in form.input_value("[name=note]")
    assert form.evaluate("window.opener") is None
    assert not Claim.objects.exists()
