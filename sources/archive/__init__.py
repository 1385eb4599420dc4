"""Formats in which captures are kept: bytes in, bytes out."""
