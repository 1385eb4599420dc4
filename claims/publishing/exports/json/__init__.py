"""The content of a report as it was hashed."""
