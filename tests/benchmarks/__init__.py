"""Measurements, each beside its baseline in one run: `make bench`, for docs/speed.md."""
