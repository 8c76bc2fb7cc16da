"""What runs inside the wall. Mounted alone there: it imports nothing else of the grader."""
