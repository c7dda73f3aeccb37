"""The letters of a page become rows of text, and what its producer did to them is undone."""
