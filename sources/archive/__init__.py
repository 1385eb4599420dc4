"""Instruments: formats of the archive (WARC, WACZ), its storage, and the verifier. No rows."""
