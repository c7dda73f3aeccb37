"""Formulas: found on the pages of PDFs, and as LaTeX where that is certain."""
