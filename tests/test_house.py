"""The rules of the house, kept by machine: each is held against the tree, and against a sin planted in a small one."""

import hashlib
import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import house, house_rows, house_texts
from tests.places import ROOT

RULES = {
    name: rule
    for module in (house, house_rows, house_texts)
    for name, rule in vars(module).items()
    if inspect.isfunction(rule)
    and rule.__module__ == module.__name__
    and rule.__annotations__["return"] == "list[Fault]"
}

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
LONG = "\n".join(f"    {number}" for number in range(41))

NOTES = "from django.db import models\n\n\nclass Note(models.Model):\n    text = models.TextField()\n"

# The rule, where its sin is planted, and the sin.
SINS = [
    ("long_files", "claims/evidence/matching.py", "\n" * 401),
    ("long_files", "claims/templates/claims/queue.html", "<p>\n" * 121),
    ("long_functions", "claims/evidence/matching.py", f"def match():\n{LONG}\n"),
    ("long_functions", "tests/claims/evidence/test_matching.py", f"def test_matching():\n{LONG[:300]}\n"),
    ("junk_drawers", "claims/utils.py", ""),
    ("junk_drawers", "sources/helpers/urls.py", ""),
    ("junk_drawers", "tests/common.py", ""),
    ("twice_named_classes", "claims/models/claim.py", "class Claim:\n    pass\n\n\nclass Claim:\n    pass\n"),
    ("idle_activities", "claims/evidence/matching.py", "def match(claim):\n    return claim.text.split()\n"),
    ("unfinished_business", "claims/evidence/matching.py", "# TODO: later\n"),
    ("orphan_tests", "tests/claims/test_guessing.py", ""),
    ("writing_interfaces", "claims/pages/views/lists.py", "def show(claim):\n    claim.save()\n"),
    ("writing_interfaces", "claims/admin.py", "Claim.objects.filter(pk=1).update(text='')\n"),
    ("writing_interfaces", "sources/pages/forms.py", "def clean(self):\n    return Source.objects.create(name='')\n"),
    ("writing_interfaces", "claims/management/commands/load.py", "Claim.objects.bulk_create([])\n"),
    ("talkative_tasks", "claims/tasks.py", 'def follow():\n    """Follow."""\n    rows = []\n    drain(rows)\n'),
    ("second_writers", "claims/evidence/matching.py", "def match(claim):\n    claim.status = 'decided'\n"),
    ("second_writers", "sources/capturing/fetching.py", "def fetch(row):\n    row.due_at = None\n"),
    ("second_writers", "sources/capturing/fetching.py", "Document.objects.update(trouble='')\n"),
    ("second_writers", "claims/evidence/matching.py", "Evidence.objects.bulk_update(rows, ['standing'])\n"),
    ("second_writers", "claims/evidence/matching.py", "setattr(evidence, 'standing', 'confirmed')\n"),
    ("second_makers", "claims/intake/recording.py", "LogEntry.objects.create(verb='logged')\n"),
    ("second_makers", "claims/intake/recording.py", "LogEntry(verb='logged').save()\n"),
    ("named_floors", "workbench/celery.py", 'TICKS = {"sources.tasks.poll_feeds": 5}\n'),
    ("named_floors", "workbench/pages/templates/404.html", "{% url 'claims:queue' %}"),
    ("unwritten_tables", "claims/models/note.py", NOTES),
    ("unwritten_columns", "claims/models/note.py", NOTES),
    ("written_after_all", "claims/evidence/origins.py", "OriginLink.objects.create(why='')\n"),
    ("inner_imports", "claims/evidence/matching.py", "def match():\n    import re\n"),
    ("celery_magic", "claims/tasks.py", "follow.apply_async(countdown=5)\n"),
    ("celery_magic", "claims/tasks.py", "app.send_task('x', eta=None)\n"),
    ("celery_magic", "claims/tasks.py", "def follow(self):\n    raise self.retry()\n"),
    ("celery_magic", "claims/tasks.py", "from celery import chain\n"),
    ("signals", "claims/evidence/matching.py", "from django.db.models.signals import post_save\n"),
    ("slow_parsers", "sources/formats/html.py", "BeautifulSoup(page)\n"),
    ("slow_parsers", "sources/formats/html.py", "BeautifulSoup(page, 'html.parser')\n"),
    ("slow_parsers", "sources/formats/html.py", "from html.parser import HTMLParser\n"),
    ("second_doors", "sources/capturing/fetching.py", "import requests\n"),
    ("second_doors", "sources/capturing/fetching.py", "from http import client\n"),
    ("second_doors", "claims/evidence/matching.py", "from urllib.request import urlopen\n"),
    ("machine_paths", "docs/method.md", "See /" + "home/ana/desk.\n"),
    ("machine_paths", "workbench/settings.py", "ROOT = '/" + "root/desk'\n"),
    ("unnamed_settings", "workbench/settings.py", "X = env.bool('DESK_SECRET')\n"),
    ("unnamed_settings", "workbench/settings.py", "import os\nX = os.environ['DESK_SECRET']\n"),
    ("unnamed_commands", "workbench/management/commands/tidy.py", ""),
    ("phantom_settings", "docs/operating.md", "| `DESK_SECRET` | what | |\n"),
    ("broken_links", "README.md", "![A claim page](docs/picture.png)\n"),
    ("broken_links", "docs/method.md", "See [the log](log.md#chain).\n"),
    ("inline_code", "claims/templates/claims/queue.html", "<script>alert(1)</script>"),
    ("inline_code", "claims/templates/claims/queue.html", "<button onclick='go()'>"),
    ("inline_code", "claims/templates/claims/queue.html", '<p style="color: red">'),
    ("trusted_text", "claims/templates/claims/queue.html", "{{ claim.text|safe }}"),
    ("trusted_text", "claims/pages/views/lists.py", "mark_safe(claim.text)\n"),
    ("crowded_templates", "claims/templates/claims/queue.html", "<ul><li>One</li></ul>"),
    ("crowded_templates", "claims/templates/claims/queue.html", f"<p>{'x' * 140}</p>"),
    ("short_dates", "claims/templates/claims/queue.html", '{{ claim.logged_at|date:"SHORT_DATE_FORMAT" }}'),
    ("short_dates", "claims/templates/claims/queue.html", "{{ claim.logged_at|date }}"),
    ("texts_without_direction", "claims/templates/claims/queue.html", "<p>{{ claim.note|said }}</p>"),
    ("texts_without_direction", "claims/templates/claims/queue.html", '<div dir="auto">{{ claim.note|said }}</div>'),
    ("short_dates", "claims/pages/views/lists.py", "date_format(day, 'SHORT_DATETIME_FORMAT')\n"),
    ("one_sided_styles", "workbench/static/workbench/look.css", "p { margin-left: 1em }"),
    ("untranslated", house_texts.CATALOGUE, f'{PO}msgid "Claim"\nmsgstr ""\n'),
    ("untranslated", house_texts.CATALOGUE, f'{PO}#, fuzzy\nmsgid "Claim"\nmsgstr "Faim"\n'),
    ("missing_from_catalogue", "claims/pages/views/lists.py", "title = _('Your queue')\n"),
    ("missing_from_catalogue", "claims/templates/claims/queue.html", "{% load i18n %}{% translate 'Your queue' %}"),
    ("stale_catalogue", house_texts.CATALOGUE, f'{PO}msgid "Claim"\nmsgstr "Affirmation"\n'),
]


def plant(root, place, text):
    file = root / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture(scope="module", autouse=True)
def _forgotten():
    """Forget the modules in the end, or the search for garbage goes through them until the last test."""
    yield
    house.forget()


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_its_rule(rule):
    assert RULES[rule](ROOT) == []


@pytest.mark.parametrize(("rule", "place", "sin"), SINS)
def test_a_planted_sin_is_seen(rule, place, sin, tmp_path):
    plant(tmp_path, place, sin)

    assert RULES[rule](tmp_path) != []


def test_every_rule_has_seen_a_sin():
    assert {rule for rule, _place, _sin in SINS} == set(RULES)


def lint_imports(root):
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    unbroken = {**os.environ, "COLUMNS": "500"}  # the lines that it writes
    return subprocess.run(command, cwd=root, env=unbroken, capture_output=True, text=True, check=False)


def test_imports_keep_to_the_map():
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


# The module that leaves the map, what it imports, and the contract that it breaks. The last one is in no room.
STRAYS = [
    ("workbench.desk.audit", "claims.models", "Three floors"),
    ("sources.gathering.searching", "claims.evidence.matching", "Three floors"),
    ("claims.evidence.matching", "claims.review.reviewing", "Rooms of claims"),
    ("claims.models.claim", "claims.intake.recording", "Rooms of claims"),
    ("claims.evidence.matching", "claims.evidence.gathering", "Activities of one floor"),
    ("sources.gathering.polling", "sources.reading.reading", "Rooms of sources"),
    ("sources.registry.registering", "sources.gathering.polling", "Rooms of sources"),
    ("sources.models.source", "sources.web.addresses", "Rooms of sources"),
    ("sources.pages.views.sources", "sources.web.door", "Interfaces of sources"),
    ("workbench.desk.models", "workbench.pages", "Rooms of the ground floor"),
    ("sources.web.door", "sources.models", "Instruments import no rows"),
    ("sources.reading.extracting", "docx", "Only the sandbox"),
    ("sources.formats.sandbox", "sources.formats.html", "Only the sandbox"),
    ("sources.language.folding", "django", "Work on text is pure"),
    ("claims.wording.queries", "sources.models", "Instruments import no rows"),
    ("sources.capturing.fetching", "requests", "Only sources.web"),
    ("workbench.pages.views", "socket", "Only sources.web"),
    ("claims.guessing", "", "Rooms of claims"),
]


@pytest.fixture(scope="module")
def strayed(tmp_path_factory):
    """Return what import-linter says of each contract about a copy of the house in which all these imports stand."""
    root = tmp_path_factory.mktemp("house")
    for app in house.APPS:
        shutil.copytree(ROOT / app, root / app, ignore=shutil.ignore_patterns("__pycache__", "locale"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for module, imported, _broken in STRAYS:
        with (root / f"{module.replace('.', '/')}.py").open("a") as file:
            file.write(f"\nimport {imported}\n" if imported else "")
    result = lint_imports(root)
    assert result.returncode == 1
    _before, *told = re.split(r"^(.+)\n-+\n", result.stdout.partition("Broken contracts\n")[2], flags=re.MULTILINE)
    return dict(zip(told[::2], told[1::2], strict=True))


@pytest.mark.parametrize(("module", "imported", "broken"), STRAYS)
def test_an_import_that_leaves_the_map_is_seen(module, imported, broken, strayed):
    [told] = [text for contract, text in strayed.items() if contract.startswith(broken)]

    line = f"{module} -> {imported} (l." if imported else f"not listed as layers:\n\n- {module}\n"
    assert line in told


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# From the second drawing of the house on, a desk's database may have been made with these: they are never rewritten.
FIRST_MIGRATIONS = {
    "workbench": "583b3d45e0aba87bd631b558404a0b71dc8c9dd9ef56d3ae98e068b76571808e",
    "sources": "26e94288c9bb6fb1f6749b950f874d320dc0725f1cb8537307009f86258202fa",
    "claims": "d1d4fa8aa57c04c3e56685f3ab2d3168f413b5e6d606f255116a9e56193b5688",
}


@pytest.mark.parametrize("app", house.APPS)
def test_the_first_migration_is_not_rewritten(app):
    first = (ROOT / app / "migrations" / "0001_initial.py").read_bytes()

    assert hashlib.sha256(first).hexdigest() == FIRST_MIGRATIONS[app]


@pytest.mark.parametrize("app", house.APPS)
def test_migrations_run_on_and_are_named_for_their_topic(app):
    paths = (ROOT / app / "migrations").glob("[0-9]*.py")
    names = sorted(path.stem for path in paths if "_squashed_" not in path.stem)

    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert not [name for name in names if re.search(r"_auto_|_\d{8}|_and_more$", name)]
