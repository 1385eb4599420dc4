"""Formats that a report is exported to, one folder a format; ``registry`` lists them.

All are made from the frozen content. Page and ClaimReview, which are read as of today, add later corrections.
"""
