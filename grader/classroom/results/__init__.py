"""A class in figures, and the files that show them."""
