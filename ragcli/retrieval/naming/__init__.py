"""Documents and things that a question names, and those of a name that no document has."""
