"""Instruments: read files that are no web pages: what each holds as text, where its parts stand, what it says of itself."""
