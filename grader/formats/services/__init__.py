"""A report as each service that runs autograders reads it, and what is uploaded there."""
