"""Write docs/contents.md, the table of contents of the code, from the docstrings of its modules.

``python scripts/contents.py`` writes the file. With ``--check`` it only says whether the file is up to date, and exits
with 1 when it is not. It needs nothing but Python: it reads the modules as text and imports none of them.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("claims", "sources", "workbench")
PLACE = Path("docs/contents.md")
WIDTH = 140
NOT_IN_ANCHORS = re.compile(r"[^a-z0-9_-]")  # what a heading loses when it becomes the end of an address
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(`])")
HEAD = """\
# Contents

Where every module is, with the sentence that says what it does, folder by folder.
Search this page for a word of the trade, such as “rate limit”, “paywall” or “export”.
[architecture.md](architecture.md) says why the folders are as they are. [glossary.md](glossary.md) explains the words.

`python scripts/contents.py` writes this page from the docstrings of the modules. To change a sentence here, change its
docstring and run that command.

Not modules, and therefore not below: page templates are in `*/templates/`; style sheets, search as you type
(`find.js`) and keyboard shortcuts (`keys.js`) in `workbench/pages/static/`; error pages (`404.html` …) in
`workbench/pages/templates/`; the French translation in `workbench/locale/fr/`; benchmarks in `benchmarks/`; helper
programs of the repository in `scripts/`; tests in `tests/`, which mirror the modules."""


class Undocumented(Exception):
    """Some modules have no docstring, so the table of contents cannot say what they do."""


def contents(root: Path) -> str:
    """Return the table of contents of a tree, as Markdown. Raises ``Undocumented``."""
    listed = folders(root)
    wanted = {*modules(root), *(folder / "__init__.py" for folder in listed)}
    if missing := sorted(path.relative_to(root).as_posix() for path in wanted if not about(path)):
        raise Undocumented(f"These modules have no docstring: {', '.join(missing)}")
    links = [_links([folder.relative_to(root) for folder in listed], package) for package in PACKAGES]
    sections = [_section(root, folder, files) for folder, files in listed.items()]
    return "\n\n".join([HEAD, "\n".join(links), *sections]) + "\n"


def modules(root: Path) -> Iterator[Path]:
    """Yield what needs a docstring: the modules of the product, and the ``__init__.py`` of its folders."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            is_plumbing = path.name == "__init__.py" and path.parent.name == "management"
            if not is_plumbing and "migrations" not in path.relative_to(root).parts:
                yield path


def folders(root: Path) -> dict[Path, list[Path]]:
    """Return the folders that have a heading, each with its modules, in the order of their names.

    A folder beside a ``registry.py`` is a member of a family, such as one export format, and listed with the family.
    """
    found: dict[Path, list[Path]] = {}
    for path in modules(root):
        if path.name != "__init__.py":
            folder = path.parent
            is_member = (folder.parent / "registry.py").exists()
            found.setdefault(folder.parent if is_member else folder, []).append(path)
    return dict(sorted(found.items()))


def about(path: Path) -> str:
    """Return the first paragraph of a module's docstring as Markdown; empty where there is none."""
    source = path.read_text(encoding="utf-8") if path.exists() else ""
    text = ast.get_docstring(ast.parse(source)) or ""
    return " ".join(text.partition("\n\n")[0].split()).replace("``", "`")


def _links(listed: list[Path], package: str) -> str:
    """Return a line of links to the headings of a package."""
    names = [folder.as_posix() for folder in listed if folder.parts[0] == package]
    links = [f"[{name.removeprefix(f'{package}/')}](#{NOT_IN_ANCHORS.sub('', name)})" for name in names]
    return textwrap.fill(f"- {', '.join(links)}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _section(root: Path, folder: Path, files: list[Path]) -> str:
    """Return a folder's heading, what it is for, and a line for each of its modules."""
    name = folder.relative_to(root)
    heading = f"{'##' if len(name.parts) == 1 else '###'} {name.as_posix()}"
    lines = [
        f"- [{path.relative_to(folder).as_posix()}](../{path.relative_to(root).as_posix()}): {first_sentence(path)}"
        for path in files
    ]
    return "\n\n".join([heading, about(folder / "__init__.py"), "\n".join(lines)])


def first_sentence(path: Path) -> str:
    """Return the first sentence of what a module's docstring says."""
    return END_OF_SENTENCE.split(about(path))[0]


def main(arguments: list[str], root: Path) -> int:
    """Write the table of contents, or check it; return the exit code of the program."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 when the page is not up to date"
    )
    asked = parser.parse_args(arguments)
    try:
        text = contents(root)
    except Undocumented as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    page = root / PLACE
    if not asked.check:
        page.write_text(text, encoding="utf-8")
    elif not page.exists() or page.read_text(encoding="utf-8") != text:
        sys.stderr.write(f"{PLACE} is not up to date. Run: python scripts/contents.py\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent.parent))
