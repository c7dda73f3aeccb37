"""A number and what it counts, in messages."""


def counted(number: int, noun: str) -> str:
    """`1 page`, `2 pages`, `1,000 pages`; for nouns whose plural ends in s."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
