"""WSGI application, for web servers."""

import gc
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from workbench.pages import preload
from workbench.pages.request_charset import readable
from workbench.pages.whole_body import whole
from workbench.runner import file_modes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")

application = readable(whole(get_wsgi_application()))
file_modes.keep_private(Path(settings.VAR), settings.ARCHIVE_FOLDER)
# Pages are loaded before the first request, and before the server forks: nobody waits for them, and workers share them.
preload.load()
# What is loaded now stays: the collector of garbage need not look through it again, which stops a request for a tenth
# of a second; nor touch its pages in a worker, which would then no longer share them.
gc.collect()
gc.freeze()
