"""The first floor: sources, what they publish, and what we captured of it."""
