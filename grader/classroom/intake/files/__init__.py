"""Folders and zips, listed and read alike."""
