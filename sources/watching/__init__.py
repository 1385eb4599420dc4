"""Visit cited pages again: what changed, how much it matters, what became of cited passages."""
