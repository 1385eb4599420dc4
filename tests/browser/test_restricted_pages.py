"""The pages of restricted claims and confidential sources in a real browser, on a phone."""

from django.urls import reverse

from claims.intake import restricting
from sources.models.vocabulary import SourceKind
from sources.registry import confiding
from tests import make
from tests.browser.conftest import PHONE
from workbench.desk.roles import Role


def desk(superuser):
    """A restricted claim with two people, one that nobody sees any more, and a confidential source; their pages."""
    claim, lost = make.claim(), make.claim()
    restricting.name(claim, superuser, by=claim.logged_by)
    make.claim_access(lost, make.user(Role.REPORTER, is_active=False))
    make.access_grant(lost)
    source = confiding.add_confidential("Zyx Wort", SourceKind.PERSON, by=superuser)
    pages = [reverse("claims:access", args=[claim.pk]), reverse("claims:lost_claims"), reverse("log")]
    return [*pages, reverse("sources:add_confidential"), reverse("sources:identity", args=[source.pk])]


def test_the_pages_are_accessible_and_fit_a_phone(enter, page, live_server, faults, overhang, settings, tmp_path):
    settings.IDENTITY_KEY = tmp_path / "identity-key"
    page.set_viewport_size(PHONE)
    administrator = make.admin(is_superuser=True)
    enter(administrator)
    found, wrong = [], {}

    for address in desk(administrator):
        answer = page.goto(live_server.url + address)
        if answer.status != 200 or (found := faults(page)) or overhang(page) > 0:
            wrong[address] = (answer.status, found, overhang(page))

    assert wrong == {}
