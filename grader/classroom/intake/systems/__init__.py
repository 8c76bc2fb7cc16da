"""The layouts that learning systems give their downloads."""
