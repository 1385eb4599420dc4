"""The main story with the keyboard alone: log a claim, weigh, review twice, decide, propose the report, agree to it."""

import pytest

from claims.models import Claim, Report
from claims.models.vocabulary import Rating, Status
from tests import make

FARTHEST = 200  # presses of Tab; a page with more before its main act is not usable from the keyboard


class Keyboard:
    """Somebody without a mouse: goes from one control to the next, and sees where they are."""

    def __init__(self, page):
        self.page = page

    def reach(self, selector):
        """Press Tab until the focus is on a control, which must then be seen to have it."""
        for _press in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", f"the focus on {selector} cannot be seen"
                return
        pytest.fail(f"{selector} cannot be reached with Tab")

    def write(self, selector, text):
        self.reach(selector)
        self.page.keyboard.insert_text(text)

    def choose(self, name, value):
        """Choose one of several radio buttons with the arrows."""
        self.reach(f"input[name={name}]")
        for _press in range(10):
            if self.page.evaluate("document.activeElement.checked && document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"{value} cannot be reached with the arrows")

    def press(self, selector):
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def log_a_claim(keys):
    keys.press(".tabs a[href='/claims/log/']")
    keys.write("[name=text]", "Des terroristes liés à l’Ostavie sont derrière l’embuscade de Harmesk.")
    keys.write("[name=quote]", "liés à l’Ostavie")
    keys.write("[name=chain-0-named_as]", "Ufuk Manşet")
    keys.reach("[name=chain-0-kind]")
    keys.page.keyboard.type("Outlet")
    keys.reach("[name=chain-0-modality]")
    keys.page.keyboard.type("reports")
    keys.press("main button.main")


def review(keys, claim, rating):
    keys.press(f".cards a[href='{claim.get_absolute_url()}review/']")
    keys.choose("said", "confirmed")
    keys.choose("rating", rating)
    keys.write("[name=reasons]", "One unnamed source; no record shows it.")
    keys.press("main button.main")


def decide(keys, claim):
    keys.press(f".cards a[href='{claim.get_absolute_url()}decide/']")
    keys.choose("said", "confirmed")
    keys.choose("rating", Rating.DISPUTED)
    keys.reach("[name=cited]")
    keys.page.keyboard.press("Space")
    keys.write("[name=reasons]", "It was said; nothing shows that it is so.")
    keys.press("main button.main")


def propose(keys):
    """Say what was done about reviews that differ, and propose the report."""
    keys.press(".verdict a[href$='/freeze/']")
    keys.reach("#gate details:has(#reason-differ) summary")
    keys.page.keyboard.press("Enter")
    keys.write("#reason-differ", "One of them had seen the denial.")
    keys.press("#gate form:has(#reason-differ) button")
    keys.press("main form.form button.main")


def test_a_claim_goes_from_the_log_to_the_report_by_keyboard(enter):
    keys = Keyboard(enter(make.reporter()))
    log_a_claim(keys)
    claim = Claim.objects.get()
    make.evidence(claim, make.passage("L’Ostavie dément tout lien.", language="fr"))
    keys.page.reload()
    keys.page.keyboard.press("j")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("r")
    keys.press("form[action$='/open-review/'] button")
    reviewers = [make.reviewer(), make.reviewer()]
    for person, rating in zip(reviewers, (Rating.REFUTED, Rating.DISPUTED), strict=True):
        review(Keyboard(enter(person)), claim, rating)
    editor = Keyboard(enter(make.editor()))
    decide(editor, claim)
    propose(editor)
    assert Report.objects.count() == 0
    second = Keyboard(enter(reviewers[0]))
    second.press("a[href*='/freeze/#proposal-']")
    second.press("form[action$='/agree/'] button")

    claim.refresh_from_db()
    assert claim.status == Status.DECIDED
    assert Report.objects.get().decision == claim.decisions.get()
    assert claim.appearances.get().attributions.get().named_as == "Ufuk Manşet"
