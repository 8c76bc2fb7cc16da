"""Inputs that checks share, and small trainings."""
