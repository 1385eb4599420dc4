"""The database backend: PostgreSQL as Django speaks it, without the rows that are hidden from the reader."""
