"""Views about sources, documents, feeds and searches, by topic."""
