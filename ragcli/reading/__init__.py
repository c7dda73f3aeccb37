"""A file becomes pages of blocks: find files, read them in worker processes, tell their language."""
