"""Publish a verdict as a report, correct it, export it."""
