"""Instruments: read files that are no web pages: documents, pictures, films and transcripts; one module for each kind."""
