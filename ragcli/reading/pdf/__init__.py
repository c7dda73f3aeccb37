"""A PDF: from what MuPDF gives of a page to headings, paragraphs and lists."""
