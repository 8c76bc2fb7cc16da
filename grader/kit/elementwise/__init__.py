"""For losses of each element: formulas, regions, reductions, and what an answer has right."""
