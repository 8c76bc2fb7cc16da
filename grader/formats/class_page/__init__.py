"""The page about a whole class, and its tables."""
