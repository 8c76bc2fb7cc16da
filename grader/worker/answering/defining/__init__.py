"""Executing definitions, and what they need."""
