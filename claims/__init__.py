"""The top floor: claims, who made them, what bears on them, and what we found."""
