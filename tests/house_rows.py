"""The rules of the house about tables: each table and each column has somebody who writes it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import Fault, called, code, name, nodes, tree

# What no person, activity or step fills yet, and what will. No page shows it until then.
WAITING = {
    "OriginLink": "tracing who copied whom, with the number of independent origins",
    "FigureLink": "reconciling figures: contradiction, update, other scope or rounding",
    "Figure.measure": "reconciling figures",
    "Figure.scope": "reconciling figures",
    "Figure.as_of": "reconciling figures",
}
# Written in ways that a reader of the source text alone does not see.
ELSEWHERE = {
    "LogEntry": "a trigger fills it",
    "LogHead": "a trigger fills it",
    "Seal": "the triggers of seal_triggers.py make them, log_chain.py binds them",
    "Passage": "one SQL statement: PassageQuerySet.keep",
    **dict.fromkeys(["PassageVector", "ReadingVector"], "VectorQuerySet.keep"),
    "Citation": "decision.cited.set(…)",
    "FactCheck": "FactCheckQuerySet.keep, from what providers, feeds and pages say",
    **dict.fromkeys(
        ["Capture.warc_file", "Capture.warc_offset", "Capture.warc_length", "Capture.warc_sha256"],
        "the place that the archive returned: capturing/preserving.py",
    ),
}
BY_ITSELF = {"GeneratedField", "WordsField", "AutoField", "BigAutoField"}
MAKE = {"create", "get_or_create", "update_or_create", "bulk_create"}
CHANGE = MAKE | {"update", "save", "bulk_update", "set", "add", "ask", "keep"}


def unwritten_tables(root: Path) -> list[Fault]:
    """Every table has somebody who makes its rows."""
    made = {model for path in code(root) for model in _made(path)}
    known = [model for path, node in _models(root) for model in [node.name]]
    return [model for model in known if model not in made | set(ELSEWHERE) | set(WAITING)]


def unwritten_columns(root: Path) -> list[Fault]:
    """Every column is written by an activity, a step or a person's form."""
    writers = {path: (_names(path), set(_written(path))) for path in code(root) if _writes(path)}
    admins = [path for path in code(root) if path.name == "admin.py"]
    faults = []
    for path, node in _models(root):
        if node.name in set(ELSEWHERE) | set(WAITING):
            continue
        naming = [columns for writer, (names, columns) in writers.items() if writer == path or node.name in names]
        written = {column for file in admins for column in _edited(file, node.name)}.union(*naming)
        columns = [f"{node.name}.{column}" for column in _columns(node) if not written & {column, f"{column}_id"}]
        faults += [f"{name(path, root)}: {column}" for column in columns if column not in set(ELSEWHERE) | set(WAITING)]
    return faults


def written_after_all(root: Path) -> list[Fault]:
    """What is said to wait for its writer has none yet: else the list is old."""
    made = {model for path in code(root) for model in _made(path)}
    return [each for each in WAITING if "." not in each and each in made]


def _models(root: Path) -> Iterator[tuple[Path, ast.ClassDef]]:
    """Yield the classes that are tables, with the module of each; abstract ones are no tables."""
    for path in code(root):
        if "models" not in path.relative_to(root).with_suffix("").parts:
            continue
        for node in tree(path, path.stat().st_mtime).body:
            if isinstance(node, ast.ClassDef) and _columns(node) and not _is_abstract(node):
                yield path, node


def _is_abstract(node: ast.ClassDef) -> bool:
    return any(isinstance(inner, ast.ClassDef) and "abstract = True" in ast.unparse(inner) for inner in node.body)


def _columns(node: ast.ClassDef) -> list[str]:
    found = []
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        value = getattr(line, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Call) and _is_field(value):
            found.append(target.id)
    return found


def _is_field(call: ast.Call) -> bool:
    kind = called(call)
    by_itself = kind in BY_ITSELF or any(
        keyword.arg in {"auto_now", "auto_now_add"}
        or (keyword.arg == "default" and isinstance(keyword.value, ast.Name))
        for keyword in call.keywords
    )
    return kind.endswith(("Field", "ForeignKey")) and not by_itself


def _writes(path: Path) -> bool:
    return any(isinstance(node, ast.Call) and _is_write(node) for node in nodes(path))


def _is_write(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in CHANGE


def _made(path: Path) -> Iterator[str]:
    """Yield the names of the tables whose rows a module makes: ``Row(…)``, ``Row.objects.create(…)``."""
    for node in nodes(path):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id[:1].isupper():
            yield node.func.id
        elif isinstance(node.func, ast.Attribute) and node.func.attr in MAKE:
            yield ast.unparse(node.func.value).partition(".")[0]


def _written(path: Path) -> Iterator[str]:
    """Yield the names that a module may write: arguments, attributes set, keys of dictionaries, names in lists."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield from (keyword.arg for keyword in node.keywords if keyword.arg)
            if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Attribute):
                yield node.func.value.attr  # decision.cited.set(…)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
        elif isinstance(node, ast.Tuple | ast.List):
            yield from (
                each.value for each in node.elts if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def _edited(path: Path, model: str) -> Iterator[str]:
    """Yield the columns that people edit in the admin page of a table: ``editable`` of its class."""
    for node in tree(path, path.stat().st_mtime).body:
        if isinstance(node, ast.ClassDef) and f"register({model})" in "".join(map(ast.unparse, node.decorator_list)):
            editable = [
                line.value for line in node.body if isinstance(line, ast.Assign) and "editable" in ast.unparse(line)
            ]
            yield from (each.value for value in editable for each in ast.walk(value) if isinstance(each, ast.Constant))


def _names(path: Path) -> set[str]:
    return {node.id for node in nodes(path) if isinstance(node, ast.Name)}
