"""Proof: is a sentence said by a page, and where on it."""
