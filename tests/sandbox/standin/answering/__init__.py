"""Stands in for what answers: executes what it is sent."""
