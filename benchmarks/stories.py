"""Stories of a desk, done by people in a real browser: ten claims of one article, the sample story, a desk of six.

Each runs on a workbench that ``manage.py up`` starts in an empty folder, as ``make run`` does.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks.acting import KEY, MENTAL, Person, Tally, browser, person
from benchmarks.measuring import arguments, report, say
from workbench.runner import paths

ARTICLE = """Hattarin : ce que l’on sait des combats de la nuit

Les forces de l’Ostavie ont lancé une attaque sur Hattarin dans la nuit de mardi. Elles ont pris 56 villages autour
de la ville, selon le gouverneur de la région. La périphérie nord est atteinte depuis ce matin. Un hélicoptère a été
détruit au sol, affirme l’agence Lantern Wire. De nombreux habitants quittent la ville par la route du sud.

L’armée de Velmar a frappé trois dépôts de carburant. Elle dit avoir tué 120 combattants. Les médias ostaviens ont
annoncé que le général Rahan était mort dans l’attaque menée à l’ouest de la ville. Il a été affirmé que des
mercenaires étaient à l’origine de l’embuscade. Le ministère dément toute perte.

L’hôpital central a reçu 43 blessés depuis minuit, d’après son directeur. L’eau est coupée dans deux quartiers. Le
pont de Harmesk est fermé à la circulation. Un convoi humanitaire a été arrêté à 5 kilomètres du centre. Les écoles
restent fermées jusqu’à vendredi. La radio publique parle de 39 villages perdus. Les deux camps se sont accusés
d’avoir rompu la trêve de septembre."""
MARKED = (2, 4, 6, 7, 8, 9, 11, 12, 14, 16)  # sentences that make claims
WEIGHED = "rdxdxxdxxxdx"  # the answers to the first suggestions
SUGGESTION = ".suggestion"
IN_FOCUS = "document.activeElement.closest('.suggestion')?.innerText || ''"
PASSWORD = "quiet-river-41-lamps"  # noqa: S105 -- of a desk that is gone when the story ends
PEOPLE = {"ed": "Editor", "remi": "Reporter", "leyla": "Reporter", "rana": "Reviewer", "ruth": "Reviewer"}


@dataclass(frozen=True)
class House:
    """A workbench that runs."""

    var: Path
    url: str

    def environment(self) -> dict[str, str]:
        """Return the environment in which its commands run."""
        given = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        return given | {"WORKBENCH_VAR": str(self.var)}

    def password(self, name: str) -> str:
        """Return the password of a sample user."""
        rows = (line.split() for line in (self.var / "sample-users.txt").read_text().splitlines() if line.strip())
        return next(row[1] for row in rows if row[0] == name)


def main() -> None:
    """Take the figures."""
    options = arguments(str(__doc__).split("\n", 1)[0], data=False, only="")
    figures: dict[str, Any] = {}
    for name, (sample, story) in STORIES.items():
        if options.only and name not in options.only.split(","):
            continue
        with running(sample=sample) as here, browser() as opened:
            tally = Tally()
            story(here, opened, tally)
            figures[name] = tally.figures()
            say(f"{name}: {figures[name]}")
    report(**figures)


@contextmanager
def running(*, sample: bool) -> Iterator[House]:
    """Start a workbench in an empty folder, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="workbench-story-") as folder:
        var, address = Path(folder), f"127.0.0.1:{_free_port()}"
        here = House(var, f"http://{address}")
        command = [sys.executable, "manage.py", "up", "--address", address, *([] if sample else ["--no-sample"])]
        program = subprocess.Popen(command, cwd=paths.ROOT, env=here.environment(), stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        try:
            for line in program.stdout:
                if "Ctrl-C" in line:
                    break
            yield here
        finally:
            program.send_signal(signal.SIGINT)
            program.communicate(timeout=60)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def signed_in(here: House, opened: Browser, tally: Tally, name: str) -> Person:
    """Sign a sample user in, whose browser remembers the name."""
    who = person(opened, tally)
    who.go(f"{here.url}/sign-in/")
    who.page.fill("[name=username]", name)
    who.page.fill("[name=password]", here.password(name))
    who.click("main form button")
    return who


def ten_claims(here: House, opened: Browser, tally: Tally) -> None:
    """Log ten claims of one article, each with its quote and its chain."""
    who = signed_in(here, opened, Tally(), "reporter")
    who.tally = tally
    who.click("nav a[href='/claims/material/']")
    who.paste("[name=pasted]", ARTICLE)
    who.write("[name=publisher]", "Ufuk Manşet")
    if who.page.locator("[name=kind]").is_visible():
        who.choose("[name=kind]", "Outlet")
    who.click("main form button.main")
    who.read(ARTICLE)
    for number in MARKED:
        who.mark(who.page.locator(".sentence input").nth(number))
    who.click("button[name=add]")
    for sentence in who.page.locator(".chain-sentence").all_inner_texts():
        who.read(sentence)
    who.click("button[name=log]")
    number = who.page.locator("#logged li").count()
    if number != len(MARKED):
        raise SystemExit(f"{number} claims were logged, not {len(MARKED)}")


def sample_story(here: House, opened: Browser, tally: Tally) -> None:
    """Take the sample claim from its queue to a published report: weigh, review twice, decide, propose, agree."""
    reporter = _at_work(here, opened, tally, "reporter")
    reporter.click("main a[href='/claims/1/']")
    reporter.wait_for(SUGGESTION)
    for answer in WEIGHED:
        if not (words := reporter.page.evaluate(IN_FOCUS)):  # the first one, or all that had come are answered
            reporter.wait_for(SUGGESTION)
            reporter.key("j")
            words = reporter.page.evaluate(IN_FOCUS)
        reporter.read(words)
        reporter.answer(answer)
    reporter.click("form[action$='/open-review/'] button")
    for name, rating in (("reviewer", "refuted"), ("reviewer2", "disputed")):
        reviewer = _at_work(here, opened, tally, name)
        reviewer.click("a[href='/claims/1/review/']")
        reviewer.read(reviewer.page.locator("main").inner_text())
        reviewer.mark(reviewer.page.locator("input[name=said][value=confirmed]"))
        reviewer.mark(reviewer.page.locator(f"input[name=rating][value={rating}]"))
        reviewer.write("[name=reasons]", "One unnamed source says it; no record shows it.")
        reviewer.click("main button.main")
    editor = _at_work(here, opened, tally, "editor")
    editor.click("a[href='/claims/1/decide/']")
    editor.read(editor.page.locator("main").inner_text())
    editor.mark(editor.page.locator("input[name=said][value=confirmed]"))
    editor.mark(editor.page.locator("input[name=rating][value=disputed]"))
    editor.mark(editor.page.locator("input[name=cited]").first)
    editor.write("[name=reasons]", "It was said; nothing shows that it is so.")
    editor.click("main button.main")
    editor.click(".verdict a[href$='/freeze/']")
    _waive(editor, "differ", "One of them had seen the denial.")
    editor.click("main form.form button.main")
    second = _at_work(here, opened, tally, "reviewer")
    second.click("a[href*='/freeze/#proposal-']")
    second.click("form[action$='/agree/'] button")
    second.wait_for("a[href*='/reports/']")


def _waive(editor: Person, rule: str, reason: str) -> None:
    editor.click(f"#gate details:has(#reason-{rule}) summary")
    editor.write(f"#reason-{rule}", reason)
    editor.click(f"#gate form:has(#reason-{rule}) button")


def _at_work(here: House, opened: Browser, tally: Tally, name: str) -> Person:
    """Return a sample user who has signed in before."""
    who = signed_in(here, opened, Tally(), name)
    who.tally = tally
    return who


def desk_of_six(here: House, opened: Browser, tally: Tally) -> None:
    """Set an empty desk up: its name, six people with passwords, two sources, the first claim."""
    command = "manage.py create_person ana --role admin"
    tally.texts += 1
    tally.acting += MENTAL + len(command) * KEY
    told = subprocess.check_output(
        [sys.executable, *command.split()], cwd=paths.ROOT, env=here.environment(), text=True
    )
    admin = _with_password(here, opened, tally, re.findall(r"/password/choose/\S+", told)[0], "ana")
    admin.go(f"{here.url}/set-up/")
    admin.click("a[href='/set-up/desk/']")
    admin.write("[name=name]", "Desk of Arvel")
    admin.write("[name=contact]", "https://arvel.example/contact")
    admin.choose("[name=time_zone]", "Europe/Paris")
    admin.mark(admin.page.locator("[name=languages][value=fr]"))
    admin.mark(admin.page.locator("[name=names]").first)
    admin.click("main form.form button.main")
    admin.click("a[href='/set-up/people/']")
    links = {name: _invited(admin, name, role) for name, role in PEOPLE.items()}
    people = {name: _with_password(here, opened, tally, link, name) for name, link in links.items()}
    editor = people["ed"]
    editor.go(f"{here.url}/sources/start/")
    for number in range(2):
        editor.mark(editor.page.locator("[name=chosen]").nth(number))
    editor.click("main form button.main")
    reporter = people["remi"]
    reporter.click("nav a[href='/claims/log/']")
    reporter.write("[name=text]", "Le pont de Harmesk est tombé lundi.")
    reporter.click("main button.main")
    reporter.wait_for("text=Le pont de Harmesk")
    admin.page.goto(f"{here.url}/set-up/people/")
    there = admin.page.locator("main ul li").all_inner_texts()
    if len(there) != len(PEOPLE) + 1 or not all(any(role in line for line in there) for role in PEOPLE.values()):
        raise SystemExit(f"These people have roles: {there}")


def _invited(admin: Person, name: str, role: str) -> str:
    """Add a person; return the path of the link that is shown for them."""
    admin.write("[name=first_name]", name.title())
    admin.write("[name=last_name]", "Aubert")
    admin.write("[name=username]", name)
    admin.choose("[name=role]", role)
    admin.write("[name=waiver]", "The desk is being set up.")
    admin.click("main form.form button.main")
    return re.findall(r"/password/choose/\S+", admin.page.locator("#link code").inner_text())[0]


def _with_password(here: House, opened: Browser, tally: Tally, path: str, name: str) -> Person:
    """Choose a password with a link, and sign in."""
    who = person(opened, tally)
    who.go(f"{here.url}{path}")
    for field in ("new_password1", "new_password2"):
        who.write(f"[name={field}]", PASSWORD)
    who.click("main form button")
    if not who.page.locator("nav a[href='/claims/log/']").count():
        who.go(f"{here.url}/sign-in/")
        who.write("[name=username]", name)
        who.write("[name=password]", PASSWORD)
        who.click("main form button")
    return who


STORIES: dict[str, tuple[bool, Callable[[House, Browser, Tally], None]]] = {
    "ten_claims": (True, ten_claims),
    "sample_story": (True, sample_story),
    "desk_of_six": (False, desk_of_six),
}


if __name__ == "__main__":
    main()
