"""Text out of pictures of pages: which page needs it, which engine does it, and where its words stand."""
