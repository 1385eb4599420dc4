"""Filters for the templates of claims."""
