"""Publish reports and their corrections, and export them: page, PDF, CSV, JSON, ClaimReview, WACZ."""
