"""Reports as ClaimReview (schema.org)."""
