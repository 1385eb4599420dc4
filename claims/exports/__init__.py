"""One file a format that a report is exported to; each is made from the frozen content alone."""
