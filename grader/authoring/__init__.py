"""What the people who write the assignment run: the release, and the validation."""
