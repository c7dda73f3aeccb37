"""Language models: files and services, what they can read, and what of their output is shown."""
