"""The page for a student: what lost points, what is right, and their notebook."""
