"""Which statements bind a name, and which others those need."""
