"""The rules of the house as functions: each takes the root of a tree and returns what breaks it there.

They read source text alone, so that ``test_house.py`` can hold them against the tree and against planted sins.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

APPS = ("workbench", "sources", "claims")
LONGEST_FILE = 400
LONGEST_TEST_FILE = 600  # people read its tests one at a time
LONGEST_FUNCTION = 40
LONGEST_TEST = 30
LONGEST_TEMPLATE = 120

JUNK_DRAWERS = {
    *("base", "common", "core", "helpers", "lib", "managers", "misc", "selectors", "services", "shared", "stuff"),
    *("util", "utils"),
}
DJANGO_NAMES_IT = "workbench/database/base.py"  # of every database backend
INTERFACES = {"admin", "exports", "management", "pages", "tasks"}
WRITES = {
    *("acreate", "asave", "adelete", "bulk_create", "bulk_update", "create", "delete", "get_or_create", "save"),
    "update_or_create",
}

# The only modules that may change a field of an existing row, by assignment or update.
WRITERS = {
    "status": {"claims/review/reviewing.py"},
    "round": {"claims/review/reviewing.py"},
    "handed_over_by": {"claims/review/reviewing.py"},
    "standing": {"claims/evidence/weighing.py"},
    "settled_by": {"claims/evidence/weighing.py"},
    "settled_at": {"claims/evidence/weighing.py"},
    "due_at": {"workbench/desk/work_queue.py"},
    "leased_until": {"workbench/desk/work_queue.py"},
    "fence": {"workbench/desk/work_queue.py"},
    "tries": {"workbench/desk/work_queue.py"},
    "trouble": {"workbench/desk/work_queue.py"},
}
# Rows that only one module makes.
MAKERS = {"LogEntry": "workbench/desk/audit.py", "LogHead": "workbench/desk/audit.py"}

UNCELEBRATED = {"eta", "countdown", "autoretry_for", "link", "link_error"}
CANVAS = {"chain", "chord", "group", "chunks"}
PARSERS = {"lxml", "lxml-xml"}
NETWORK = {"requests", "urllib3", "socket", "ssl", "http.client", "urllib.request", "ftplib", "smtplib", "asyncio"}
DOORS = ("sources/web/", "workbench/runner/ports.py", "workbench/runner/gunicorn_worker.py")
# Modules whose names are nouns, although they end in -ing.
NOUNS = {"content_coding", "embedding", "folding", "paging", "passage_tracking"}
MOVES = WRITES | {"ask", "come_back", "rest", "update"}
NOT_DISTINCT = {"Command", "Meta"}  # names that Django asks for
MACHINE_PATHS = re.compile(r"(?<![\w.:/<>$])/(?:work|root|home)/\w")
# An app as a dotted path, a name of an address or a template: "claims.urls", "sources:feeds", "claims/claim.html".
NAMES_A_FLOOR = re.compile(r"""["'](?:sources|claims)(?:[.:/][\w]|["'])""")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
TEXTS = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".yml", ".yaml", ".sh", ".po", ".json", ""}

Fault = str


def code(root: Path) -> Iterator[Path]:
    """Yield the modules of the apps, except migrations."""
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.relative_to(root).parts:
                yield path


def tests(root: Path) -> Iterator[Path]:
    yield from sorted((root / "tests").rglob("*.py"))


def templates(root: Path) -> Iterator[Path]:
    for app in APPS:
        yield from sorted((root / app).rglob("templates/**/*.html"))


def name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


@cache
def tree(path: Path, _changed: float) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def _walked(path: Path, changed: float) -> list[ast.AST]:
    """Return all nodes of a module: most rules look at all of all modules, and to walk takes longer than to look."""
    return list(ast.walk(tree(path, changed)))


def nodes(path: Path) -> Iterator[ast.AST]:
    yield from _walked(path, path.stat().st_mtime)


def forget() -> None:
    """Free the memory that the modules take."""
    _walked.cache_clear()
    tree.cache_clear()


def calls(path: Path) -> Iterator[ast.Call]:
    yield from (node for node in nodes(path) if isinstance(node, ast.Call))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def called(call: ast.Call) -> str:
    """Return the last name in a call’s function: ``b`` for ``a.b()``."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def first_name(node: ast.AST) -> str:
    """Return the first name in a chain of attributes and calls: ``a`` for ``a.b().c``."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def names_in_chain(node: ast.AST) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            yield node.attr
        node = node.value if isinstance(node, ast.Attribute) else node.func


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a file imports, modules and names, with line numbers."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


# Sizes and names


def long_files(root: Path) -> list[Fault]:
    """Files stay short enough to read in one go."""
    limits = [(path, LONGEST_FILE) for path in code(root)]
    limits += [(path, LONGEST_TEST_FILE) for path in tests(root)]
    limits += [(path, LONGEST_TEMPLATE) for path in templates(root)]
    return [name(path, root) for path, most in limits if len(path.read_text().splitlines()) > most]


def long_functions(root: Path) -> list[Fault]:
    """A function fits on a screen, and a test on a small screen."""
    return [
        f"{name(path, root)}: {function.name}"
        for path in [*code(root), *tests(root)]
        for function in functions(path)
        if length(function) > (LONGEST_TEST if function.name.startswith("test_") else LONGEST_FUNCTION)
    ]


def junk_drawers(root: Path) -> list[Fault]:
    """A file’s name says what the file holds."""
    files = [
        path for path in [*code(root), *tests(root)] if name(path, root) != "workbench/database/base.py"
    ]  # Django’s
    return [name(path, root) for path in files if JUNK_DRAWERS & set(path.relative_to(root).with_suffix("").parts)]


def twice_named_classes(root: Path) -> list[Fault]:
    """A public class has a name of its own, across all apps."""
    places: dict[str, list[str]] = {}
    for path in code(root):
        for node in nodes(path):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in NOT_DISTINCT:
                places.setdefault(node.name, []).append(name(path, root))
    return [f"{called}: {', '.join(where)}" for called, where in sorted(places.items()) if len(where) > 1]


def idle_activities(root: Path) -> list[Fault]:
    """A module named in *-ing* is an activity: it changes rows, or has other activities change them."""
    activities = [path for path in code(root) if path.stem.endswith("ing") and path.stem not in NOUNS]
    return [name(path, root) for path in activities if not _moves_rows(path)]


def _moves_rows(path: Path) -> bool:
    others = {what.rpartition(".")[2] for _line, what in imported(path) if what.startswith(APPS)}
    others = {what for what in others if what.endswith("ing")}
    return any(called(call) in MOVES or first_name(call) in others for call in calls(path))


def unfinished_business(root: Path) -> list[Fault]:
    """The code has no notes about unfinished work."""
    files = [*code(root), *templates(root)]
    return [name(path, root) for path in files if UNFINISHED.search(path.read_text())]


def orphan_tests(root: Path) -> list[Fault]:
    """A test of an app mirrors a module."""
    places = [path.relative_to(root / "tests") for path in tests(root) if path.name.startswith("test_")]
    missing = []
    for place in places:
        module = root / place.parent / place.stem.removeprefix("test_")
        if place.parts[0] in APPS and not (module.with_suffix(".py").exists() or (module / "__init__.py").exists()):
            missing.append(f"tests/{place.as_posix()}")
    return missing


# Who writes


def writing_interfaces(root: Path) -> list[Fault]:
    """Interfaces load, check, call one activity and answer; they never write rows."""
    return [
        f"{name(path, root)}:{call.lineno}"
        for path in code(root)
        if INTERFACES & set(path.relative_to(root).with_suffix("").parts)
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and _writes(call.func) and not _saves_a_file(call)
    ]


def _writes(function: ast.Attribute) -> bool:
    if function.attr == "update":  # dictionaries have this method too
        return bool({"objects", "filter", "exclude", "all"} & set(names_in_chain(function)))
    return function.attr in WRITES


def _saves_a_file(call: ast.Call) -> bool:
    """Rows are saved without positional arguments (Django 5.1); fonts and pictures are saved to a file."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "save" and bool(call.args)


def talkative_tasks(root: Path) -> list[Fault]:
    """A task is one statement under its docstring."""
    return [
        f"{name(path, root)}: {function.name}"
        for path in code(root)
        if path.name == "tasks.py"
        for function in functions(path)
        if len(function.body) > 1 + (ast.get_docstring(function) is not None)
    ]


def second_writers(root: Path) -> list[Fault]:
    """One field, one writer."""
    return [
        f"{name(path, root)}:{line} {field}"
        for path in code(root)
        for line, field in _written(path)
        if name(path, root) not in WRITERS.get(field, {name(path, root)})
    ]


def _written(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the fields that a file assigns or updates, with line numbers."""
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and called(node) == "update":
            yield from ((node.lineno, keyword.arg) for keyword in node.keywords if keyword.arg)
        elif isinstance(node, ast.Call) and called(node) in {"setattr", "bulk_update"}:
            texts = [text for text in ast.walk(node) if isinstance(text, ast.Constant) and isinstance(text.value, str)]
            yield from ((node.lineno, str(text.value)) for text in texts)


def second_makers(root: Path) -> list[Fault]:
    """Only audit writes the log."""
    return [
        f"{name(path, root)}:{call.lineno} {first_name(call)}"
        for path in code(root)
        for call in calls(path)
        if name(path, root) != MAKERS.get(first_name(call), name(path, root))
        and (isinstance(call.func, ast.Name) or called(call) in {*WRITES, "update"})
    ]


# What we do not use


def inner_imports(root: Path) -> list[Fault]:
    """Imports stand at the top; Django's ``ready`` is the one place where they cannot."""
    return [
        f"{name(path, root)}:{node.lineno}"
        for path in code(root)
        for function in functions(path)
        if (path.name, function.name) != ("apps.py", "ready")
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def celery_magic(root: Path) -> list[Fault]:
    """The row says when it is due again; Celery gets no eta, countdown, retry or chain."""
    faults = [
        f"{name(path, root)}:{call.lineno}"
        for path in code(root)
        for call in calls(path)
        if UNCELEBRATED & {keyword.arg for keyword in call.keywords}
        or (called(call) == "retry" and first_name(call) != "retrying")
    ]
    canvas = {f"celery.{word}" for word in CANVAS} | {f"celery.canvas.{word}" for word in CANVAS}
    faults += [f"{name(path, root)}:{line}" for path in code(root) for line, what in imported(path) if what in canvas]
    return faults


def signals(root: Path) -> list[Fault]:
    """No signals: the code that changes a row calls what must follow."""
    banned = ("django.db.models.signals", "django.dispatch")
    return [
        f"{name(path, root)}:{line}" for path in code(root) for line, what in imported(path) if what.startswith(banned)
    ]


def slow_parsers(root: Path) -> list[Fault]:
    """Each BeautifulSoup names lxml as its parser: html.parser takes quadratic time on hostile pages."""
    faults = [
        f"{name(path, root)}:{call.lineno}"
        for path in code(root)
        for call in calls(path)
        if called(call) == "BeautifulSoup" and not _names_parser(call)
    ]
    mention = re.compile(r"""["']html\.parser["']|from html\.parser|import html\.parser""")
    return faults + [name(path, root) for path in code(root) if mention.search(path.read_text())]


def _names_parser(call: ast.Call) -> bool:
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "features")]
    return [node.value for node in given if isinstance(node, ast.Constant)] in [[parser] for parser in PARSERS]


def second_doors(root: Path) -> list[Fault]:
    """Only sources/web/ opens connections. This rule also sees http.client, which no import contract can name."""
    return [
        f"{name(path, root)}:{line} {what}"
        for path in code(root)
        if not name(path, root).startswith(DOORS)
        for line, what in imported(path)
        if any(what == module or what.startswith(f"{module}.") for module in NETWORK)
    ]


def machine_paths(root: Path) -> list[Fault]:
    """No file names a folder of one machine."""
    tops = ("workbench", "sources", "claims", "tests", "docs", "scripts", ".ci", "benchmarks")
    files = [path for top in tops for path in (root / top).rglob("*")]
    files += [path for path in root.glob("*") if path.name != ".git"]  # in a worktree of git, a file with such a path
    return [
        name(path, root)
        for path in files
        if path.is_file() and path.suffix in TEXTS and MACHINE_PATHS.search(path.read_text(errors="replace"))
    ]


def named_floors(root: Path) -> list[Fault]:
    """Outside its settings and addresses the ground floor names no app above it."""
    roof = {"workbench/settings.py", "workbench/urls.py"}
    pages = [path for path in templates(root) if name(path, root).startswith("workbench/")]
    files = [path for path in code(root) if name(path, root).startswith("workbench/")] + pages
    return [
        f"{name(path, root)}:{number}"
        for path in files
        if name(path, root) not in roof
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if NAMES_A_FLOOR.search(line)
    ]
