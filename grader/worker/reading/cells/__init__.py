"""From cells to statements, in the order in which they run."""
