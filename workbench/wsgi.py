"""WSGI application, for web servers."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from workbench.pages.request_charset import readable
from workbench.pages.whole_body import whole
from workbench.runner import file_modes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")

application = readable(whole(get_wsgi_application()))
file_modes.keep_private(Path(settings.VAR), settings.ARCHIVE_FOLDER)
# Pages are loaded before the first request, and before the server forks: nobody waits for them, and workers share them.
get_resolver().url_patterns  # noqa: B018
