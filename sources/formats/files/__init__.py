"""Instruments: read files that are no web pages: documents of an office, mail, saved pages and web archives."""
