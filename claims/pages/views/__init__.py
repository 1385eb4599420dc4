"""Views about claims, by topic."""
