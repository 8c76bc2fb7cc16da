"""Measurements, each beside its baseline in one run: `make bench` prints the README's tables."""
