"""Files are read in worker processes that can be killed."""
