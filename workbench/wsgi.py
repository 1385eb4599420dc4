"""WSGI application, for web servers."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")

application = get_wsgi_application()
# Pages are loaded before the first request, and before the server forks: nobody waits for them, and workers share them.
get_resolver().url_patterns  # noqa: B018
