"""Load what pages are made of before the web server forks: addresses in each language, templates, what apps declare."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.conf import settings
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.module_loading import import_string

from workbench.desk import declarations

OTHERS = "site-packages"
SHOWN = ("admin/", "django/forms/")  # templates of others that pages show


def load() -> None:
    """Load them; processes that are forked later share them, and nobody waits for them."""
    get_resolver().url_patterns  # noqa: B018
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            reverse("login")  # the first address that is asked for finds the names of all
    for name in templates():
        get_template(name)
    for app in declarations.desk_apps():
        if app.loads_first:
            import_string(app.loads_first)()


def templates() -> list[str]:
    """Return the names of our templates, and of those of others that pages show."""
    found: set[str] = set()
    ours = cast("list[Path]", settings.TEMPLATES[0]["DIRS"])
    for folder in [*ours, *map(Path, get_app_template_dirs("templates"))]:
        names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
        found |= {name for name in names if OTHERS not in folder.parts or name.startswith(SHOWN)}
    return sorted(found)
