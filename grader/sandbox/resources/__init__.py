"""What a child may use up, and what this machine has."""
