"""Chunks on disk: the catalog (SQLite with FTS5) and the vector segments (FAISS), committed together."""
