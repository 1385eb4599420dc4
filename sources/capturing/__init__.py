"""Fetch addresses, keep what was served, and say how each visit ended."""
