"""The rules of the house about what people read: pages, their translation, and the handbook of operators."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from tests.house import Fault, calls, code, name, nodes, templates

LONGEST_LINE = 140  # of a template
HANDBOOK = "docs/operating.md"
CATALOGUE = "workbench/locale/fr/LC_MESSAGES/django.po"
TRANSLATE = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
CONTEXT_FIRST = {"pgettext", "pgettext_lazy"}
TOLD_BY_OTHERS = {"DJANGO_SETTINGS_MODULE", "PATH"}  # not settings of ours

LITERAL = r"""(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
MARKED = re.compile(rf"\b(?:pgettext\(u?{LITERAL}, |(?:n?gettext|_)\()u?({LITERAL})")
INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)|<style|\sstyle=|\son[a-z]+=|href=\"javascript:", re.IGNORECASE)
BLOCK = re.compile(
    r"<(?:address|article|aside|blockquote|body|dd|details|div|dl|dt|fieldset|figure|footer|form|h[1-6]|head|header|hr|li|"
    r"main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?![\w-])"
)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off")
LINK = re.compile(r"\]\(([^)#\s]+)")  # of Markdown, without the anchor
SIDED = re.compile(
    r"(?:margin|padding|border)-(?:left|right)\b|^\s*(?:left|right)\s*:|text-align:\s*(?:left|right)"
    r"|float:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius",
    re.MULTILINE,
)


ESCAPES_ITSELF = {"claims/publishing/exports/page/page.py"}  # JSON in a script element has escapes of its own

SAID_ALONE = re.compile(
    r"<(?P<tag>p|div|blockquote)(?P<attributes>[^>{]*(?:{{[^}]*}}[^>{]*)?)>\s*{{[^}]*\|said[^}]*}}\s*</(?P=tag)>"
)
SHORT_DATE = re.compile(r"SHORT_DATE(?:TIME)?_FORMAT")
UNNAMED_DATE = re.compile(rf"{SHORT_DATE.pattern}|\|date(?![:\w])")


# The handbook


def unnamed_settings(root: Path) -> list[Fault]:
    """Every variable that the code reads from the environment is in the handbook."""
    handbook = _handbook(root)
    known = {setting for path in code(root) for setting in _variables(path)} - TOLD_BY_OTHERS
    return sorted(setting for setting in known if f"`{setting}`" not in handbook)


def unnamed_commands(root: Path) -> list[Fault]:
    """Every management command is in the handbook."""
    handbook = _handbook(root)
    commands = [path.stem for path in code(root) if path.parent.name == "commands" and path.stem != "__init__"]
    return [command for command in commands if f"manage.py {command}" not in handbook]


def phantom_settings(root: Path) -> list[Fault]:
    """The handbook's table names no variable that nothing reads."""
    known = {setting for path in code(root) for setting in _variables(path)}
    named = re.findall(r"^\| `([A-Z][A-Z_]+)` \|", _handbook(root), re.MULTILINE)
    return [setting for setting in named if setting not in known]


def broken_links(root: Path) -> list[Fault]:
    """Every link and picture of a document leads to a file that is there."""
    documents = [*root.glob("*.md"), *root.glob("docs/*.md")]
    linked = [(page, place) for page in documents for place in LINK.findall(page.read_text(encoding="utf-8"))]
    return [
        f"{page.relative_to(root)}: {place}"
        for page, place in linked
        if not re.match(r"[a-z]+:", place) and not (page.parent / place).exists()
    ]


def _handbook(root: Path) -> str:
    path = root / HANDBOOK
    return path.read_text() if path.exists() else ""


def _variables(path: Path) -> Iterator[str]:
    """Yield the names that a file reads from the environment: ``env.str("X")`` and the ways of ``os.environ``."""
    for call in calls(path):
        reader = ast.unparse(call.func)
        if call.args and re.fullmatch(r"env(\.\w+)?|os\.environ\.get|os\.getenv", reader):
            yield from _text(call.args[0])
    for node in nodes(path):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            yield from _text(node.slice) if ast.unparse(node.value) == "os.environ" else ()


def _text(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


# Pages


def inline_code(root: Path) -> list[Fault]:
    """Pages carry no scripts, styles or handlers of their own: the policy forbids them, and says why."""
    return [name(path, root) for path in templates(root) if INLINE.search(path.read_text())]


def trusted_text(root: Path) -> list[Fault]:
    """No page trusts a text that is not written in the code itself: everything is escaped."""
    pages = [name(path, root) for path in templates(root) if UNESCAPED.search(path.read_text())]
    marks = [
        f"{name(path, root)}:{call.lineno}"
        for path in code(root)
        for call in calls(path)
        if ast.unparse(call.func).endswith(("mark_safe", "SafeString"))
        and not isinstance(call.args[0], ast.Constant)
        and name(path, root) not in ESCAPES_ITSELF
    ]
    return pages + marks


def crowded_templates(root: Path) -> list[Fault]:
    """A line of a template opens one block at most, and fits a screen: a page is read like a program."""
    return [
        f"{name(path, root)}:{number}"
        for path in templates(root)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE or len(BLOCK.findall(line)) > 1
    ]


def texts_without_direction(root: Path) -> list[Fault]:
    """A block with a text of a person runs as its text does. With ``auto`` it does not: ``said`` isolates the text."""
    return [
        f"{name(path, root)}: {found.group()}"
        for path in templates(root)
        for found in SAID_ALONE.finditer(path.read_text())
        if "dir=" not in found["attributes"] or 'dir="auto"' in found["attributes"]
    ]


def short_dates(root: Path) -> list[Fault]:
    """A date is written one way on every page, never as 11/27/2026: that is another day to half of the readers."""
    modules = [path for app in ("workbench", "sources", "claims") for path in (root / app).rglob("*.py")]
    unnamed = dict.fromkeys(templates(root), UNNAMED_DATE) | dict.fromkeys(modules, SHORT_DATE)
    return [
        f"{name(path, root)}: {found}" for path, wrong in unnamed.items() for found in wrong.findall(path.read_text())
    ]


def one_sided_styles(root: Path) -> list[Fault]:
    """Styles say start and end, not left and right: the next reader may read from the right."""
    sheets = [path for app in ("workbench", "sources", "claims") for path in (root / app).rglob("static/**/*.css")]
    return [
        f"{name(path, root)}: {SIDED.findall(path.read_text())}" for path in sheets if SIDED.search(path.read_text())
    ]


# Translation


def untranslated(root: Path) -> list[Fault]:
    """Every text that a person may see has its French, looked at by a person (not fuzzy)."""
    if not (root / CATALOGUE).exists():
        return [CATALOGUE]
    entries = [entry for entry in polib.pofile(root / CATALOGUE) if not entry.obsolete]
    return [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()]


def missing_from_catalogue(root: Path) -> list[Fault]:
    """Every text marked for translation is in the catalogue."""
    known = {entry.msgid for entry in polib.pofile(root / CATALOGUE)} if (root / CATALOGUE).exists() else set()
    marked = [(path, text) for path in code(root) for text in _marked(path)]
    marked += [(path, text) for path in templates(root) for text in _marked_in_page(path)]
    return sorted({f"{name(path, root)}: {text}" for path, text in marked if text not in known})


def stale_catalogue(root: Path) -> list[Fault]:
    """The compiled catalogue says what its source says."""
    source, compiled = root / CATALOGUE, (root / CATALOGUE).with_suffix(".mo")
    if not source.exists() or not compiled.exists():
        return [name(compiled, root)]
    told = {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in polib.mofile(compiled)}
    entries = [entry for entry in polib.pofile(source) if entry.translated() and not entry.obsolete]
    return [
        entry.msgid
        for entry in entries
        if told.get((entry.msgctxt, entry.msgid)) != (entry.msgstr, entry.msgstr_plural)
    ]


def _marked(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATE and node.args:
            yield from _text(node.args[1 if node.func.id in CONTEXT_FIRST else 0])


def _marked_in_page(path: Path) -> Iterator[str]:
    """Yield the texts of a template, which Django turns into something like a program for the tools of gettext."""
    program = templatize(path.read_text(), origin=str(path))
    for text in MARKED.findall(program):
        yield str(ast.literal_eval(text))
