"""Programs that read the pages of PDFs beside our own reader."""
