"""What a question says, by its words alone: how it asks, what of it is talk, which period it names."""
