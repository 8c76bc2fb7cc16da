"""From what an instructor downloaded to the hand-ins of a class."""
