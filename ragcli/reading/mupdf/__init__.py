"""What MuPDF tells of a page: its text, pictures, paths and rules."""
