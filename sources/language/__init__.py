"""Instruments: what a text says in any of its languages. No rows, no network."""
