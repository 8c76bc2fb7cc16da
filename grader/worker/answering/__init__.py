"""Answering the judge, with what a submission defines."""
