"""Measurements, each beside its baseline in one run: `make bench` prints the tables of docs/speed.md."""
