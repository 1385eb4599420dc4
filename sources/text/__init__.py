"""Pure work on texts: no Django, no network."""
