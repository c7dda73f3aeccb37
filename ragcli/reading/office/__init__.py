"""Word files, workbooks, presentations, and sheets of cells in plain text."""
