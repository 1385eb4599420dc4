"""Instruments: parse HTML, feeds, metadata, walls and robots.txt. Bytes in, values out; no rows, no network."""
