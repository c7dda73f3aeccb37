"""A stand-in for marker-pdf, for the life of its process: it reads what a test wrote beside the PDF, or misbehaves."""
