"""The rows of tables that a question asks for: by their head, their figures, or all that are such."""
