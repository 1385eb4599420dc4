"""The word tables: one file for each language, their shape in ``tables``, and the list of languages in ``registry``."""
