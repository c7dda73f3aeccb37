"""Hits become an answer whose sentences are proved by quotes."""
