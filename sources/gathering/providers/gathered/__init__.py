"""Search what was gathered here."""
