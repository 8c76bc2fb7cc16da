"""What checks are made of, whatever the assignment: questions, answers, parts, slips."""
