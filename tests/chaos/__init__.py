"""A small kind of work whose workers, broker and database are killed while they are at it."""
