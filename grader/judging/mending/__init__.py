"""The one slip in an answer: found by trying edits, proved by the whole rubric, told in words."""
