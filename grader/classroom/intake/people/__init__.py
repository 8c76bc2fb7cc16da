"""Which files are of the same person, and who that is."""
