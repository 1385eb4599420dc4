"""Formats in French."""
