"""Which sentences answer a question, and what must be quoted with them."""
