"""Tables of PDFs: where one may be, and its cells."""
