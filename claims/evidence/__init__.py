"""Gather coverage for a claim, suggest passages, weigh them, notice edits to cited pages."""
