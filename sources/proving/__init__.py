"""Prove captures: hash chain and timestamps, evidence packages (WACZ), copies in public archives, replay of pages."""
