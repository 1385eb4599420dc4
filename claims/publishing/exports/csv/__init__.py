"""The evidence of a report as a CSV table."""
