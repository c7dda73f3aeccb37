"""Whether the passages hold an answer at all, or that of a neighbour."""
