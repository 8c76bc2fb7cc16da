"""Reading what was handed in: files, cells, and the statements that the asked names need."""
