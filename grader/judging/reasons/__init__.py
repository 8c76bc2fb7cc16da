"""Why an answer gave no value, in words for its student: what happened, and what may be quoted."""
