"""Right answers made wrong in every systematic way, and at random."""
