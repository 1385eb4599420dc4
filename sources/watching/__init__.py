"""Watch cited pages: what changed, how much it matters, and what became of cited passages."""
