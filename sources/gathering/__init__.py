"""Gather coverage: poll feeds, discover feeds, run searches."""
