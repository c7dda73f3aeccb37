"""`rag`: ask your own folders of documents, on your own machine, with proof."""

__version__ = "0.1.0"
