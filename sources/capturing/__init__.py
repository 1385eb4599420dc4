"""Capture pages: fetch addresses, classify answers, store them, and record how each visit ended."""
