"""The first floor: the world outside, what it published, and what we kept of it."""
