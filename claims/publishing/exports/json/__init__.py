"""The content of a report as JSON, as it was hashed."""
