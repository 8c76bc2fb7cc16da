"""Shutting a child in: what it may read, call and use up."""
