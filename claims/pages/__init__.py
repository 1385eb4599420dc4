"""Pages on claims, reviews and reports: addresses, views and forms."""
