"""Instruments: bytes in, text or values out. HTML, feeds, metadata, walls, robots.txt; no rows, no network."""
