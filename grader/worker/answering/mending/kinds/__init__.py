"""The kinds of slips: for each, the edits of an answer that would mend it."""
