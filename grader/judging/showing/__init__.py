"""What is shown besides marks: pictures of an answer, and what hand-ins are compared by."""
