"""Gather coverage for a claim, match passages with it, weigh them as evidence, alert to edits of cited pages."""
