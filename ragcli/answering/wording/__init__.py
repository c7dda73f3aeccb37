"""Texts as words, numbers, units and names that can be compared."""
