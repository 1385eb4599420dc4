"""The evidence of a report as a table."""
