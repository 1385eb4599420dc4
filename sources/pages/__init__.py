"""Pages about sources, documents, feeds and searches: URLs, views and forms."""
