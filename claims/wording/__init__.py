"""Pure work on the words of claims: strings in, values out; no Django, no network."""
