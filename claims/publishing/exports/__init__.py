"""The export formats of a report, one folder per format; ``registry`` lists them.

All are made from the content that was published. Page and ClaimReview also show later corrections.
"""
