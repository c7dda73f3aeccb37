"""Tables: found on the pages of PDFs, understood in all formats, written as Markdown."""
