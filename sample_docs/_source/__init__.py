"""The prose and the typesetting behind the sample documents; `python sample_docs/make.py` puts them together."""
