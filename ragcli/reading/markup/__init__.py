"""Web pages, Markdown and books: HTML in different covers."""
