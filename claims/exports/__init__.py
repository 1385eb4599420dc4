"""One file a format that a report is exported to.

All are made from the frozen content; page and ClaimReview, which are read as of today, add what was put right since.
"""
