"""A report for every hand-in, whatever happens on the way."""
